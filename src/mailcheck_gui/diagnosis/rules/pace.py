"""Lines that carry mail far more slowly than anything else, or stall.

All times are held against the same host's own: a far or busy server is no throttled line.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import make_finding
from mailcheck_gui.diagnosis.reading import conversation_for
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.observation import (
    Conversation,
    EndKind,
    GreetingKind,
    HandshakeOutcome,
    Stage,
    StartTlsOutcome,
)


def connection_throttled(case: Case) -> Iterator[Finding]:
    """A handshake far slower than its connection, or one that hangs after short replies."""
    for side in given_sides(case):
        talk = conversation_for(side.main, side.server.security) if side.main else None
        if talk is None:
            continue
        if _stalls(talk):
            yield _finding(side, talk, "stalled", Confidence.LIKELY)
        elif is_slow(case, talk):
            other = _quick_port(case, side)
            confidence = Confidence.LIKELY if other else Confidence.POSSIBLE
            yield _finding(side, talk, "port" if other else "", confidence, other)


def _stalls(talk: Conversation) -> bool:
    """Whether short messages crossed, and then the handshake hung.

    The first flight of a server is the first thing that fills whole packets. Where the path
    swallows those without a word (a PMTU black hole, RFC 2923), the handshake hangs.
    """
    tls = talk.tls
    if tls is None or tls.outcome is not HandshakeOutcome.TIMED_OUT:
        return False
    greeted = talk.greeting is not None and talk.greeting.kind is GreetingKind.READY
    upgrade = talk.starttls
    agreed = upgrade is not None and upgrade.outcome is StartTlsOutcome.ACCEPTED
    timed_out = talk.end is not None and talk.end.kind is EndKind.TIMED_OUT
    hung = timed_out and talk.end is not None and talk.end.stage is Stage.HANDSHAKE
    return hung and ((greeted and agreed) or bool(tls.first_bytes))


def is_slow(case: Case, talk: Conversation) -> bool:
    """Whether a handshake took far longer than its own connection, and long for anybody."""
    seconds, connect = _handshake_seconds(talk), talk.connect.elapsed_ms / 1000
    if seconds is None:
        return False
    limit = max(case.thresholds.throttled_extra, case.thresholds.throttled_connects * connect)
    return seconds >= limit


def _handshake_seconds(talk: Conversation) -> float | None:
    """Return how long a handshake took that ended by itself."""
    tls = talk.tls
    if tls is None or not (tls.version or tls.chain):
        return None
    return tls.elapsed_ms / 1000


def _quick_port(case: Case, side: Side) -> int | None:
    """Return the lowest port of the same host whose handshake was not slow."""
    quick = []
    for seen in side.host_seen:
        timed = [t for t in seen.conversations if _handshake_seconds(t) is not None]
        if timed and not any(is_slow(case, talk) for talk in timed):
            quick.append(seen.endpoint.port)
    return min((port for port in quick if port != side.server.port), default=None)


def _finding(
    side: Side,
    talk: Conversation,
    variant: str,
    confidence: Confidence,
    other: int | None = None,
) -> Finding:
    assert talk.tls is not None
    return make_finding(
        "connection-throttled",
        side.role,
        variant=variant,
        confidence=confidence,
        endpoint=side.endpoint,
        values={
            **side.values,
            "seconds": f"{talk.tls.elapsed_ms / 1000:.0f}",
            "other": other or "",
        },
        facts={
            "connect_ms": round(talk.connect.elapsed_ms),
            "handshake_ms": round(talk.tls.elapsed_ms),
        },
    )
