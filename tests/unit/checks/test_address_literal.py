import pytest

from mailcheck_gui.checks.approach import address_literal


@pytest.mark.parametrize(
    ("address", "literal"),
    [
        ("203.0.113.5", "[203.0.113.5]"),
        ("2001:db8::5", "[IPv6:2001:db8::5]"),
        ("fe80::1%eth0", "[IPv6:fe80::1]"),
    ],
)
def test_ehlo_names_an_address(address: str, literal: str) -> None:
    assert address_literal(address) == literal
