"""What kind of address an IP literal is."""

from __future__ import annotations

import ipaddress

_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",  # RFC 1918
        "100.64.0.0/10",  # carrier-grade NAT, RFC 6598
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/3",  # multicast and reserved
        "::/128",
        "::1/128",
        "fc00::/7",  # unique local, RFC 4193
        "fe80::/10",
        "ff00::/8",  # multicast
    )
)


def is_public_address(address: str) -> bool:
    """Return whether an address may belong to a server of the internet.

    Documentation ranges (RFC 5737, RFC 3849) count as public. False for what is no address.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return not any((mapped or parsed) in network for network in _NOT_PUBLIC)
