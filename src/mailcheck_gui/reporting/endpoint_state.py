"""One line for each address of an endpoint: is it open, what speaks there, what does it offer.

The report's `endpoints`, the terminal's port map and the window's tiles are made of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailcheck_gui.diagnosis import reading
from mailcheck_gui.model.observation import (
    Capabilities,
    ConnectOutcome,
    Conversation,
    EndKind,
    EndpointObservation,
    GreetingObservation,
    Opening,
    Speaks,
    TlsObservation,
)


class PortState(StrEnum):
    """What became of the connection (values of the report contract)."""

    OPEN = "open"
    CLOSED = "closed"
    SILENT = "silent"
    UNREACHABLE = "unreachable"
    RESET = "reset"


_STATES = {
    ConnectOutcome.OPEN: PortState.OPEN,
    ConnectOutcome.CLOSED: PortState.CLOSED,
    ConnectOutcome.SILENT: PortState.SILENT,
}


@dataclass(frozen=True, slots=True)
class EndpointState:
    """What is known of one address of an endpoint.

    `speaks` and `starttls` are None where that was not learnt. `talk` is the conversation in which
    the server spoke; None where no connection was tried.
    """

    state: PortState
    speaks: Speaks | None
    starttls: bool | None
    greeting: GreetingObservation | None
    talk: Conversation | None

    @property
    def tls(self) -> TlsObservation | None:
        """The handshake, where one came as far as a version or a certificate."""
        tls = self.talk.tls if self.talk else None
        return tls if tls is not None and (tls.version or tls.chain) else None

    @property
    def capabilities(self) -> Capabilities | None:
        """What the server offers, inside TLS where that was reached."""
        if self.talk is None:
            return None
        return self.talk.tls_capabilities or self.talk.plain_capabilities


def endpoint_state(seen: EndpointObservation) -> EndpointState:
    """Return the state of one address of an endpoint."""
    speaks = reading.speaks(seen)
    implicit = speaks is Speaks.IMPLICIT_TLS
    talk = seen.find(Opening.CLIENT_HELLO if implicit else Opening.LISTEN)
    return EndpointState(
        state=_state(seen, speaks),
        speaks=speaks,
        starttls=reading.offers_starttls(seen),
        greeting=reading.tls_greeting(seen) if implicit else reading.plain_greeting(seen),
        talk=talk or next(iter(seen.conversations), None),
    )


def was_tried(seen: EndpointObservation) -> bool:
    """Whether anything at all was tried there, if only to look up its name."""
    return seen.address is None or reading.outcome_of(seen) is not ConnectOutcome.NOT_TRIED


def _state(seen: EndpointObservation, speaks: Speaks | None) -> PortState:
    state = _STATES.get(reading.outcome_of(seen), PortState.UNREACHABLE)
    if state is PortState.OPEN and speaks is None and _was_reset(seen):
        return PortState.RESET
    return state


def _was_reset(seen: EndpointObservation) -> bool:
    ends = [talk.end for talk in seen.conversations if talk.end is not None]
    return any(end.kind is EndKind.RESET for end in ends)
