"""Causes that show once a connection is open: silence, hanging up, refusals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import Fact, make_finding
from mailcheck_gui.diagnosis.proven import RELAY_PORT
from mailcheck_gui.diagnosis.reading import (
    conversation_for,
    is_open,
    mute_for,
    plain_greeting,
    speaks,
    tls_greeting,
)
from mailcheck_gui.diagnosis.replies import names_blocklist
from mailcheck_gui.diagnosis.rules.advice import proven_way
from mailcheck_gui.diagnosis.rules.middleboxes import is_captive
from mailcheck_gui.diagnosis.rules.pace import is_slow
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.observation import (
    Conversation,
    EndKind,
    EndObservation,
    EndpointObservation,
    GreetingKind,
    GreetingObservation,
    Speaks,
    Stage,
)

_TOO_MANY = re.compile(
    rb"too many [a-z ]{0,30}(connections|sessions|clients)"
    rb"|(connection|session) (rate )?limit|maximum (number of )?(connections|sessions)"
    rb"|connections? (exceeded|limit)|overload|server (is )?(too )?busy|\[LIMIT\]|\b4\.3\.2\b",
    re.IGNORECASE,
)
_MAINTENANCE = re.compile(
    rb"maintenance|(shutting|going) down|temporarily (down|offline|unavailable)|\[UNAVAILABLE\]",
    re.IGNORECASE,
)

_HUNG_UP = (EndKind.CLOSED, EndKind.RESET)
_BEFORE_WORDS = (Stage.CONNECT, Stage.GREETING, Stage.HANDSHAKE)
_HALFWAY = (
    Stage.CAPABILITIES,
    Stage.STARTTLS,
    Stage.TLS_GREETING,
    Stage.TLS_CAPABILITIES,
    Stage.SIGN_IN,
)
_DROP_VARIANTS = {
    EndKind.CLOSED: "",
    EndKind.RESET: "",
    EndKind.TIMED_OUT: "stalled",
    EndKind.VIOLATION: "nonsense",
}


def connection_reset(case: Case) -> Iterator[Finding]:
    """Reset or closed at once, before any greeting and before any word of TLS."""
    for side, seen in _open_sides(case):
        talks = [talk for talk in seen.conversations if talk.end is not None]
        cut = [talk for talk in talks if _was_cut_at_start(talk)]
        if speaks(seen) is not None or not cut:
            continue
        end = cut[0].end
        assert end is not None
        yield make_finding(
            "connection-reset",
            side.role,
            confidence=Confidence.CERTAIN if len(cut) == len(talks) else Confidence.LIKELY,
            endpoint=side.endpoint,
            values=side.values,
            remedy=proven_way(side),
            facts=_end_facts(seen, end),
        )


def _was_cut_at_start(talk: Conversation) -> bool:
    """Whether the server hung up before its first byte."""
    if talk.end is None or talk.greeting is not None:
        return False
    if talk.tls is not None and (talk.tls.first_bytes or talk.tls.legacy_version):
        return False  # with old TLS it would have answered: that is the cause
    return talk.end.kind in _HUNG_UP and talk.end.stage in _BEFORE_WORDS


def connection_dropped(case: Case) -> Iterator[Finding]:
    """Ended in the middle of the configured conversation, for no better reason."""
    for side, seen in _open_sides(case):
        talk = conversation_for(seen, side.server.security)
        if talk is None or talk.end is None or side.refused or side.accepted:
            continue
        end = talk.end
        wants_certificate = talk.tls is not None and talk.tls.client_certificate_requested
        if end.kind not in _DROP_VARIANTS or end.stage not in _HALFWAY or wants_certificate:
            continue
        yield make_finding(
            "connection-dropped",
            side.role,
            variant=_DROP_VARIANTS[end.kind],
            endpoint=side.endpoint,
            values=side.values,
            remedy=proven_way(side),
            facts=_end_facts(seen, end),
            quote=end.last_line,
        )


def server_silent(case: Case) -> Iterator[Finding]:
    """Accepts the connection, never speaks, and answers no ClientHello either."""
    for side, seen in _open_sides(case):
        waited = mute_for(seen)
        if waited is None:
            continue
        final = waited >= case.thresholds.mute_final * 1000
        enough = speaks(seen) is Speaks.NOTHING or waited >= case.thresholds.mute_provisional * 1000
        if enough:
            yield make_finding(
                "server-silent",
                side.role,
                variant="" if final else "so-far",
                confidence=Confidence.CERTAIN if final else Confidence.LIKELY,
                endpoint=side.endpoint,
                values=side.values,
                remedy=proven_way(side),
                facts={"address": seen.address or "", "waited_ms": round(waited)},
            )


def greeting_slow(case: Case) -> Iterator[Finding]:
    """The greeting came only after seconds: a tarpit, or a look-up of our address."""
    for side, seen in _open_sides(case):
        greeting = _greeting(side, seen)
        if greeting is None:
            continue
        waited_ms = _waited_for(greeting, seen)
        if waited_ms < case.thresholds.greeting_slow * 1000:
            continue
        if any(is_slow(case, talk) for talk in seen.conversations):
            continue  # it is the line, and `pace.py` says so
        yield make_finding(
            "greeting-slow",
            side.role,
            endpoint=side.endpoint,
            values={**side.values, "seconds": f"{waited_ms / 1000:.0f}"},
            facts={"address": seen.address or "", "greeting_ms": round(waited_ms)},
            quote=greeting.raw,
        )


def _waited_for(greeting: GreetingObservation, seen: EndpointObservation) -> float:
    """Return how long (ms) a greeting took; the handshake before it is no time of the greeting."""
    inside = [talk for talk in seen.conversations if talk.tls_greeting == greeting]
    handshakes = [talk.tls.elapsed_ms for talk in inside if talk.tls is not None]
    return greeting.elapsed_ms - max(handshakes, default=0.0)


def server_refuses_client(case: Case) -> Iterator[Finding]:
    """421, 554, BYE or -ERR in place of a greeting."""
    for side, seen in _open_sides(case):
        greeting = _greeting(side, seen)
        if greeting is None or greeting.kind is not GreetingKind.REFUSED:
            continue
        if busy_words(greeting.raw) is not None or names_blocklist(greeting.raw):
            continue
        relay = side.role is Role.OUTGOING and side.server.port == RELAY_PORT
        yield make_finding(
            "server-refuses-client",
            side.role,
            variant="port-25" if relay else "",
            endpoint=side.endpoint,
            values=side.values,
            remedy=proven_way(side),
            facts={"address": seen.address or ""},
            quote=greeting.raw,
        )


def server_busy(case: Case) -> Iterator[Finding]:
    """A greeting that refuses and says that it is for now: too many connections, maintenance."""
    for side, seen in _open_sides(case):
        greeting = _greeting(side, seen)
        if greeting is None or greeting.kind is not GreetingKind.REFUSED:
            continue
        variant = busy_words(greeting.raw)
        if variant is not None:
            yield make_finding(
                "server-busy",
                side.role,
                variant=variant,
                endpoint=side.endpoint,
                values=side.values,
                facts={"address": seen.address or ""},
                quote=greeting.raw,
            )


def busy_words(raw: bytes) -> str | None:
    """Return the variant of `server-busy` that a refusal speaks of, None where of neither."""
    if _MAINTENANCE.search(raw):
        return "maintenance"
    return "" if _TOO_MANY.search(raw) else None


def _greeting(side: Side, seen: EndpointObservation) -> GreetingObservation | None:
    """Return the greeting that the configured conversation met, else any."""
    talk = conversation_for(seen, side.server.security)
    own = (talk.tls_greeting or talk.greeting) if talk else None
    return own or tls_greeting(seen) or plain_greeting(seen)


def _open_sides(case: Case) -> Iterator[tuple[Side, EndpointObservation]]:
    if is_captive(case):
        return  # none of these words are the mail server's
    for side in given_sides(case):
        seen = side.main
        if seen is not None and is_open(seen):
            yield side, seen


def _end_facts(seen: EndpointObservation, end: EndObservation) -> dict[str, Fact]:
    return {
        "address": seen.address or "",
        "ended": end.kind.value,
        "stage": end.stage.value,
        "elapsed_ms": round(end.elapsed_ms),
    }
