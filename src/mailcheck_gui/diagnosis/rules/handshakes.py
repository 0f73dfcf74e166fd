"""Handshakes that end before any certificate is accepted or refused."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import Fact, make_finding
from mailcheck_gui.diagnosis.reading import conversation_for, plain_greeting
from mailcheck_gui.diagnosis.rules.advice import proven_way
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.diagnosis.texts.certificate import HANDSHAKE_ENDS
from mailcheck_gui.model.account import Security
from mailcheck_gui.model.finding import Finding
from mailcheck_gui.model.observation import (
    Conversation,
    EndKind,
    EndpointObservation,
    HandshakeOutcome,
    StartTlsOutcome,
    TlsObservation,
)

_CERTIFICATE_ALERTS = frozenset({"certificate_required"})
_REFUSAL_ALERTS = frozenset({"handshake_failure", "bad_certificate", "certificate_unknown"})
_ENDED = (EndKind.CLOSED, EndKind.RESET)
_OLD_VERSIONS = frozenset({"SSLv3", "TLSv1", "TLSv1.1"})


def tls_too_old(case: Case) -> Iterator[Finding]:
    """Only TLS 1.1 or older: a diagnosis handshake reached it, or the alert says so."""
    for side, seen, tls in _handshakes(case):
        if is_too_old(tls):
            yield make_finding(
                "tls-too-old",
                side.role,
                variant="" if tls.legacy_version in _OLD_VERSIONS else "alert",
                endpoint=side.endpoint,
                values={**side.values, "version": tls.legacy_version},
                remedy=proven_way(side),
                facts=_facts(seen, tls),
                quote=tls.error.encode(),
            )


def is_too_old(tls: TlsObservation) -> bool:
    """Whether a server speaks no TLS of today (RFC 8996)."""
    if tls.outcome is HandshakeOutcome.VERIFIED:
        return False
    return tls.legacy_version in _OLD_VERSIONS or (
        tls.alert == "protocol_version" and not tls.legacy_version
    )


def is_weak(tls: TlsObservation) -> bool:
    """Whether TLS of today came about only with keys and ciphers that we refuse."""
    return bool(tls.legacy_version) and not is_too_old(tls)


def client_certificate_required(case: Case) -> Iterator[Finding]:
    """The server asked for a certificate and ended the connection without one."""
    for side, seen, tls in _handshakes(case):
        if wants_certificate(side, seen, tls):
            yield make_finding(
                "client-certificate-required",
                side.role,
                endpoint=side.endpoint,
                values=side.values,
                remedy=proven_way(side),
                facts=_facts(seen, tls),
                quote=tls.error.encode(),
            )


def wants_certificate(side: Side, seen: EndpointObservation, tls: TlsObservation) -> bool:
    """Whether it was the missing certificate that ended the connection."""
    if tls.alert in _CERTIFICATE_ALERTS:
        return True
    if not tls.client_certificate_requested:
        return False
    if tls.outcome in (HandshakeOutcome.ALERT, HandshakeOutcome.CLOSED):
        return not tls.alert or tls.alert in _REFUSAL_ALERTS
    talk = conversation_for(seen, side.server.security)
    return talk is not None and _ended_early(talk)


def _ended_early(talk: Conversation) -> bool:
    """Whether the server hung up right after a handshake that was fine for us (TLS 1.3)."""
    ended = talk.end is not None and talk.end.kind in _ENDED
    return ended and talk.tls_greeting is None and talk.tls_capabilities is None


def tls_handshake_failed(case: Case) -> Iterator[Finding]:
    """Any other alert, close or silence in the handshake."""
    for side, seen, tls in _handshakes(case):
        if tls.outcome.value not in HANDSHAKE_ENDS or not _began(side, seen, tls):
            continue
        if is_too_old(tls) or wants_certificate(side, seen, tls):
            continue
        yield make_finding(
            "tls-handshake-failed",
            side.role,
            variant="weak" if is_weak(tls) else "",
            endpoint=side.endpoint,
            values={**side.values, "alert": tls.alert or "unknown"},
            explanation=None if is_weak(tls) else HANDSHAKE_ENDS[tls.outcome.value],
            remedy=proven_way(side),
            facts=_facts(seen, tls),
            quote=tls.first_bytes
            if tls.outcome is HandshakeOutcome.NOT_TLS
            else tls.error.encode(),
        )


def _began(side: Side, seen: EndpointObservation, tls: TlsObservation) -> bool:
    """Whether TLS was under way: after a go-ahead, or with a first byte of TLS from the server.

    Silence or a close right after a ClientHello is `server-silent` or `connection-reset`, a
    greeting in its place is a matter of port and encryption.
    """
    if side.server.security is Security.STARTTLS:
        talk = conversation_for(seen, Security.STARTTLS)
        upgrade = talk.starttls if talk else None
        return upgrade is not None and upgrade.outcome is StartTlsOutcome.ACCEPTED
    if tls.outcome is HandshakeOutcome.NOT_TLS or plain_greeting(seen) is not None:
        return False
    told = tls.outcome in (HandshakeOutcome.ALERT, HandshakeOutcome.LOCAL_ERROR)
    return told or bool(tls.first_bytes or tls.legacy_version)


def _handshakes(case: Case) -> Iterator[tuple[Side, EndpointObservation, TlsObservation]]:
    """Yield the configured handshake of each side, at the address that got furthest."""
    for side in given_sides(case):
        seen = side.main
        talk = conversation_for(seen, side.server.security) if seen else None
        if seen is not None and talk is not None and talk.tls is not None:
            yield side, seen, talk.tls


def _facts(seen: EndpointObservation, tls: TlsObservation) -> dict[str, Fact]:
    return {
        "address": seen.address or "",
        "outcome": tls.outcome.value,
        "alert": tls.alert,
        "version": tls.version or tls.legacy_version,
        "elapsed_ms": round(tls.elapsed_ms),
    }
