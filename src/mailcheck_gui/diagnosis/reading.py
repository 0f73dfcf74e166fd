"""Read what was seen at one address of an endpoint: what answers there, and how well.

All functions are total: they answer None where a run did not come far enough to tell.
"""

from __future__ import annotations

from mailcheck_gui.model.account import Protocol, Security
from mailcheck_gui.model.observation import (
    Capabilities,
    ConnectObservation,
    ConnectOutcome,
    Conversation,
    EndKind,
    EndObservation,
    EndpointObservation,
    GreetingKind,
    GreetingObservation,
    HandshakeOutcome,
    Opening,
    Speaks,
    Spoken,
    Stage,
    StartTlsOutcome,
    TlsObservation,
)
from mailcheck_gui.protocols.greeting import recognise

MAIL = frozenset({Spoken.IMAP, Spoken.POP3, Spoken.SMTP})
"""What a mail server may speak."""

_TELLING = (
    ConnectOutcome.OPEN,
    ConnectOutcome.CLOSED,
    ConnectOutcome.DENIED,
    ConnectOutcome.UNREACHABLE,
    ConnectOutcome.SILENT,
    ConnectOutcome.NO_ROUTE,
    ConnectOutcome.NOT_TRIED,
)
_TLS_ANSWERS = frozenset(
    {
        HandshakeOutcome.VERIFIED,
        HandshakeOutcome.UNVERIFIED,
        HandshakeOutcome.ALERT,
        HandshakeOutcome.LOCAL_ERROR,
    }
)
_TLS_RECORDS = (b"\x15\x03", b"\x16\x03")
_REFUSALS = (b"4", b"5", b"-ERR", b"* BYE")


def connect_of(seen: EndpointObservation) -> ConnectObservation | None:
    """Return the most telling connection attempt: an open one before a refused one, and so on."""
    attempts = [conversation.connect for conversation in seen.conversations]
    return min(attempts, key=lambda attempt: _TELLING.index(attempt.outcome), default=None)


def outcome_of(seen: EndpointObservation) -> ConnectOutcome:
    """Return how connecting ended; NOT_TRIED where nothing was tried."""
    connect = connect_of(seen)
    return connect.outcome if connect else ConnectOutcome.NOT_TRIED


def is_open(seen: EndpointObservation) -> bool:
    """Whether a connection was made."""
    return outcome_of(seen) is ConnectOutcome.OPEN


def was_being_called(seen: EndpointObservation) -> bool:
    """Whether the run ended while a connection was under way, too soon to speak of silence."""
    attempts = (conversation.connect for conversation in seen.conversations)
    return any(
        attempt.outcome is ConnectOutcome.NOT_TRIED and not attempt.final and attempt.elapsed_ms > 0
        for attempt in attempts
    )


def conversation_for(seen: EndpointObservation, security: Security) -> Conversation | None:
    """Return the conversation that a mail program with this setting would have had."""
    implicit = security is Security.IMPLICIT_TLS
    return seen.find(Opening.CLIENT_HELLO if implicit else Opening.LISTEN)


def tls_for(seen: EndpointObservation, security: Security) -> TlsObservation | None:
    """Return the handshake that belongs to a setting."""
    conversation = conversation_for(seen, security)
    return conversation.tls if conversation else None


def handshakes(seen: EndpointObservation) -> tuple[TlsObservation, ...]:
    """Return every handshake that was tried here."""
    return tuple(c.tls for c in seen.conversations if c.tls is not None)


def plain_greeting(seen: EndpointObservation) -> GreetingObservation | None:
    """Return the greeting in plain text, also where it answered a ClientHello."""
    listened = seen.find(Opening.LISTEN)
    if listened is not None and listened.greeting is not None:
        return listened.greeting
    hello = seen.find(Opening.CLIENT_HELLO)
    if hello is None:
        return None
    if hello.greeting is not None:
        return hello.greeting
    if hello.tls is not None and hello.tls.outcome is HandshakeOutcome.NOT_TLS:
        return _greeting_from(hello.tls)
    return None


def _greeting_from(tls: TlsObservation) -> GreetingObservation:
    raw = tls.first_bytes
    spoken = recognise(raw)
    kind = GreetingKind.READY if spoken in MAIL else GreetingKind.FOREIGN
    if spoken is Spoken.IMAP and raw.upper().startswith(b"* PREAUTH"):
        kind = GreetingKind.PREAUTH
    elif spoken in MAIL and raw.startswith(_REFUSALS):
        kind = GreetingKind.REFUSED
    return GreetingObservation(kind, spoken, raw, tls.elapsed_ms)


def tls_greeting(seen: EndpointObservation) -> GreetingObservation | None:
    """Return the greeting inside implicit TLS."""
    hello = seen.find(Opening.CLIENT_HELLO)
    return hello.tls_greeting if hello else None


def speaks(seen: EndpointObservation) -> Speaks | None:
    """Return what answers on the port, whatever was expected there."""
    if not is_open(seen):
        return None
    hello = tls_for(seen, Security.IMPLICIT_TLS)
    if hello is not None and answers_tls(hello):
        return Speaks.IMPLICIT_TLS
    greeting = plain_greeting(seen)
    if greeting is not None:
        return Speaks.PLAINTEXT if greeting.spoken in MAIL else Speaks.OTHER
    waits = _silent_waits(seen)
    timed_out = waits and all(end.kind is EndKind.TIMED_OUT for end in waits)
    return Speaks.NOTHING if timed_out else None


def answers_tls(tls: TlsObservation) -> bool:
    """Whether the other side spoke TLS, however the handshake ended."""
    answered = tls.outcome in _TLS_ANSWERS or bool(tls.legacy_version)
    return answered or tls.first_bytes.startswith(_TLS_RECORDS)


def mute_for(seen: EndpointObservation) -> float | None:
    """Return how long (ms) an open port said nothing at all; None where it said something."""
    waits = _silent_waits(seen)
    return max(end.elapsed_ms for end in waits) if waits else None


def _silent_waits(seen: EndpointObservation) -> list[EndObservation]:
    """Return the ends of the conversations, where each of them waited for the first word."""
    ends = [c.end for c in seen.conversations if c.connect.outcome is ConnectOutcome.OPEN]
    waits = [end for end in ends if end is not None and _is_silent_wait(end)]
    heard = plain_greeting(seen) is not None or any(tls.first_bytes for tls in handshakes(seen))
    return waits if len(waits) == len(ends) and not heard else []


def _is_silent_wait(end: EndObservation) -> bool:
    waited = end.kind in (EndKind.TIMED_OUT, EndKind.STOPPED)
    return waited and end.stage in (Stage.GREETING, Stage.HANDSHAKE)


def spoken(seen: EndpointObservation) -> Spoken | None:
    """Return the protocol that the server showed, inside TLS or in plain text."""
    greeting = tls_greeting(seen) or plain_greeting(seen)
    return greeting.spoken if greeting else None


def plain_capabilities(seen: EndpointObservation) -> Capabilities | None:
    """Return what is offered before encryption."""
    listened = seen.find(Opening.LISTEN)
    return listened.plain_capabilities if listened else None


def offers_starttls(seen: EndpointObservation) -> bool | None:
    """Whether the port offers STARTTLS or STLS; None where nobody asked."""
    capabilities = plain_capabilities(seen)
    if capabilities is None or not capabilities.answered:
        return None
    return capabilities.starttls


def starttls_of(seen: EndpointObservation) -> StartTlsOutcome | None:
    """Return what became of the upgrade to TLS."""
    listened = seen.find(Opening.LISTEN)
    upgrade = listened.starttls if listened else None
    return upgrade.outcome if upgrade else None


def is_verified(seen: EndpointObservation, protocol: Protocol, security: Security) -> bool:
    """Whether this setting reached the right protocol inside TLS verified for the name."""
    if security is Security.NONE:
        return False
    conversation = conversation_for(seen, security)
    if conversation is None or conversation.tls is None:
        return False
    if conversation.tls.outcome is not HandshakeOutcome.VERIFIED or conversation.tls.alert:
        return False
    implicit = security is Security.IMPLICIT_TLS
    greeting = conversation.tls_greeting if implicit else conversation.greeting
    if greeting is None or greeting.spoken != Spoken(protocol.value):
        return False
    return greeting.kind is GreetingKind.READY


def has_bad_certificate(seen: EndpointObservation) -> bool:
    """Whether a certificate shown here is not acceptable."""
    return any(tls.outcome is HandshakeOutcome.UNVERIFIED for tls in handshakes(seen))


def tls_capabilities(seen: EndpointObservation, security: Security) -> Capabilities | None:
    """Return what is offered inside TLS under a setting."""
    conversation = conversation_for(seen, security)
    return conversation.tls_capabilities if conversation else None
