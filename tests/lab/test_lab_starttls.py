"""STARTTLS that is missing, refused or tampered with, and sign-in without encryption."""

from __future__ import annotations

import pytest
from labcheck.examination import Examination
from labcheck.scenario import Scenario, Side, change, codes, imap, no_cure, one_side, pop3, smtp

NO_WAY = "encryption-unavailable"


def spoiled(side: Side, error: str, cure: Side) -> Scenario:
    """STARTTLS does not work on this port; implicit TLS on the same host signs in."""
    return one_side(f"{error}-{side.protocol}", side, change(cure), errors=codes(error))


ABSENT = [
    spoiled(smtp("no-starttls-smtp", 587, "starttls"), "starttls-not-offered",
            smtp("no-starttls-smtp", 465, "ssl")),
    spoiled(imap("no-starttls-imap", 143, "starttls"), "starttls-not-offered",
            imap("no-starttls-imap", 993, "ssl")),
    spoiled(pop3("no-starttls-pop3", 110, "starttls"), "starttls-not-offered",
            pop3("no-starttls-pop3", 995, "ssl")),
    Scenario(
        "nothing-encrypted-smtp",
        outgoing=smtp("notls", 587, "starttls"),
        errors=codes("starttls-not-offered", NO_WAY),
        sends=no_cure(),
    ),
    Scenario(
        "nothing-encrypted-imap",
        imap("plain", 143, "starttls"),
        errors=codes("starttls-not-offered", NO_WAY),
        receives=no_cure(),
    ),
    Scenario(
        "ssl-where-nothing-is-encrypted",
        imap("plain", 143, "ssl"),
        errors=codes("tls-on-plaintext-port", NO_WAY),
        receives=no_cure(),
    ),
    Scenario(
        "none-where-nothing-is-encrypted",
        imap("plain", 143, "none"),
        errors=codes("plaintext-password", NO_WAY),
        receives=no_cure(),
    ),
]  # fmt: skip

REFUSED = [
    spoiled(smtp("refused-smtp", 587, "starttls"), "starttls-refused",
            smtp("refused-smtp", 465, "ssl")),
    spoiled(imap("refused-imap", 143, "starttls"), "starttls-refused",
            imap("refused-imap", 993, "ssl")),
    spoiled(pop3("refused-pop3", 110, "starttls"), "starttls-refused",
            pop3("refused-pop3", 995, "ssl")),
]  # fmt: skip

TAMPERED = [
    spoiled(smtp("masked-smtp", 587, "starttls"), "starttls-stripped",
            smtp("masked-smtp", 465, "ssl")),
    spoiled(smtp("injected-smtp", 587, "starttls"), "starttls-injection",
            smtp("injected-smtp", 465, "ssl")),
    spoiled(imap("injected-imap", 143, "starttls"), "starttls-injection",
            imap("injected-imap", 993, "ssl")),
    spoiled(pop3("injected-pop3", 110, "starttls"), "starttls-injection",
            pop3("injected-pop3", 995, "ssl")),
    spoiled(imap("preauth", 143, "starttls"), "preauth-before-tls",
            imap("preauth", 993, "ssl")),
]  # fmt: skip

DISABLED = [
    Scenario(
        "login-disabled",
        imap("login-disabled", 143, "starttls"),
        errors=codes("starttls-not-offered", "sign-in-needs-encryption"),
        also=codes(NO_WAY),
        receives=no_cure(),
        evidence=("LOGINDISABLED",),
    ),
    Scenario(
        "login-disabled-healthy-server",
        imap("imap", 143, "none"),
        errors=codes("plaintext-password"),
        receives=change(imap("imap", 993, "ssl")),
        evidence=("LOGINDISABLED",),
    ),
]


@pytest.mark.parametrize("scenario", ABSENT, ids=str)
class TestAbsent(Examination):
    """Issue: STARTTLS not offered. Going without is never the cure."""


@pytest.mark.parametrize("scenario", REFUSED, ids=str)
class TestRefused(Examination):
    """Issue: STARTTLS refused."""


@pytest.mark.parametrize("scenario", TAMPERED, ids=str)
class TestTampered(Examination):
    """Issue: stripped (XXXXXXXA), injected after the go-ahead, PREAUTH."""


@pytest.mark.parametrize("scenario", DISABLED, ids=str)
class TestLoginDisabled(Examination):
    """Issue: LOGINDISABLED."""
