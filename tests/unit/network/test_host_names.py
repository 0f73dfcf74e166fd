"""RFC 9525 section 6.3 and 6.4, with the pitfalls that other tools fell into."""

from __future__ import annotations

import ipaddress

import pytest

from mailcheck_gui.network.host_names import dns_name_matches, names_match


@pytest.mark.parametrize(
    ("host", "pattern"),
    [
        ("mail.example.com", "mail.example.com"),
        ("MAIL.example.com", "mail.EXAMPLE.com"),
        ("mail.example.com.", "mail.example.com"),
        ("mail.example.com", "mail.example.com."),
        ("mail.example.com", "*.example.com"),
        ("xn--mller-kva.example.com", "*.example.com"),
        ("localhost", "localhost"),
    ],
)
def test_match(host: str, pattern: str) -> None:
    assert dns_name_matches(host, pattern)


@pytest.mark.parametrize(
    ("host", "pattern"),
    [
        ("example.com", "*.example.com"),
        ("a.mail.example.com", "*.example.com"),
        ("mail.example.com", "m*.example.com"),
        ("mail.example.com", "*il.example.com"),
        ("mail.example.com", "mail.*.com"),
        ("mail.example.com", "*.*.com"),
        ("mail.example.com", "*"),
        ("example.com", "*.com"),
        ("mail.example.com", ".example.com"),
        ("mail.example.com", ""),
        ("mail.example.com", "mail.example.com.evil.test"),
        ("mail.example.com", "mail.example.com\0.evil.test"),
        ("mail.example.com", " mail.example.com"),
    ],
)
def test_no_match(host: str, pattern: str) -> None:
    assert not dns_name_matches(host, pattern)


def test_an_address_needs_the_address_itself() -> None:
    address = ipaddress.ip_address("192.0.2.1")
    assert names_match("192.0.2.1", (), (address,))
    assert not names_match("192.0.2.1", ("192.0.2.1", "*.0.2.1"), ())
    assert not names_match("192.0.2.2", (), (address,))


def test_an_ipv6_address_is_compared_by_value() -> None:
    address = ipaddress.ip_address("2001:db8::1")
    assert names_match("2001:DB8:0:0::1", (), (address,))


def test_a_host_name_does_not_match_an_address() -> None:
    assert not names_match("mail.example.com", (), (ipaddress.ip_address("192.0.2.1"),))
