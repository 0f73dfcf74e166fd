"""Whose filter it is: what a silent port means beside everything else that was asked.

A port that refuses (RST) is never called blocked here: the server, or its firewall, has answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from mailcheck_gui.diagnosis.addresses import is_loopback
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.reading import connect_of, is_open, outcome_of
from mailcheck_gui.diagnosis.sides import Side
from mailcheck_gui.model.observation import (
    ConnectObservation,
    ConnectOutcome,
    ControlObservation,
    ControlPurpose,
)

ALIVE = frozenset({ConnectOutcome.OPEN, ConnectOutcome.CLOSED})
"""Somebody answered."""

LOST = frozenset({ConnectOutcome.SILENT, ConnectOutcome.UNREACHABLE, ConnectOutcome.NO_ROUTE})
"""Nobody answered, or a router in the server's place."""

_SWALLOWED = frozenset({ConnectOutcome.SILENT, ConnectOutcome.UNREACHABLE})
_PORTS_FOR_A_HOST = 2  # one silent port alone says nothing about the whole host
_OPERATORS_FOR_A_NETWORK = 2  # unrelated controls that must be silent too
_WEB_PORT = 443


class Silence(StrEnum):
    """What the silence of a configured port comes from: the code of the finding."""

    UNKNOWN = "port-silent"
    NETWORK = "port-blocked-by-network"
    SERVER = "port-blocked-by-server"
    BANNED = "address-banned"
    HOST = "host-unreachable"


def cause_of_silence(case: Case, side: Side) -> Silence | None:
    """Return what a silent configured port means; None where it is not silent.

    Silence that may still end (`final` is False) proves no filter.
    """
    connect = connect_of(side.main) if side.main else None
    if connect is None or connect.outcome not in LOST:
        return None
    lost = host_is_lost(side)
    settled = connect.final and connect.outcome in _SWALLOWED
    if settled and (cause := _compared(case, side)):
        return cause
    if lost:
        return Silence.HOST
    return Silence.UNKNOWN if connect.outcome in _SWALLOWED else None


def _compared(case: Case, side: Side) -> Silence | None:
    port = side.server.port
    if is_silent_everywhere(case, port) and _something_answers(case, port):
        return Silence.NETWORK
    if not answering_controls(case, port):
        return None
    if any(is_open(seen) for seen in side.host_seen):
        return Silence.SERVER
    return Silence.BANNED if own_web_answers(case, side) else None


def host_is_lost(side: Side) -> bool:
    """Whether nothing of the host answers: an ICMP message says so, or several silent ports."""
    outcomes = [outcome_of(seen) for seen in side.host_seen]
    tried = {o.endpoint.port for o in side.host_seen if outcome_of(o) in LOST}
    if not tried or any(o not in LOST and o is not ConnectOutcome.NOT_TRIED for o in outcomes):
        return False
    reported = ConnectOutcome.UNREACHABLE in outcomes or ConnectOutcome.NO_ROUTE in outcomes
    return reported or len(tried) >= _PORTS_FOR_A_HOST


def controls_on(case: Case, port: int) -> tuple[ControlObservation, ...]:
    """Return the unrelated servers that were asked on a port."""
    return tuple(
        seen
        for seen in case.observations.controls
        if seen.purpose is ControlPurpose.CONTROL and seen.port == port
    )


def answering_controls(case: Case, port: int) -> tuple[ControlObservation, ...]:
    """Return the unrelated servers that answered on a port, if only with a refusal."""
    return tuple(seen for seen in controls_on(case, port) if seen.connect.outcome in ALIVE)


def is_silent_everywhere(case: Case, port: int) -> bool:
    """Whether no control answered on a port, and unrelated ones are silent for good."""
    silent = [c for c in controls_on(case, port) if _is_swallowed(c.connect)]
    operators, networks = {c.operator for c in silent}, {c.network for c in silent}
    enough = min(len(operators), len(networks)) >= _OPERATORS_FOR_A_NETWORK
    return enough and not answering_controls(case, port)


def _is_swallowed(connect: ConnectObservation) -> bool:
    return connect.outcome in _SWALLOWED and connect.final


def _something_answers(case: Case, port: int) -> bool:
    """Whether anything outside this computer answered on another port."""
    return any(_answers_elsewhere(case, port))


def _answers_elsewhere(case: Case, port: int) -> Iterator[bool]:
    for seen in case.observations.endpoints:
        outside = seen.address is not None and not is_loopback(seen.address)
        yield outside and seen.endpoint.port != port and outcome_of(seen) in ALIVE
    for control in case.observations.controls:
        unused = control.purpose in (ControlPurpose.UNUSED, ControlPurpose.UNUSED_HIGH)
        yield not unused and control.port != port and control.connect.outcome in ALIVE


def own_web_answers(case: Case, side: Side) -> bool:
    """Whether the web port of a side's own host opened, while its mail ports did not."""
    return any(
        seen.purpose is ControlPurpose.OWN_WEB
        and seen.host == side.server.ascii_host
        and seen.connect.outcome is ConnectOutcome.OPEN
        for seen in case.observations.controls
    )


def no_control_answers(case: Case) -> bool:
    """Whether unrelated servers were asked, on a mail port and the web port, and none answered."""
    asked = [c for c in case.observations.controls if c.purpose is ControlPurpose.CONTROL]
    if any(c.connect.outcome in ALIVE for c in asked):
        return False
    silent = {c.port for c in asked if is_silent_everywhere(case, c.port)}
    return _WEB_PORT in silent and len(silent) >= _PORTS_FOR_A_HOST


def named(controls: Iterable[ControlObservation]) -> str:
    """Return the controls with what became of each, for the evidence."""
    return "; ".join(
        f"{c.host} port {c.port} ({c.operator}): {c.connect.outcome.value}"
        + (f" by router {c.connect.icmp.router}" if c.connect.icmp else "")
        for c in sorted(controls, key=lambda c: (c.port, c.operator, c.host))
    )
