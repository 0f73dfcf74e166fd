"""Public, private, and what hides one address in another."""

from __future__ import annotations

import pytest

from mailcheck_gui.model.addresses import is_ip_literal, is_public_address


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "192.0.2.1", "203.0.113.9", "100.128.0.1", "172.32.0.1", "198.18.0.1",
     "198.51.100.1", "2001:db8::1", "2606:4700::1", "64:ff9b::808:808"],
)  # fmt: skip
def test_public(address):
    assert is_public_address(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.1.1", "100.64.0.1",
     "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1",
     "2002:a00:1::", "64:ff9b::a00:1", "", "mail.example.com", "10.0.0",
     "64:ff9b:1::a00:1", "::127.0.0.1", "::8.8.8.8", "::ffff:0:7f00:1", "2001:0:1:2::f5ff:fffe",
     "192.0.0.8"],
)  # fmt: skip
def test_not_public(address):
    assert not is_public_address(address)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "::1"])
def test_ip_literals(host):
    assert is_ip_literal(host)


@pytest.mark.parametrize("host", ["", "mail.example.com", "[::1]", "192.0.2", "1.2.3.4.5"])
def test_what_is_no_ip_literal(host):
    assert not is_ip_literal(host)
