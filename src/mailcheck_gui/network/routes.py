"""What this computer's own routing says."""

from __future__ import annotations

import socket

from mailcheck_gui.model.observation import NetworkFacts

# Addresses for documentation (RFC 5737, RFC 3849): they are nobody's, yet are routed like any
# public address. Connecting a datagram socket looks up the route and sends no packet.
_ANYWHERE_V4 = ("192.0.2.1", 9)
_ANYWHERE_V6 = ("2001:db8::1", 9)


def network_facts() -> NetworkFacts:
    """Return whether there is a route to the Internet, for each IP version. Sends nothing."""
    return NetworkFacts(
        has_ipv4_route=has_route(socket.AF_INET, _ANYWHERE_V4),
        has_ipv6_route=has_route(socket.AF_INET6, _ANYWHERE_V6),
    )


def has_route(family: socket.AddressFamily, address: tuple[str, int]) -> bool:
    """Whether this computer knows a way to an address of that family."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.connect(address)
    except OSError:
        return False
    return True
