"""What is known of one side while its check runs, and which conversation tells most about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mailcheck_gui.checks.openings import configured_opening
from mailcheck_gui.model.account import Role, Server
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.event import StepState
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    Conversation,
    EndpointObservation,
    HandshakeOutcome,
    NameObservation,
    NotTestedReason,
    SignInObservation,
)
from mailcheck_gui.model.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class SideFacts:
    """The facts of one side so far.

    `rows` are the addresses of its configured endpoint, `complete` tells that all of them have been
    examined. `signing_in` is where a sign-in is under way. `late` grows with the provisional
    limits that have passed: 1 for a SYN, 2 for a mute server. `over` ends all waiting.
    `no_sign_in` is known before anything is sent: no password, or none wanted.
    """

    role: Role
    server: Server
    thresholds: Thresholds
    now: datetime
    name: NameObservation | None = None
    rows: tuple[EndpointObservation, ...] = ()
    complete: bool = False
    signing_in: Endpoint | None = None
    sign_in: SignInObservation | None = None
    late: int = 0
    over: bool = False
    no_sign_in: NotTestedReason | None = None

    def as_configured(self) -> Conversation | None:
        """Return the conversation, in the configured mode, that got furthest on any address."""
        opening = configured_opening(self.server.security)
        talks = [talk for row in self.rows if (talk := row.find(opening)) is not None]
        return max(talks, key=_progress, default=None)

    def other_way(self) -> Iterator[Conversation]:
        """Yield the conversations that began the other way round."""
        opening = configured_opening(self.server.security)
        for row in self.rows:
            yield from (talk for talk in row.conversations if talk.opening is not opening)


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as it is to be shown."""

    state: StepState
    detail: Message = message("")  # noqa: RUF009 - a frozen value
    elapsed_ms: float | None = None

    @property
    def done(self) -> bool:
        """Whether the next step may begin."""
        return self.state in (StepState.WORKS, StepState.WARNING)

    @property
    def pending(self) -> bool:
        """Whether an answer may still come."""
        return self.state in (StepState.WAITING, StepState.RUNNING)


def _progress(talk: Conversation) -> int:
    tls = talk.tls
    reached = (
        talk.connect.outcome is ConnectOutcome.OPEN,
        talk.greeting is not None,
        tls is not None and tls.outcome is not HandshakeOutcome.CUT_SHORT,
        tls is not None and bool(tls.chain),
        tls is not None and tls.outcome is HandshakeOutcome.VERIFIED,
        talk.tls_capabilities is not None,
    )
    return sum(reached)
