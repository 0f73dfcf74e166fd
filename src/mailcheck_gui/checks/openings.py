"""Who speaks first on a port: a ClientHello of ours, or the server's greeting.

A ClientHello on a plaintext port is malformed for its server, which may log it or ban us; one
listening connection on a TLS port is merely idle. So the natural opening of a port comes first,
and the other one only where the configuration asks for it or the port stays silent.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.model.account import Security
from mailcheck_gui.model.endpoint import IMPLICIT_TLS_PORTS, PlannedEndpoint
from mailcheck_gui.model.observation import Opening

_NO_HELLO_UNASKED = frozenset({25})
"""Relay ports where filters that wait for early talkers score or ban the sender."""


@dataclass(frozen=True, slots=True)
class OpeningPlan:
    """The openings of one endpoint: those made at once, and one kept for silence."""

    at_once: tuple[Opening, ...]
    after_silence: Opening | None = None


def natural_opening(port: int) -> Opening:
    """Return how a healthy conversation on a port begins; unknown ports are listened to."""
    return Opening.CLIENT_HELLO if port in IMPLICIT_TLS_PORTS else Opening.LISTEN


def other_opening(opening: Opening) -> Opening:
    """Return the other one."""
    return Opening.LISTEN if opening is Opening.CLIENT_HELLO else Opening.CLIENT_HELLO


def is_malformed(port: int, opening: Opening) -> bool:
    """Return whether the server usual on that port would find this opening malformed."""
    return opening is Opening.CLIENT_HELLO and port not in IMPLICIT_TLS_PORTS


def configured_opening(security: Security) -> Opening:
    """Return the opening that a mail program with this setting uses."""
    return Opening.CLIENT_HELLO if security is Security.IMPLICIT_TLS else Opening.LISTEN


def plan_openings(planned: PlannedEndpoint) -> OpeningPlan:
    """Return the openings for one endpoint, the configured one first."""
    port = planned.endpoint.port
    natural = natural_opening(port)
    wanted = configured_opening(planned.security) if planned.configured else natural
    if wanted is not natural:
        return OpeningPlan((wanted, natural))
    if port in _NO_HELLO_UNASKED:
        return OpeningPlan((natural,))
    return OpeningPlan((natural,), other_opening(natural))
