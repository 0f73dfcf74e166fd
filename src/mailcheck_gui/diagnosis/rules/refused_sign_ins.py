"""Why a server did not let the account in: one rule for each cause, one cause for each side.

Which one it is decides `diagnosis.sign_in_cause`; the rules only put it into words.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.diagnosis.addresses import local_part_of
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import Fact, make_finding
from mailcheck_gui.diagnosis.methods import METHOD_NAMES, listed
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.diagnosis.sign_in_cause import SignInCause, offered_inside, sign_in_cause
from mailcheck_gui.model.account import Field
from mailcheck_gui.model.finding import Finding
from mailcheck_gui.model.observation import SignInObservation

_FIELDS = {
    "sign-in-failed": Field.PASSWORD,
    "app-password-required": Field.PASSWORD,
    "password-expired": Field.PASSWORD,
    "oauth-required": Field.AUTH,
    "sign-in-method-unsupported": Field.AUTH,
    "username-rejected": Field.USERNAME,
}
"""The field of the form that a cause speaks about, where there is one."""


def oauth_required(case: Case) -> Iterator[Finding]:
    """A password is set, and only OAuth is offered, or a refusal says or hints so."""
    return _caused_by(case, "oauth-required")


def smtp_sign_in_disabled(case: Case) -> Iterator[Finding]:
    """Sending is switched off: the server says so, or incoming mail took the same password."""
    return _caused_by(case, "smtp-sign-in-disabled")


def browser_sign_in_required(case: Case) -> Iterator[Finding]:
    """The provider wants to see the person once in a browser."""
    return _caused_by(case, "browser-sign-in-required")


def app_password_required(case: Case) -> Iterator[Finding]:
    """The account's own password is no password for mail programs here."""
    return _caused_by(case, "app-password-required")


def protocol_disabled(case: Case) -> Iterator[Finding]:
    """IMAP, POP3 or SMTP is switched off for this account."""
    return _caused_by(case, "protocol-disabled")


def password_expired(case: Case) -> Iterator[Finding]:
    """The password was right once, and has run out."""
    return _caused_by(case, "password-expired")


def account_locked(case: Case) -> Iterator[Finding]:
    """The provider has locked the account."""
    return _caused_by(case, "account-locked")


def mailbox_in_use(case: Case) -> Iterator[Finding]:
    """Another program holds the mailbox."""
    return _caused_by(case, "mailbox-in-use")


def sign_in_rate_limited(case: Case) -> Iterator[Finding]:
    """Too many sign-ins or connections; the credentials were not judged."""
    return _caused_by(case, "sign-in-rate-limited")


def sign_in_method_refused(case: Case) -> Iterator[Finding]:
    """The server offered the chosen method and then said that it does not take it."""
    return _caused_by(case, "sign-in-method-unsupported")


def username_rejected(case: Case) -> Iterator[Finding]:
    """The server does not know the user; another form of the name is offered, not tried."""
    return _caused_by(case, "username-rejected")


def sign_in_temporarily_unavailable(case: Case) -> Iterator[Finding]:
    """454, UNAVAILABLE, SYS/TEMP: the password was neither taken nor refused."""
    return _caused_by(case, "sign-in-temporarily-unavailable")


def sign_in_failed(case: Case) -> Iterator[Finding]:
    """The credentials were refused, and no better reason was found."""
    return _caused_by(case, "sign-in-failed")


def _caused_by(case: Case, code: str) -> Iterator[Finding]:
    for side in given_sides(case):
        cause = sign_in_cause(case, side)
        if cause is not None and cause.code == code:
            yield _finding(case, side, cause)


def _finding(case: Case, side: Side, cause: SignInCause) -> Finding:
    tried = side.sign_in if side.sign_in is not None and side.sign_in.mechanism else None
    return make_finding(
        cause.code,
        side.role,
        variant=_variant(case, side, cause),
        confidence=cause.confidence,
        endpoint=tried.endpoint if tried else side.endpoint,
        field=_FIELDS.get(cause.code),
        values={**side.values, **_values(case, side, cause)},
        facts={**_sign_in_facts(tried), **_facts(side, cause)},
        quote=tried.reply if tried else b"",
    )


def _variant(case: Case, side: Side, cause: SignInCause) -> str:
    if cause.code == "username-rejected" and not other_form(side.server.username, case):
        return "unknown"
    return cause.variant


def _values(case: Case, side: Side, cause: SignInCause) -> dict[str, str]:
    return {
        "provider": cause.provider.name if cause.provider else "",
        "url": cause.step.url if cause.step else "",
        "username": side.server.username,
        "other": other_form(side.server.username, case),
        "method": METHOD_NAMES[side.server.auth],
    }


def other_form(username: str, case: Case) -> str:
    """Return the person's address in the form that was not entered, "" where there is none.

    Servers want either the whole address or the part before the @ (RFC 4616 leaves it open). Only
    the own address is ever named: another name may be another person's mailbox.
    """
    email = case.account.email
    if "@" not in email:
        return ""
    return local_part_of(email) if username.lower() == email.lower() else email


def _facts(side: Side, cause: SignInCause) -> dict[str, Fact]:
    if cause.step is not None:
        return {"url": cause.step.url, "source": cause.step.source, "date": cause.step.date}
    offered = offered_inside(side) if cause.code == "oauth-required" else None
    return {"offered": listed(offered)} if offered is not None else {}


def _sign_in_facts(tried: SignInObservation | None) -> dict[str, Fact]:
    if tried is None:
        return {}
    return {
        "mechanism": tried.mechanism,
        "codes": " ".join(tried.codes),
        "address": tried.address or "",
        "elapsed_ms": round(tried.elapsed_ms),
    }
