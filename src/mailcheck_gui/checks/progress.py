"""What a running probe tells, as it happens. Facts only; the engine makes sentences of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mailcheck_gui.model.account import Role
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.observation import (
    EndpointObservation,
    NameObservation,
    SignInObservation,
)


@dataclass(frozen=True, slots=True)
class NameKnown:
    """The look-up of a host has ended."""

    name: NameObservation


@dataclass(frozen=True, slots=True)
class EndpointChanged:
    """A stage was reached at one address of an endpoint; more may follow."""

    observation: EndpointObservation


@dataclass(frozen=True, slots=True)
class EndpointExamined:
    """One address of an endpoint has been examined to the end."""

    observation: EndpointObservation


@dataclass(frozen=True, slots=True)
class SignInBegun:
    """The one sign-in of a side begins here."""

    role: Role
    endpoint: Endpoint


@dataclass(frozen=True, slots=True)
class SignInKnown:
    """The sign-in of a side has ended."""

    observation: SignInObservation


Progress = NameKnown | EndpointChanged | EndpointExamined | SignInBegun | SignInKnown

ReportProgress = Callable[[Progress], None]
"""Takes progress on the event loop's thread; returns at once."""
