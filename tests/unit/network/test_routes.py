from __future__ import annotations

import socket

from mailcheck_gui.network.routes import has_route, network_facts


def test_loopback_always_has_a_route() -> None:
    assert has_route(socket.AF_INET, ("127.0.0.1", 9))


def test_a_network_without_a_route() -> None:
    """Link-local without its link cannot be routed on any system."""
    assert not has_route(socket.AF_INET6, ("fe80::1", 9))


def test_both_versions_are_asked() -> None:
    facts = network_facts()
    assert isinstance(facts.has_ipv4_route, bool)
    assert isinstance(facts.has_ipv6_route, bool)
