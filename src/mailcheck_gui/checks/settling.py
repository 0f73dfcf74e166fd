"""When a side's result can no longer change, whatever its pending neighbours still say."""

from __future__ import annotations

from collections.abc import Iterable

from mailcheck_gui.checks.endpoint_session import EndpointSession
from mailcheck_gui.model.account import Security, Server
from mailcheck_gui.model.endpoint import IMPLICIT_TLS_PORTS
from mailcheck_gui.model.observation import (
    EndpointObservation,
    GreetingKind,
    HandshakeOutcome,
    Opening,
)


def is_settled(server: Server, sessions: Iterable[EndpointSession]) -> bool:
    """Return whether a side is decided.

    Its configured endpoint has been examined on all addresses, and either implicit TLS works for
    its protocol (nothing is stronger), or the configured way works and no implicit TLS is pending.
    """
    of_protocol = [s for s in sessions if s.planned.endpoint.protocol is server.protocol]
    configured = [s for s in of_protocol if s.planned.configured]
    if not configured or not all(s.finished.is_set() for s in configured):
        return False
    if any(works(s.observation, Security.IMPLICIT_TLS) for s in of_protocol):
        return True
    pending = any(_is_implicit(s) and not s.finished.is_set() for s in of_protocol)
    return not pending and any(works(s.observation, server.security) for s in configured)


def works(seen: EndpointObservation, security: Security) -> bool:
    """Return whether an address reached verified TLS in a mode and spoke its protocol there."""
    opening = Opening.CLIENT_HELLO if security is Security.IMPLICIT_TLS else Opening.LISTEN
    talk = seen.find(opening)
    if security is Security.NONE or talk is None or talk.tls is None:
        return False
    greeting = talk.tls_greeting if opening is Opening.CLIENT_HELLO else talk.greeting
    ready = greeting is not None and greeting.kind is GreetingKind.READY
    return ready and talk.tls.outcome is HandshakeOutcome.VERIFIED


def _is_implicit(session: EndpointSession) -> bool:
    return session.planned.endpoint.port in IMPLICIT_TLS_PORTS
