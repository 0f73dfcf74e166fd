from __future__ import annotations

import pytest

from mailcheck_gui.protocols.capabilities import (
    imap_capabilities,
    is_masked_banner,
    only_oauth,
    pop3_capabilities,
    smtp_capabilities,
)


@pytest.mark.parametrize(
    ("lines", "mechanisms"),
    [
        (("AUTH PLAIN LOGIN",), ("PLAIN", "LOGIN")),
        (("AUTH=LOGIN PLAIN",), ("LOGIN", "PLAIN")),
        (("auth=login",), ("LOGIN",)),
        (("AUTH PLAIN LOGIN", "AUTH=PLAIN LOGIN XOAUTH2"), ("PLAIN", "LOGIN", "XOAUTH2")),
        (("auth cram-md5",), ("CRAM-MD5",)),
        (("AUTH",), ()),
        (("AUTHORITY PLAIN",), ()),
        (("AUTH PLAIN \x1b[31m LÖGIN",), ("PLAIN",)),
        ((), ()),
    ],
)
def test_smtp_mechanisms(lines: tuple[str, ...], mechanisms: tuple[str, ...]) -> None:
    assert smtp_capabilities(lines, b"", False).mechanisms == mechanisms


@pytest.mark.parametrize(
    ("line", "limit"),
    [
        ("SIZE 52428800", 52428800),
        ("size 10", 10),
        ("SIZE 0", None),
        ("SIZE", None),
        ("SIZE lots", None),
        ("SIZE ٣", None),
        ("SIZE " + "9" * 5000, None),
    ],
)
def test_smtp_size(line: str, limit: int | None) -> None:
    assert smtp_capabilities((line,), b"", False).size_limit == limit


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("XXXXXXXA", True),
        ("XXXX", True),
        ("XXXXXXXXXXXXXXXXXXXA", True),
        ("XXX", False),
        ("XCLIENT NAME ADDR", False),
        ("XXXXXXXB", False),
        ("STARTTLS", False),
    ],
)
def test_smtp_masked_keyword(line: str, masked: bool) -> None:
    capabilities = smtp_capabilities(("PIPELINING", line), b"", False)
    assert capabilities.masked is masked
    assert capabilities.starttls is (line == "STARTTLS")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("*" * 40, True),
        ("****************0*****2******200** *****", True),
        ("*** Welcome to mail.example.org ***", False),
        ("*****", False),
        ("mail.example.org ESMTP", False),
        ("", False),
    ],
)
def test_masked_banner(text: str, masked: bool) -> None:
    assert is_masked_banner(text) is masked


def test_imap_capabilities() -> None:
    tokens = ("IMAP4rev1", "SASL-IR", "auth=plain", "AUTH=XOAUTH2", "StartTLS")
    capabilities = imap_capabilities(tokens, b"raw")
    assert capabilities.values == tokens
    assert capabilities.mechanisms == ("PLAIN", "XOAUTH2", "LOGIN-COMMAND")
    assert capabilities.starttls
    assert not capabilities.login_disabled
    assert capabilities.raw == b"raw"


def test_imap_login_disabled_takes_the_login_command_away_but_no_mechanism() -> None:
    capabilities = imap_capabilities(("IMAP4rev1", "LOGINDISABLED", "AUTH=PLAIN"), b"")
    assert capabilities.login_disabled
    assert capabilities.mechanisms == ("PLAIN",)


def test_imap_sasl_login_and_the_login_command_differ() -> None:
    capabilities = imap_capabilities(("IMAP4rev1", "AUTH=LOGIN"), b"")
    assert capabilities.mechanisms == ("LOGIN", "LOGIN-COMMAND")


def test_pop3_capabilities() -> None:
    lines = ("TOP", "sasl PLAIN cram-md5", "USER", "STLS", "LOGIN-DELAY 60")
    capabilities = pop3_capabilities(lines, b"raw", apop=True)
    assert capabilities.values == lines
    assert capabilities.mechanisms == ("PLAIN", "CRAM-MD5", "USER", "APOP")
    assert capabilities.starttls


def test_pop3_without_user_sasl_and_stls() -> None:
    capabilities = pop3_capabilities(("TOP", "SASL", ""), b"", apop=False)
    assert capabilities.mechanisms == ()
    assert not capabilities.starttls


@pytest.mark.parametrize(
    ("tokens", "only"),
    [
        (("AUTH=XOAUTH2",), True),
        (("AUTH=XOAUTH2", "AUTH=OAUTHBEARER", "LOGINDISABLED"), True),
        (("AUTH=XOAUTH2", "AUTH=PLAIN"), False),
        ((), False),
    ],
)
def test_a_server_that_lists_nothing_but_oauth(tokens: tuple[str, ...], only: bool) -> None:
    """IMAP's LOGIN command is implied, and does not count."""
    assert only_oauth(imap_capabilities(tokens, b"")) is only
