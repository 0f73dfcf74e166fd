"""What is to be asked for comparison: which ports are silent, or answer what cannot be trusted.

Nothing is asked where a server works or where it refused: then there is nothing to compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailcheck_gui.checks.settling import works
from mailcheck_gui.model.account import Account, Server
from mailcheck_gui.model.control import Control
from mailcheck_gui.model.endpoint import IMPLICIT_TLS_PORTS, Family, endpoint_of
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    ControlPurpose,
    EndpointObservation,
    family_of,
)

WEB_PORT = 443

UNUSED_ADDRESSES = {Family.V4: "192.0.2.1", Family.V6: "2001:db8::1"}
"""Addresses for documentation (RFC 5737, RFC 3849): no computer has them, so none may answer."""

CONTROLS_PER_PORT = 3
"""Two silent ones tell enough; the third is there for the day on which one is down."""

_LOST = frozenset({ConnectOutcome.SILENT, ConnectOutcome.UNREACHABLE})


@dataclass(frozen=True, slots=True)
class Question:
    """One comparison to be made. `address` is given where no name has to be looked up."""

    purpose: ControlPurpose
    host: str
    port: int
    family: Family = Family.V4
    address: str | None = None
    operator: str = ""
    network: str = ""
    wants_greeting: bool = False


def questions(
    account: Account, rows: tuple[EndpointObservation, ...], controls: tuple[Control, ...]
) -> tuple[Question, ...]:
    """Return what the rows of a probe leave to be asked, each question once."""
    asked = (q for _, server in account.sides() for q in _for_server(server, rows, controls))
    return tuple(dict.fromkeys(asked))


def _for_server(
    server: Server, rows: tuple[EndpointObservation, ...], controls: tuple[Control, ...]
) -> Iterator[Question]:
    here = [r for r in rows if r.configured and r.endpoint == endpoint_of(server)]
    outcomes = {talk.connect.outcome for row in here for talk in row.conversations}
    outcomes.discard(ConnectOutcome.NO_ROUTE)  # this computer does not have that IP version
    unrelated = [c for c in controls if not c.is_related_to(server.ascii_host)]
    if outcomes and outcomes <= _LOST:
        lost = [r for r in here if any(t.connect.outcome in _LOST for t in r.conversations)]
        yield from _for_silence(server, lost, rows, unrelated)
    elif ConnectOutcome.OPEN in outcomes and not any(works(r, server.security) for r in here):
        yield from (_unused(server.port, family) for family in _open_families(here))
        if server.port not in IMPLICIT_TLS_PORTS:
            yield from _controls(unrelated, server.port, Family.V4, wants_greeting=True)


def _unused(port: int, family: Family) -> Question:
    address = UNUSED_ADDRESSES[family]
    return Question(ControlPurpose.UNUSED, address, port, family, address)


def _open_families(rows: list[EndpointObservation]) -> list[Family]:
    return sorted({family_of(row.address) for row in rows if row.address and _is_open([row])})


def _for_silence(
    server: Server,
    lost: list[EndpointObservation],
    rows: tuple[EndpointObservation, ...],
    unrelated: list[Control],
) -> Iterator[Question]:
    address = min((row.address for row in lost if row.address), key=family_of)
    family = family_of(address)
    yield from _controls(unrelated, server.port, family)
    host = server.ascii_host
    if not _is_open(row for row in rows if row.endpoint.host == host):
        yield Question(ControlPurpose.OWN_WEB, host, WEB_PORT, family, address)
        yield from _controls(unrelated, WEB_PORT, family)


def _is_open(rows: Iterable[EndpointObservation]) -> bool:
    connects = (talk.connect for row in rows for talk in row.conversations)
    return any(connect.outcome is ConnectOutcome.OPEN for connect in connects)


def _controls(
    unrelated: list[Control], port: int, family: Family, *, wants_greeting: bool = False
) -> Iterator[Question]:
    for control in [c for c in unrelated if c.port == port][:CONTROLS_PER_PORT]:
        yield Question(
            ControlPurpose.CONTROL,
            control.host,
            port,
            family,
            operator=control.operator,
            network=control.network,
            wants_greeting=wants_greeting,
        )
