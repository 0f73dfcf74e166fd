"""Sign-in: refused, impossible in the chosen way, in the browser only, or not asked for."""

from __future__ import annotations

import pytest
from labcheck.examination import Examination
from labcheck.scenario import (
    Scenario,
    Secret,
    change,
    codes,
    imap,
    keep,
    no_cure,
    pop3,
    smtp,
)

REFUSED = [
    Scenario(
        "wrong-password-imap",
        imap("imap", 993, "ssl"),
        errors=codes("sign-in-failed"),
        receives=no_cure("refused"),
        evidence=("AUTHENTICATIONFAILED",),
        secret=Secret.WRONG,
    ),
    Scenario(
        "wrong-password-pop3",
        pop3("imap", 995, "ssl"),
        errors=codes("sign-in-failed"),
        receives=no_cure("refused"),
        evidence=("-ERR",),
        secret=Secret.WRONG,
    ),
    Scenario(
        "wrong-password-postfix",
        outgoing=smtp("smtp", 465, "ssl"),
        errors=codes("sign-in-failed"),
        sends=no_cure("refused"),
        evidence=("535 5.7.8",),
        secret=Secret.WRONG,
    ),
    Scenario(
        "wrong-password-exim",
        outgoing=smtp("exim", 587, "starttls"),
        errors=codes("sign-in-failed"),
        sends=no_cure("refused"),
        evidence=("535 Incorrect",),
        secret=Secret.WRONG,
    ),
]

METHODS = [
    Scenario(
        "password-not-offered",
        imap("cram", 993, "ssl"),
        errors=codes("sign-in-method-unsupported"),
        receives=change(imap("cram", 993, "ssl", "encrypted-password")),
    ),
    Scenario(
        "encrypted-password-not-offered-imap",
        imap("imap", 993, "ssl", "encrypted-password"),
        errors=codes("sign-in-method-unsupported"),
        receives=change(imap("imap", 993, "ssl")),
    ),
    Scenario(
        "encrypted-password-not-offered-smtp",
        outgoing=smtp("smtp", 465, "ssl", "encrypted-password"),
        errors=codes("sign-in-method-unsupported"),
        sends=change(smtp("smtp", 465, "ssl")),
    ),
    Scenario(
        "encrypted-password-offered",
        imap("cram", 993, "ssl", "encrypted-password"),
        verdict="ok",
        receives=keep(),
    ),
]

OAUTH = [
    Scenario(
        "oauth-only",
        imap("oauth", 993, "ssl"),
        smtp("oauth", 465, "ssl"),
        errors=codes("oauth-required"),
        receives=change(imap("oauth", 993, "ssl", "oauth2"), "handshake", "not-tested"),
        sends=change(smtp("oauth", 465, "ssl", "oauth2"), "handshake", "not-tested"),
    ),
    Scenario(
        "oauth-with-a-token",
        imap("oauth", 993, "ssl", "oauth2"),
        smtp("oauth", 465, "ssl", "oauth2"),
        verdict="ok",
        receives=keep(),
        sends=keep(),
    ),
    Scenario(
        "oauth-without-a-token",
        imap("oauth", 993, "ssl", "oauth2"),
        smtp("oauth", 465, "ssl", "oauth2"),
        verdict="incomplete",
        codes=codes("sign-in-not-tested"),
        receives=keep("not-tested"),
        sends=keep("not-tested"),
        secret=Secret.NONE,
    ),
]

NOT_ASKED = [
    Scenario(
        "no-password",
        imap("imap", 993, "ssl"),
        smtp("exim", 465, "ssl"),
        verdict="incomplete",
        codes=codes("sign-in-not-tested"),
        receives=keep("not-tested"),
        sends=keep("not-tested"),
        secret=Secret.NONE,
    ),
]


@pytest.mark.parametrize("scenario", REFUSED, ids=str)
class TestRefused(Examination):
    """Issue: wrong password; one try a side, no second with another mechanism."""


@pytest.mark.parametrize("scenario", METHODS, ids=str)
class TestMethods(Examination):
    """Issue: method not offered. Nothing left yet, so the one sign-in proves the other method."""


@pytest.mark.parametrize("scenario", OAUTH, ids=str)
class TestOauth(Examination):
    """Issue: OAuth only. No password is sent; the way is proven to the handshake."""


@pytest.mark.parametrize("scenario", NOT_ASKED, ids=str)
class TestNotAsked(Examination):
    """Without a password the check is incomplete, and says so."""
