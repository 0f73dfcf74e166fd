"""One line for each address of an endpoint: is it open, what speaks there, what does it offer.

The report's `endpoints`, the terminal's port map and the window's tiles are made of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailcheck_gui.model.observation import (
    Capabilities,
    ConnectOutcome,
    Conversation,
    EndKind,
    EndpointObservation,
    GreetingObservation,
    HandshakeOutcome,
    Opening,
    Speaks,
    Spoken,
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
    ConnectOutcome.UNREACHABLE: PortState.UNREACHABLE,
    ConnectOutcome.NO_ROUTE: PortState.UNREACHABLE,
    ConnectOutcome.DENIED: PortState.UNREACHABLE,
}
_ANSWERED_IN_TLS = frozenset(
    {
        HandshakeOutcome.VERIFIED,
        HandshakeOutcome.UNVERIFIED,
        HandshakeOutcome.ALERT,
        HandshakeOutcome.LOCAL_ERROR,
    }
)
_MAIL = frozenset({Spoken.IMAP, Spoken.POP3, Spoken.SMTP})
_MAIL_OPENINGS = (b"220 ", b"220-", b"* OK", b"* PREAUTH", b"* BYE", b"+OK", b"-ERR")


@dataclass(frozen=True, slots=True)
class EndpointState:
    """What is known of one address of an endpoint.

    `speaks` and `starttls` are None where that was not learnt. `main` is the conversation that
    tells most; None where no connection was tried.
    """

    state: PortState
    speaks: Speaks | None
    starttls: bool | None
    main: Conversation | None

    @property
    def tls(self) -> TlsObservation | None:
        """The handshake of the main conversation, where one came as far as a certificate."""
        tls = self.main.tls if self.main else None
        return tls if tls is not None and (tls.version or tls.chain) else None

    @property
    def greeting(self) -> GreetingObservation | None:
        """The first words of the main conversation."""
        return (self.main.greeting or self.main.tls_greeting) if self.main else None

    @property
    def capabilities(self) -> Capabilities | None:
        """What the server offers, inside TLS where that was reached."""
        if self.main is None:
            return None
        return self.main.tls_capabilities or self.main.plain_capabilities


def endpoint_state(observation: EndpointObservation) -> EndpointState:
    """Return the state of one address of an endpoint."""
    main = max(observation.conversations, key=_weight, default=None)
    state = PortState.UNREACHABLE if main is None else _state(main)
    speaks = _speaks(observation) if state is PortState.OPEN else None
    return EndpointState(state, speaks, _offers_starttls(observation), main)


def was_tried(observation: EndpointObservation) -> bool:
    """Whether anything at all was tried there, if only to look up its name."""
    if observation.address is None:
        return True
    return any(
        talk.connect.outcome is not ConnectOutcome.NOT_TRIED for talk in observation.conversations
    )


def _weight(talk: Conversation) -> tuple[bool, bool, bool, bool, bool]:
    """Order conversations by how far they came."""
    outcome = talk.tls.outcome if talk.tls else None
    return (
        outcome is HandshakeOutcome.VERIFIED,
        outcome in _ANSWERED_IN_TLS,
        talk.greeting is not None,
        _heard_anything(talk),
        talk.connect.outcome is ConnectOutcome.OPEN,
    )


def _state(talk: Conversation) -> PortState:
    state = _STATES.get(talk.connect.outcome, PortState.UNREACHABLE)
    reset = talk.end is not None and talk.end.kind is EndKind.RESET
    if state is PortState.OPEN and reset and not _heard_anything(talk):
        return PortState.RESET
    return state


def _heard_anything(talk: Conversation) -> bool:
    return talk.greeting is not None or (
        talk.tls is not None
        and (talk.tls.outcome in _ANSWERED_IN_TLS or bool(talk.tls.first_bytes))
    )


def _speaks(observation: EndpointObservation) -> Speaks | None:
    heard = [what for talk in observation.conversations if (what := _spoken_in(talk)) is not None]
    if heard:
        return heard[0]
    ends = [talk.end.kind for talk in observation.conversations if talk.end is not None]
    mute = any(kind in (EndKind.TIMED_OUT, EndKind.CLOSED) for kind in ends)
    return Speaks.NOTHING if mute else None


def _spoken_in(talk: Conversation) -> Speaks | None:
    if talk.greeting is not None:
        return Speaks.PLAINTEXT if talk.greeting.spoken in _MAIL else Speaks.OTHER
    if talk.tls is None or talk.opening is not Opening.CLIENT_HELLO:
        return None
    if talk.tls.outcome in _ANSWERED_IN_TLS:
        foreign = talk.tls_greeting is not None and talk.tls_greeting.spoken not in _MAIL
        return Speaks.OTHER if foreign else Speaks.IMPLICIT_TLS
    if talk.tls.outcome is HandshakeOutcome.NOT_TLS and talk.tls.first_bytes:
        in_plain_text = talk.tls.first_bytes.startswith(_MAIL_OPENINGS)
        return Speaks.PLAINTEXT if in_plain_text else Speaks.OTHER
    return None


def _offers_starttls(observation: EndpointObservation) -> bool | None:
    for talk in observation.conversations:
        if talk.plain_capabilities is not None and talk.plain_capabilities.answered:
            return talk.plain_capabilities.starttls
    return None
