"""A server that turns the account away: one cause, no second try, and nothing weaker proposed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from engine_stage import SECRET, speaking
from whole_check import IMAP, POP3, SMTP, SSL, examine, side

from mailcheck_gui.model.account import Credential, Credentials, Protocol, Role
from mailcheck_gui.model.finding import SideStatus
from mailcheck_gui.model.report import Verdict

BESIDE = {"message-size-limit", "private-authority", "password-suspicious"}
"""What says nothing about the refusal; the password of the tests is odd on purpose."""

PORTS = {IMAP: 993, POP3: 995, SMTP: 465}


@pytest.mark.parametrize(
    ("protocol", "reply", "code", "verdict"),
    [
        (IMAP, "NO [LIMIT] Maximum number of connections from user+IP exceeded",
         "sign-in-rate-limited", Verdict.ERROR),
        (SMTP, "421 4.7.0 Too many failed login attempts", "sign-in-rate-limited", Verdict.ERROR),
        (POP3, "-ERR [LOGIN-DELAY] wait", "sign-in-rate-limited", Verdict.ERROR),
        (IMAP, "NO [EXPIRED] Password expired.", "password-expired", Verdict.ERROR),
        (POP3, "-ERR Account is locked", "account-locked", Verdict.ERROR),
        (IMAP, "NO [WEBALERT https://mail.example] Web login required.",
         "browser-sign-in-required", Verdict.ERROR),
        (SMTP, "534 5.7.9 Application-specific password required", "app-password-required",
         Verdict.ERROR),
        (SMTP, "535 5.7.139 SmtpClientAuthentication is disabled for the Tenant.",
         "smtp-sign-in-disabled", Verdict.ERROR),
        (SMTP, "550 5.7.30 Basic authentication is not supported for Client Submission.",
         "oauth-required", Verdict.ERROR),
        (IMAP, "NO [ALERT] Your account is not enabled for IMAP use.", "protocol-disabled",
         Verdict.ERROR),
        (POP3, "-ERR [AUTH] no such user", "username-rejected", Verdict.ERROR),
        (POP3, "-ERR [IN-USE] Unable to lock maildrop", "mailbox-in-use", Verdict.INCOMPLETE),
        (SMTP, "454 4.7.0 Temporary authentication failure", "sign-in-temporarily-unavailable",
         Verdict.INCOMPLETE),
        (IMAP, "NO [AUTHENTICATIONFAILED] Authentication failed.", "sign-in-failed",
         Verdict.ERROR),
    ],
)  # fmt: skip
def test_one_cause_for_a_refused_sign_in(
    protocol: Protocol, reply: str, code: str, verdict: Verdict
) -> None:
    port = PORTS[protocol]
    server = side(protocol, port, SSL)
    ports = {port: speaking(protocol, implicit=True, sign_in_reply=reply)}
    sides = {"outgoing": server} if protocol is SMTP else {"incoming": server}
    seen = examine(**sides, ports=ports)

    assert seen.codes - BESIDE == {code}
    assert seen.report.verdict is verdict
    assert seen.sign_ins(port) == 1


def test_a_password_that_was_typed_as_the_user_name_too_is_told_and_not_shown() -> None:
    credential = Credential(SECRET, SECRET)
    seen = examine(
        replace(side(IMAP, 993, SSL), username=SECRET),
        ports={993: speaking(IMAP, implicit=True, sign_in_reply="NO Authentication failed.")},
        credentials=Credentials(credential, credential),
    )  # which holds the report to have no password in it
    assert seen.report.account.incoming is not None
    assert seen.report.account.incoming.username == "***"
    said = [f.explanation.english() for f in seen.report.findings if f.role is Role.INCOMING]
    assert "The user name and the password are the same." in said


def test_sending_refuses_what_receiving_took() -> None:
    ports = {
        993: speaking(IMAP, implicit=True),
        465: speaking(SMTP, implicit=True, sign_in_reply="535 5.7.8 Authentication failed"),
    }
    seen = examine(side(IMAP, 993, SSL), side(SMTP, 465, SSL), ports)
    assert seen.errors == {"smtp-sign-in-disabled"}


@pytest.mark.parametrize(
    ("verb", "reply", "code", "status"),
    [
        ("MAIL", "553 5.7.1 Sender address rejected: not owned by user", "sender-refused",
         SideStatus.NO_CURE),
        ("RCPT", "554 5.7.1 Relay access denied", "relay-denied", SideStatus.NO_CURE),
        ("RCPT", "450 4.7.1 Greylisted", "greylisted", SideStatus.KEEP),
        ("RCPT", "421 4.7.0 Too many messages", "sending-rate-limited", SideStatus.KEEP),
    ],
)  # fmt: skip
def test_an_accepted_sign_in_and_a_refused_envelope(
    verb: str, reply: str, code: str, status: SideStatus
) -> None:
    ports = {465: speaking(SMTP, implicit=True, envelope=((verb, reply),))}
    seen = examine(outgoing=side(SMTP, 465, SSL), ports=ports)
    assert code in seen.codes
    assert seen.report.suggestion.side(Role.OUTGOING).status is status
    assert seen.sign_ins(465) == 1
