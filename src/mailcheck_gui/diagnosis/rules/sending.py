"""What stops a message after the sign-in: the sender, the recipient, limits, lists, a full box.

Answers to the envelope are read by `diagnosis.replies`, in the order of its table, so that a side
has one finding for its envelope. Where no row fits, the command that was refused decides: MAIL
FROM is about the sender, RCPT TO about passing on; without a sign-in, that is what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import make_finding
from mailcheck_gui.diagnosis.reading import (
    conversation_for,
    plain_greeting,
    tls_capabilities,
    tls_greeting,
)
from mailcheck_gui.diagnosis.replies import names_blocklist, readable, sending_row
from mailcheck_gui.diagnosis.rules.advice import proven_way
from mailcheck_gui.diagnosis.sides import Side, given_sides, side_of
from mailcheck_gui.model.account import Field, Protocol, Role
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.finding import Confidence, Finding, Message
from mailcheck_gui.model.observation import EnvelopeReply, GreetingKind, SendingObservation

_MEGABYTE = 1_000_000
_HELO_REFUSED = re.compile(rb"(501|504|550|553|554)[ -]")
"""What EHLO is refused with where its name is the reason (RFC 5321, section 4.1.4)."""

_ABOUT_ADDRESSES = frozenset({"550", "551", "553", "554"})
"""Refusals of what was named; 500 to 504 are about the command (RFC 5321, section 4.2.2)."""

_LIST_NAME = re.compile(
    r"\b((?:[a-z0-9-]+\.)*(?:spamhaus\.org|spamcop\.net|barracudacentral\.org|sorbs\.net"
    r"|uceprotect\.net|abuseat\.org))\b",
    re.IGNORECASE,
)
_FIELDS = {
    "sign-in-required-to-send": Field.AUTH,
    "sender-refused": Field.HOST,
    "relay-denied": Field.HOST,
}


@dataclass(frozen=True, slots=True)
class _Objection:
    """What the server said against something, and the cause that it names."""

    code: str
    endpoint: Endpoint
    reply: bytes
    codes: tuple[str, ...] = ()
    confidence: Confidence = Confidence.CERTAIN


def sign_in_required_to_send(case: Case) -> Iterator[Finding]:
    """No message without a sign-in: 530, or words to that effect."""
    return _objected(case, "sign-in-required-to-send")


def sender_refused(case: Case) -> Iterator[Finding]:
    """The account may not send from this address."""
    return _objected(case, "sender-refused")


def relay_denied(case: Case) -> Iterator[Finding]:
    """The server passes nothing on for this client: wrong server, or no sign-in."""
    return _objected(case, "relay-denied")


def greylisted(case: Case) -> Iterator[Finding]:
    """Put off for some minutes, as unknown senders are."""
    return _objected(case, "greylisted")


def sending_rate_limited(case: Case) -> Iterator[Finding]:
    """Too many messages lately."""
    return _objected(case, "sending-rate-limited")


def mailbox_full(case: Case) -> Iterator[Finding]:
    """The mailbox is full: said to the envelope, or at a sign-in."""
    yield from _objected(case, "mailbox-full")
    for side in given_sides(case):
        tried = side.sign_in
        if tried is None or not tried.mechanism:
            continue
        row = sending_row(tried.reply, tried.codes)
        if row is not None and row.cause == "mailbox-full":
            yield _finding(
                case, side, _Objection(row.cause, tried.endpoint, tried.reply, tried.codes)
            )


def address_blocklisted(case: Case) -> Iterator[Finding]:
    """A blocklist is named in place of a greeting, or in the answer to the envelope."""
    yield from _objected(case, "address-blocklisted")
    for side in given_sides(case):
        greeting = refusing_greeting(side)
        if greeting and names_blocklist(greeting):
            objection = _Objection("address-blocklisted", side.endpoint, greeting)
            yield _finding(case, side, objection, proven_way(side))


def refusing_greeting(side: Side) -> bytes:
    """Return the greeting that turned the configured conversation away, b"" where none did."""
    seen = side.main
    if seen is None or side.server.protocol is not Protocol.SMTP:
        return b""
    greetings = (tls_greeting(seen), plain_greeting(seen))
    return next((g.raw for g in greetings if g and g.kind is GreetingKind.REFUSED), b"")


def helo_refused(case: Case) -> Iterator[Finding]:
    """EHLO with an address literal is refused; with the computer's name it was not tried."""
    for side in given_sides(case):
        talk = conversation_for(side.main, side.server.security) if side.main else None
        if talk is None or side.server.protocol is not Protocol.SMTP:
            continue
        offers = (talk.tls_capabilities, talk.plain_capabilities)
        refused = next((o.raw for o in offers if o is not None and not o.answered), b"")
        if _HELO_REFUSED.match(refused) and not names_blocklist(refused):
            yield make_finding(
                "helo-refused",
                side.role,
                confidence=Confidence.LIKELY,
                endpoint=side.endpoint,
                values=side.values,
                quote=refused,
            )


def message_size_limit(case: Case) -> Iterator[Finding]:
    """The limit that EHLO states (RFC 1870), told where the account may send."""
    side = side_of(case, Role.OUTGOING)
    if side is None or side.main is None or not side.verified:
        return
    offered = tls_capabilities(side.main, side.server.security)
    if offered is None or not offered.size_limit:
        return
    limit = offered.size_limit
    shown = limit / _MEGABYTE
    yield make_finding(
        "message-size-limit",
        side.role,
        endpoint=side.endpoint,
        values={**side.values, "megabytes": f"{shown:.0f}" if shown >= 10 else f"{shown:.1f}"},
        facts={"bytes": limit},
    )


def _objected(case: Case, code: str) -> Iterator[Finding]:
    side = side_of(case, Role.OUTGOING)
    objection = _objection(case.observations.sending)
    if side is not None and objection is not None and objection.code == code:
        yield _finding(case, side, objection)


def _objection(sending: SendingObservation | None) -> _Objection | None:
    """Return what the server had against the envelope, the first answer first."""
    if sending is None:
        return None
    for answer, otherwise in (
        (sending.mail_from, "sender-refused"),
        (sending.rcpt_to, "relay-denied"),
    ):
        if answer is not None and not answer.accepted:
            return _named(sending, answer, otherwise)
    return None


def _named(sending: SendingObservation, answer: EnvelopeReply, otherwise: str) -> _Objection | None:
    row = sending_row(answer.reply, answer.codes)
    if row is not None:
        return _Objection(row.cause, sending.endpoint, answer.reply, answer.codes)
    if not _ABOUT_ADDRESSES.intersection(answer.codes[:1]):
        return None
    cause = otherwise if sending.signed_in else "sign-in-required-to-send"
    return _Objection(
        cause, sending.endpoint, answer.reply, answer.codes, confidence=Confidence.LIKELY
    )


def _finding(
    case: Case, side: Side, objection: _Objection, remedy: Message | None = None
) -> Finding:
    name = _LIST_NAME.search(readable(objection.reply))
    return make_finding(
        objection.code,
        side.role,
        variant=_variant(case, objection, named=name is not None),
        confidence=objection.confidence,
        endpoint=objection.endpoint,
        field=_FIELDS.get(objection.code),
        values={
            **side.values,
            "email": case.account.email,
            "list": name[1] if name else "",
        },
        remedy=remedy,
        facts={"codes": " ".join(objection.codes)},
        quote=objection.reply,
    )


def _variant(case: Case, objection: _Objection, *, named: bool) -> str:
    sending = case.observations.sending
    signed_in = sending is not None and sending.signed_in
    if objection.code == "sign-in-required-to-send" and signed_in:
        return "signed-in"
    if objection.code == "sender-refused" and not signed_in:
        return "no-sign-in"
    return "listed" if objection.code == "address-blocklisted" and named else ""
