"""What the check before has found out already, so that a check after Apply asks only the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mailcheck_gui.model.account import Account, Role
from mailcheck_gui.model.endpoint import PlannedEndpoint
from mailcheck_gui.model.observation import (
    ControlObservation,
    EndpointObservation,
    NameObservation,
    SendingObservation,
    SignInObservation,
    TranscriptLine,
)
from mailcheck_gui.model.report import Report


@dataclass(frozen=True, slots=True)
class Known:
    """Facts of an earlier check that still hold for this one.

    `sides` are unchanged: their sign-in is not repeated. `endpoints` are the rows of the plan that
    need no further look; those of a changed side are there as neighbours.
    """

    sides: frozenset[Role] = frozenset()
    names: tuple[NameObservation, ...] = ()
    endpoints: tuple[EndpointObservation, ...] = ()
    sign_ins: tuple[SignInObservation, ...] = ()
    transcript: tuple[TranscriptLine, ...] = ()
    unprobed_addresses: int = 0
    controls: tuple[ControlObservation, ...] = ()
    sending: SendingObservation | None = None

    def covers(self, planned: PlannedEndpoint) -> bool:
        """Whether an endpoint of the plan needs no further look."""
        return any(row.endpoint == planned.endpoint for row in self.endpoints)


def take_over(
    previous: Report | None, account: Account, plan: tuple[PlannedEndpoint, ...]
) -> Known:
    """Return what holds on: unchanged sides as they are, and neighbours that were examined.

    A changed side's configured endpoint is always examined anew, and nothing is taken over from a
    cancelled check.
    """
    if previous is None or previous.cancelled:
        return Known()
    seen = previous.observations
    sides = frozenset(
        role for role, server in account.sides() if previous.account.server(role) == server
    )
    rows = tuple(_as_planned(row, p) for p in plan for row in _rows(previous, p, sides))
    extra = tuple(row for row in seen.endpoints if row.candidate and row.role in sides)
    kept = {row.endpoint for row in (*rows, *extra)}
    hosts = {endpoint.host for endpoint in kept}
    return Known(
        sides=sides,
        names=tuple(name for name in seen.names if name.host in hosts),
        endpoints=(*rows, *extra),
        sign_ins=tuple(sign_in for sign_in in seen.sign_ins if sign_in.role in sides),
        transcript=tuple(line for line in seen.transcript if line.endpoint in kept),
        unprobed_addresses=seen.unprobed_addresses if sides else 0,
        controls=seen.controls if sides else (),
        sending=seen.sending if Role.OUTGOING in sides else None,
    )


def _rows(
    previous: Report, planned: PlannedEndpoint, sides: frozenset[Role]
) -> tuple[EndpointObservation, ...]:
    if planned.configured and planned.role not in sides:
        return ()
    return tuple(r for r in previous.observations.at(planned.endpoint) if not r.candidate)


def _as_planned(row: EndpointObservation, planned: PlannedEndpoint) -> EndpointObservation:
    return replace(row, role=planned.role, configured=planned.configured, security=planned.security)
