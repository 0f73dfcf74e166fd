"""What a running check tells its face, step by step. Every event is frozen and safe to hand on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailcheck_gui.model.account import Role
from mailcheck_gui.model.endpoint import PlannedEndpoint
from mailcheck_gui.model.finding import Message
from mailcheck_gui.model.observation import EndpointObservation
from mailcheck_gui.model.report import Report


class Step(StrEnum):
    """The six steps of a side, in the order in which they are shown."""

    NAME = "name"
    CONNECT = "connect"
    ENCRYPTION = "encryption"
    CERTIFICATE = "certificate"
    SIGN_IN = "sign-in"
    READY = "ready"


class StepState(StrEnum):
    """How far a step is."""

    WAITING = "waiting"
    RUNNING = "running"
    WORKS = "works"
    WARNING = "warning"
    ERROR = "error"
    NOT_TESTED = "not-tested"


@dataclass(frozen=True, slots=True)
class CheckStarted:
    """The plan is made: these endpoints will be examined."""

    plan: tuple[PlannedEndpoint, ...]


@dataclass(frozen=True, slots=True)
class StepChanged:
    """A step of a side changed. `detail` is one sentence, `elapsed_ms` the step's own time."""

    role: Role
    step: Step
    state: StepState
    detail: Message
    elapsed_ms: float | None = None


@dataclass(frozen=True, slots=True)
class EndpointKnown:
    """One address of one endpoint has been examined."""

    observation: EndpointObservation


@dataclass(frozen=True, slots=True)
class CheckFinished:
    """The report is ready; nothing follows. Also sent for a cancelled run."""

    report: Report


CheckEvent = CheckStarted | StepChanged | EndpointKnown | CheckFinished
