"""IP addresses: which hosts are some, and which are public, so that a name may lead there."""

from __future__ import annotations

import ipaddress

_NOT_PUBLIC = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # RFC 1918
        "100.64.0.0/10",  # carrier-grade NAT, RFC 6598
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local
        "172.16.0.0/12",  # RFC 1918
        "192.0.0.0/24",  # assigned for protocols, RFC 6890
        "192.168.0.0/16",  # RFC 1918
        "224.0.0.0/3",  # multicast and reserved
        "::/96",  # unspecified, loopback, and addresses that hold IPv4, RFC 4291 section 2.5.5.1
        "::ffff:0:0:0/96",  # IPv4, translated, RFC 2765
        "64:ff9b:1::/48",  # translation within a network, RFC 8215
        "2001::/32",  # Teredo, RFC 4380: a tunnel to anywhere
        "fc00::/7",  # unique local, RFC 4193
        "fe80::/10",  # link-local
        "fec0::/10",  # site-local, RFC 3879
        "ff00::/8",  # multicast
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last four octets are IPv4


def is_ip_literal(host: str) -> bool:
    """Whether a host is an IPv4 or IPv6 address, without brackets."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_public_address(address: str) -> bool:
    """Return whether an address literal may belong to a server of the internet.

    Documentation ranges (RFC 5737, RFC 3849) count as public, so that a lab can use them, and so
    does 198.18.0.0/15: proxies that stand in for the resolver hand it out for every name. An IPv4
    address inside an IPv6 one is judged as what it leads to. False where the text is no address.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    embedded = _embedded(parsed) if isinstance(parsed, ipaddress.IPv6Address) else None
    meant = embedded or parsed
    return not any(meant.version == block.version and meant in block for block in _NOT_PUBLIC)


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
