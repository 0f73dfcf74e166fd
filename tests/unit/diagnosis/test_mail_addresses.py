"""Typed e-mail addresses: what is tidied, what is refused, and with which sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck_gui.diagnosis.addresses import domain_of, tidy_email
from mailcheck_gui.diagnosis.mail_addresses import LONGEST, read_mail_address, refusal_of

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
    "<'anna@shop.example';>.": ("anna@shop.example", "shop.example"),
    "anna@shop.example>": ("anna@shop.example", "shop.example"),
    "anna\u00a0@\u00a0shop.example": ("anna@shop.example", "shop.example"),
    '"a, b; c"@shop.example': ('"a, b; c"@shop.example', "shop.example"),
    '"a @ b"@shop.example': ('"a @ b"@shop.example', "shop.example"),
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
    "anna@.": 'The e-mail address "anna@" has nothing behind the @.',
    "an na@shop.example": "holds a blank",
    "anna@sh op.example": "holds a blank",
    'an"na@shop.example': "holds a quotation mark",
    "anna,b@shop.example": "holds a comma",
    "anna@shop,example": "holds a comma",
    "<anna@shop.example": "holds an angle bracket",
    "anna(b)@shop.example": "holds a character that no address can have there",
    "anna@[192.0.2.7]": "names a computer by number",
    "anna@[IPv6:2001:db8::7]": "names a computer by number",
    "anna@192.0.2.7": "names a computer by number",
    "anna@localhost": "a dot is missing",
    "anna@shop..example": "stands no domain",
    "anna@shop.example/mail": "slash",
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


@pytest.mark.parametrize(
    "typed",
    [
        "anna@shop.example S3cret",
        "anna@shop.example\tS3cret",
        "anna@shop.example,S3cret",
        "anna@shop.example; S3cret",
        "anna@shop.example:S3cret",
        "anna@shop.example <S3cret>",
        "S3cret anna@shop.example",
        "anna@shop.example/S3cret",
        "anna@shop.example|S3cret",
        "anna@shop.example\\S3cret",
    ],
)
def test_what_may_be_a_password_is_not_repeated(typed: str) -> None:
    refusal = refusal_of(typed)
    assert refusal is not None
    assert "S3cret" not in refusal.english()
    assert read_mail_address(typed).problem == refusal


@pytest.mark.parametrize("typed", TIDIED)
def test_the_domain_is_that_of_the_tidied_address(typed: str) -> None:
    assert domain_of(tidy_email(typed)) == TIDIED[typed][1]


@pytest.mark.parametrize(
    "email",
    ["anna@shop.example,", "anna@shop.example x", "anna@shop..example", "anna@192.0.2.7",
     "anna@[192.0.2.7]", "anna@shop.example:993", "anna@-shop.example", "@shop.example", "anna"],
)  # fmt: skip
def test_what_is_no_domain_is_none(email: str) -> None:
    assert domain_of(email) == ""


TIDIED_PARTS = ["anna", "@", "shop.example", " ", "<", ">", '"', "'", ",", ";", ".", "mailto:"]


@given(st.lists(st.sampled_from(TIDIED_PARTS), max_size=12).map("".join))
def test_what_is_tidied_needs_no_more_tidying(typed: str) -> None:
    assert tidy_email(tidy_email(typed)) == tidy_email(typed)


@given(st.text(max_size=400))
def test_no_text_is_too_strange(typed: str) -> None:
    address = read_mail_address(typed)
    assert (address.problem is None) == bool(address.domain)
    if address.problem is None:
        assert address.domain.isascii()
        assert address.email.count("@") >= 1
        assert read_mail_address(address.email) == address
