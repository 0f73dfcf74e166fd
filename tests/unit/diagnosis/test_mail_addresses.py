"""Typed e-mail addresses: what is tidied, what is refused, and with which sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck_gui.diagnosis.mail_addresses import LONGEST, read_mail_address

TIDIED = {
    "anna@shop.example": ("anna@shop.example", "shop.example"),
    "Anna@Shop.example <anna@shop.example>": ("anna@shop.example", "shop.example"),
    " anna@shop.example\u00a0": ("anna@shop.example", "shop.example"),
    "Anna B <anna@shop.example>": ("anna@shop.example", "shop.example"),
    "'anna@shop.example'": ("anna@shop.example", "shop.example"),
    '"anna@shop.example"': ("anna@shop.example", "shop.example"),
    "mailto:anna@shop.example": ("anna@shop.example", "shop.example"),
    "anna @ shop.example": ("anna@shop.example", "shop.example"),
    "anna\uff20shop.example": ("anna@shop.example", "shop.example"),
    "anna@Shop.EXAMPLE.": ("anna@shop.example", "shop.example"),
    "anna@shop.example,": ("anna@shop.example", "shop.example"),
    "Jürgen@Bücher.example": ("Jürgen@bücher.example", "xn--bcher-kva.example"),
    "anna@xn--bcher-kva.example": ("anna@bücher.example", "xn--bcher-kva.example"),
    '"anna b"@shop.example': ('"anna b"@shop.example', "shop.example"),
    '"a@b"@shop.example': ('"a@b"@shop.example', "shop.example"),
    "a.b+c/d=e@shop.example": ("a.b+c/d=e@shop.example", "shop.example"),
}
REFUSED = {
    "": "The e-mail address is missing.",
    "   ": "The e-mail address is missing.",
    "anna": 'The e-mail address "anna" has no @.',
    "a@b@shop.example": 'The e-mail address "a@b@shop.example" has more than one @.',
    "@shop.example": 'The e-mail address "@shop.example" has nothing before the @.',
    "anna@": 'The e-mail address "anna@" has nothing behind the @.',
    "anna@.": 'The e-mail address "anna@." has nothing behind the @.',
    "an na@shop.example": 'The e-mail address "an na@shop.example" has a blank in the middle.',
    "anna@sh op.example": 'The e-mail address "anna@sh op.example" has a blank in the middle.',
    'an"na@shop.example': "holds a character that no address can have there",
    "anna,b@shop.example": "holds a character that no address can have there",
    "anna@[192.0.2.7]": "names a computer by number",
    "anna@[IPv6:2001:db8::7]": "names a computer by number",
    "anna@192.0.2.7": "names a computer by number",
    "anna@localhost": "a dot is missing",
    "anna@shop..example": "stands no domain",
    "anna@shop.example/mail": "stands no domain",
    "anna@shop.example:993": "holds a colon",
    "anna@-shop.example": "stands no domain",
    f"anna@{'s' * 64}.example": "stands no domain",
    "a" * LONGEST + "@shop.example": "more than 320 characters",
    "a" * 5000: "more than 320 characters",
    "anna@shop.example\r\nRSET": "cannot be sent",
    "an\x00na@shop.example": "cannot be sent",
    "an\u202ena@shop.example": "cannot be seen",
    "an\u200ena@shop.example": "cannot be seen",
    "Anna <anna@shop.example>, Bob <bob@shop.example>": "more than one e-mail address",
    "bob@shop.example <anna@shop.example>": "more than one e-mail address",
}


@pytest.mark.parametrize("typed", TIDIED)
def test_what_can_be_used_is_tidied(typed: str) -> None:
    address = read_mail_address(typed)
    assert address.problem is None
    assert (address.email, address.domain) == TIDIED[typed]


@pytest.mark.parametrize("typed", REFUSED)
def test_what_cannot_be_used_is_refused_in_a_sentence(typed: str) -> None:
    address = read_mail_address(typed)
    assert address.problem is not None
    assert REFUSED[typed] in address.problem.english()
    assert address.domain == ""


@given(st.text(max_size=400))
def test_no_text_is_too_strange(typed: str) -> None:
    address = read_mail_address(typed)
    assert (address.problem is None) == bool(address.domain)
    if address.problem is None:
        assert address.domain.isascii()
        assert address.email.count("@") >= 1
        assert read_mail_address(address.email) == address
