"""Whether a certificate is for a host (RFC 9525 section 6, RFC 6125 section 6.4)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


def names_match(host: str, dns_names: Iterable[str], ip_addresses: Iterable[IpAddress]) -> bool:
    """Whether the names of a certificate's subjectAltName cover a host.

    `host` is in A-label form or an IP literal. An IP literal needs the address itself, a name
    that looks like it does not count. The common name never counts (RFC 9525 section 2).
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return any(dns_name_matches(host, name) for name in dns_names)
    return address in ip_addresses


def dns_name_matches(host: str, pattern: str) -> bool:
    """Whether one dNSName covers a host name, ignoring ASCII case and a final dot.

    A wildcard stands for exactly one label: the whole leftmost one (RFC 9525 section 6.3), with
    at least two labels behind it, so that `*.com` covers nothing.
    """
    host_labels = _labels(host)
    pattern_labels = _labels(pattern)
    if len(host_labels) != len(pattern_labels) or "" in pattern_labels:
        return False
    if pattern_labels[0] == "*" and len(pattern_labels) > 2:
        return host_labels[1:] == pattern_labels[1:]
    return host_labels == pattern_labels


def _labels(name: str) -> list[str]:
    return name.removesuffix(".").lower().split(".")
