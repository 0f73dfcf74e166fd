"""The trip of a test message: sent to oneself, looked for in the inbox, removed again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailcheck_gui.model.event import StepState
from mailcheck_gui.model.finding import Message
from mailcheck_gui.model.observation import TranscriptLine


class TripStep(StrEnum):
    """The three steps, in their order."""

    SEND = "send"
    ARRIVE = "arrive"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class TripLine:
    """How far a step is, in one sentence. `reply` is the server's own word where it refused."""

    step: TripStep
    state: StepState
    detail: Message
    reply: bytes = b""


@dataclass(frozen=True, slots=True)
class MessageTrip:
    """What became of the message. `sent` says that the outgoing server took it, in its words.

    `seconds` lie between the server's acceptance (its silence: the end of the message) and the
    moment the message was seen in the inbox: an upper limit, since the inbox is looked into every
    few seconds. None: not seen.
    """

    subject: str
    lines: tuple[TripLine, ...]
    sent: bool = False
    seconds: float | None = None
    removed: bool = False
    cancelled: bool = False
    transcript: tuple[TranscriptLine, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the message was sent, seen and removed."""
        return self.sent and self.seconds is not None and self.removed


@dataclass(frozen=True, slots=True)
class TripLineChanged:
    """A step is further than before."""

    line: TripLine


@dataclass(frozen=True, slots=True)
class TripFinished:
    """Nothing follows. Also sent for a cancelled trip."""

    trip: MessageTrip


TripEvent = TripLineChanged | TripFinished
