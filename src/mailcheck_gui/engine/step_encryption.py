"""The sentences for encryption and certificate."""

from __future__ import annotations

from mailcheck_gui.diagnosis.rules.shown import in_words
from mailcheck_gui.engine.side_facts import SideFacts, StepLine
from mailcheck_gui.model.account import Security
from mailcheck_gui.model.event import StepState
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.model.observation import (
    CertificateFacts,
    Conversation,
    GreetingKind,
    HandshakeOutcome,
    StartTlsOutcome,
    TlsObservation,
)

_REACHED = frozenset({HandshakeOutcome.VERIFIED, HandshakeOutcome.UNVERIFIED})

_HANDSHAKE_ENDS = {
    HandshakeOutcome.ALERT: message("The server ended the encryption before it began"),
    HandshakeOutcome.CLOSED: message("The server hung up before the encryption began"),
    HandshakeOutcome.LOCAL_ERROR: message("The server's kind of encryption is not acceptable"),
    HandshakeOutcome.NOT_TLS: message("The server answered in plain text instead"),
    HandshakeOutcome.TIMED_OUT: message("The server took the call but said nothing"),
}

_STARTTLS_ENDS = {
    StartTlsOutcome.NOT_OFFERED: message("The server does not offer STARTTLS"),
    StartTlsOutcome.REFUSED: message("The server offers STARTTLS, then declines it"),
    StartTlsOutcome.INJECTED: message("Extra text came in before the encryption began"),
    StartTlsOutcome.PREAUTH: message("The server skips the encryption"),
    StartTlsOutcome.NO_REPLY: message("The server did not answer the wish for encryption"),
}


def encryption_line(facts: SideFacts) -> StepLine:
    """Return the step of the encryption in the configured mode."""
    talk = facts.as_configured()
    line = _settled_encryption(facts, talk)
    if line is not None:
        return line
    if facts.over or facts.complete:
        return _never_settled(talk)
    if facts.late > 1:
        return StepLine(
            StepState.RUNNING, message("The server took the call, no word from it so far")
        )
    return StepLine(StepState.RUNNING, message("Waiting for the server's first words"))


def _settled_encryption(facts: SideFacts, talk: Conversation | None) -> StepLine | None:
    mode = facts.server.security
    if talk is not None and talk.tls is not None and talk.tls.outcome in _REACHED:
        return _reached(mode, talk.tls)
    if mode is not Security.IMPLICIT_TLS and _speaks_tls(facts):
        return _error(message("The server wants SSL/TLS from the first byte"))
    if mode is Security.IMPLICIT_TLS and any(other.greeting for other in facts.other_way()):
        return _error(message("The server answered in plain text instead"))
    if talk is None:
        return None
    if talk.greeting is not None and talk.greeting.kind is not GreetingKind.READY:
        return _greeted_otherwise(talk.greeting.kind)
    if mode is Security.NONE and talk.greeting is not None:
        return _error(message("No encryption is set: a password would be readable on the way"))
    if talk.tls is not None and talk.tls.outcome in _HANDSHAKE_ENDS:
        return _error(_HANDSHAKE_ENDS[talk.tls.outcome])
    if (
        talk.starttls is not None
        and talk.end is not None
        and talk.starttls.outcome in _STARTTLS_ENDS
    ):
        return _error(_STARTTLS_ENDS[talk.starttls.outcome])
    return None


def _reached(mode: Security, tls: TlsObservation) -> StepLine:
    if mode is Security.NONE:
        return _error(message("No encryption is set, though the server offers it"))
    # The version stays unknown where we end the handshake over the certificate.
    version = tls.version.replace("TLSv", "TLS ") or "TLS"
    if mode is Security.STARTTLS:
        sentence = message("{version}, after STARTTLS", version=version)
    else:
        sentence = message("{version}, from the first byte", version=version)
    return StepLine(StepState.WORKS, sentence, tls.elapsed_ms)


def _speaks_tls(facts: SideFacts) -> bool:
    return any(
        talk.tls is not None and talk.tls.outcome in (*_REACHED, HandshakeOutcome.ALERT)
        for talk in facts.other_way()
    )


def _greeted_otherwise(kind: GreetingKind) -> StepLine:
    if kind is GreetingKind.REFUSED:
        return _error(message("The server declines to talk"))
    if kind is GreetingKind.PREAUTH:
        return _error(_STARTTLS_ENDS[StartTlsOutcome.PREAUTH])
    return _error(message("Another kind of server answered"))


def _never_settled(talk: Conversation | None) -> StepLine:
    if talk is None or talk.end is None:
        return StepLine(StepState.NOT_TESTED)
    return _error(message("The server hung up before the encryption began"))


def _error(sentence: Message) -> StepLine:
    return StepLine(StepState.ERROR, sentence)


def certificate_line(facts: SideFacts) -> StepLine:
    """Return the step of the certificate; the encryption has begun."""
    talk = facts.as_configured()
    tls = talk.tls if talk is not None else None
    if tls is None or not tls.chain:
        return StepLine(StepState.NOT_TESTED)
    if tls.outcome is not HandshakeOutcome.VERIFIED:
        return _error(_fault(facts, tls, tls.chain[0]))
    days = (tls.chain[0].not_after - facts.now).days
    host = facts.server.host
    if days < facts.thresholds.expires_soon_days:
        sentence = message("Issued for {host}, only {days} days left", host=host, days=days)
        return StepLine(StepState.WARNING, sentence)
    return StepLine(
        StepState.WORKS, message("Issued for {host}, valid for {days} days", host=host, days=days)
    )


def _fault(facts: SideFacts, tls: TlsObservation, leaf: CertificateFacts) -> Message:
    if leaf.not_after < facts.now:
        return message("It ran out on {date}", date=in_words(leaf.not_after))
    if leaf.not_before > facts.now:
        return message("It is not valid before {date}", date=in_words(leaf.not_before))
    if tls.name_matches is False:
        names = leaf.names[0] if leaf.names else leaf.subject
        return message("It is for {name}, not for {host}", name=names, host=facts.server.host)
    if leaf.self_signed:
        return message("The server issued it to itself")
    if tls.completed:
        return message("The server does not send the whole chain")
    return message("This computer does not know who issued it")
