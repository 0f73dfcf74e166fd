"""What real servers say of an account: locked, expired, switched off, in use, out of reach."""

from __future__ import annotations

import pytest
from labcheck.examination import Examination
from labcheck.scenario import Scenario, codes, imap, keep, no_cure, pop3, smtp

LOCKED = [
    Scenario(
        "locked-imap",
        imap("locked", 993, "ssl"),
        errors=codes("account-locked"),
        receives=no_cure("refused"),
        evidence=("[CONTACTADMIN] Your account is locked",),
    ),
    Scenario(
        "locked-pop3",
        pop3("locked", 995, "ssl"),
        errors=codes("account-locked"),
        receives=no_cure("refused"),
        evidence=("-ERR [AUTH] Your account is locked",),
    ),
]

EXPIRED = [
    Scenario(
        "expired-imap",
        imap("password-expired", 993, "ssl"),
        errors=codes("password-expired"),
        receives=no_cure("refused"),
        evidence=("[EXPIRED] Password expired",),
    ),
    Scenario(
        "expired-pop3",
        pop3("password-expired", 995, "ssl"),
        errors=codes("password-expired"),
        receives=no_cure("refused"),
        evidence=("-ERR [AUTH] Password expired",),
    ),
    Scenario(
        "expired-postfix",
        outgoing=smtp("password-expired-smtp", 465, "ssl"),
        errors=codes("password-expired"),
        sends=no_cure("refused"),
        evidence=("authentication failed: Password expired",),
    ),
]

SWITCHED_OFF = [
    Scenario(
        "imap-switched-off",
        imap("no-imap", 993, "ssl"),
        errors=codes("protocol-disabled"),
        receives=no_cure("refused"),
        evidence=("IMAP access is disabled",),
    ),
    Scenario("pop3-still-on", pop3("no-imap", 995, "ssl"), verdict="ok", receives=keep()),
]

IN_USE = [
    Scenario(
        "one-session-too-many-imap",
        imap("one-session", 993, "ssl"),
        errors=codes("sign-in-rate-limited"),
        receives=no_cure("temporary"),
        evidence=("[LIMIT]", "mail_max_userip_connections"),
        rival=imap("one-session", 993, "ssl"),
    ),
    Scenario(
        "one-session-too-many-pop3",
        pop3("one-session", 995, "ssl"),
        verdict="incomplete",
        codes=codes("mailbox-in-use"),
        receives=keep("temporary"),
        evidence=("[IN-USE]", "mail_max_userip_connections"),
        rival=pop3("one-session", 995, "ssl"),
    ),
    Scenario(
        "one-session-too-many-cyrus",
        imap("cyrus-one-session", 993, "ssl"),
        errors=codes("sign-in-rate-limited"),
        receives=no_cure("refused"),
        evidence=("NO Too many open connections (1 of 1",),
        rival=imap("cyrus-one-session", 993, "ssl"),
    ),
    Scenario(
        "mailbox-held-by-another",
        pop3("one-at-a-time", 995, "ssl"),
        verdict="incomplete",
        codes=codes("mailbox-in-use"),
        receives=keep("temporary"),
        evidence=("[IN-USE]",),
        rival=pop3("one-at-a-time", 995, "ssl"),
        slow=True,
    ),
]

OUT_OF_REACH = [
    Scenario(
        "passwords-out-of-reach-imap",
        imap("no-passwords", 993, "ssl"),
        verdict="incomplete",
        codes=codes("sign-in-temporarily-unavailable"),
        receives=keep("temporary"),
        evidence=("UNAVAILABLE",),
    ),
    Scenario(
        "passwords-out-of-reach-pop3",
        pop3("no-passwords", 995, "ssl"),
        verdict="incomplete",
        codes=codes("sign-in-temporarily-unavailable"),
        receives=keep("temporary"),
        evidence=("SYS/TEMP",),
    ),
    Scenario(
        "passwords-out-of-reach-exim",
        outgoing=smtp("exim-no-passwords", 465, "ssl"),
        verdict="incomplete",
        codes=codes("sign-in-temporarily-unavailable"),
        sends=keep("temporary"),
        evidence=("435 Unable to authenticate at present",),
    ),
    Scenario(
        "passwords-out-of-reach-cyrus",
        imap("cyrus-no-passwords", 993, "ssl"),
        verdict="incomplete",
        codes=codes("sign-in-temporarily-unavailable"),
        receives=keep("refused"),
        evidence=("NO generic failure",),
    ),
    Scenario(
        "passwords-out-of-reach-courier-imap",
        imap("courier-no-passwords", 993, "ssl"),
        verdict="incomplete",
        codes=codes("sign-in-temporarily-unavailable"),
        receives=keep("temporary"),
        evidence=("* BYE Temporary problem",),
    ),
    Scenario(
        "passwords-out-of-reach-courier-pop3",
        pop3("courier-no-passwords", 995, "ssl"),
        verdict="incomplete",
        codes=codes("sign-in-temporarily-unavailable"),
        receives=keep("refused"),
        evidence=("-ERR Temporary problem",),
    ),
]


@pytest.mark.parametrize("scenario", LOCKED, ids=str)
class TestLocked(Examination):
    """Issue: the account is locked, in the server's own words."""


@pytest.mark.parametrize("scenario", EXPIRED, ids=str)
class TestExpired(Examination):
    """Issue: the password was right once."""


@pytest.mark.parametrize("scenario", SWITCHED_OFF, ids=str)
class TestSwitchedOff(Examination):
    """Issue: one protocol is switched off for the account, the other is not."""


@pytest.mark.parametrize("scenario", IN_USE, ids=str)
class TestInUse(Examination):
    """Issue: another program is signed in already, and the server takes no second one."""


@pytest.mark.parametrize("scenario", OUT_OF_REACH, ids=str)
class TestOutOfReach(Examination):
    """Issue: the server cannot reach its list of passwords; the password is not to blame."""
