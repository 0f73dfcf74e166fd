"""When waiting on can no longer change a result, whatever is still pending."""

from __future__ import annotations

from collections.abc import Iterable

from mailcheck_gui.checks.endpoint_session import MAIL, EndpointSession
from mailcheck_gui.model.account import Security, Server
from mailcheck_gui.model.endpoint import IMPLICIT_TLS_PORTS
from mailcheck_gui.model.observation import (
    EndpointObservation,
    GreetingKind,
    HandshakeOutcome,
    Opening,
)
from mailcheck_gui.protocols.greeting import recognise


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


def speaks_no_mail(seen: EndpointObservation) -> bool:
    """Return whether an address answered in the words of something other than a mail server.

    Then its endpoint is known: the one malformed opening of a host went to this address, and the
    others, to which it did not go, would only stay silent.
    """
    for talk in seen.conversations:
        if talk.greeting is not None and talk.greeting.spoken not in MAIL:
            return True
        tls = talk.tls
        if tls is not None and tls.outcome is HandshakeOutcome.NOT_TLS:
            return recognise(tls.first_bytes) not in MAIL
    return False


def _is_implicit(session: EndpointSession) -> bool:
    return session.planned.endpoint.port in IMPLICIT_TLS_PORTS
