"""Try one candidate once, as a mail program would use it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from mailcheck_gui.checks.endpoint_session import EndpointSession
from mailcheck_gui.checks.examination import Examination
from mailcheck_gui.checks.openings import configured_opening
from mailcheck_gui.checks.progress import EndpointExamined, NameKnown
from mailcheck_gui.checks.settling import works
from mailcheck_gui.model.account import AuthMethod, Role, Server
from mailcheck_gui.model.endpoint import Family, PlannedEndpoint, endpoint_of
from mailcheck_gui.model.observation import (
    EndpointObservation,
    NameObservation,
    Observations,
    family_of,
)


@dataclass(slots=True)
class Proof:
    """What the trial of one candidate showed; readable also where it was cut short.

    `names` and `endpoints` are new facts: those of the plan are known already.
    """

    names: list[NameObservation] = field(default_factory=list)
    sessions: list[EndpointSession] = field(default_factory=list)
    known: bool = False

    @property
    def endpoints(self) -> tuple[EndpointObservation, ...]:
        """Endpoints that were not part of the plan."""
        return () if self.known else tuple(session.observation for session in self.sessions)


async def prove(
    examination: Examination,
    observations: Observations,
    role: Role,
    server: Server,
    *,
    sign_in: bool,
    proof: Proof,
) -> None:
    """Try a server in its mode; fills `proof` on the way.

    Where the plan has already proven the handshake at an address, only that address is tried, else
    one address per family. With `sign_in` the side's one exchange is made, if it is still there.
    """
    addresses = _proven_addresses(observations, server)
    proof.known = bool(observations.at(endpoint_of(server)))
    if not addresses:
        name = await _look_up(examination, observations, server.ascii_host, proof)
        addresses = one_per_family(name.addresses)
    planned = PlannedEndpoint(role, endpoint_of(server), server.security, configured=False)
    auth = server.auth if sign_in and server.auth is not AuthMethod.NONE else None
    async with asyncio.TaskGroup() as group:
        for address in addresses:
            session = EndpointSession(
                examination,
                planned,
                address,
                lambda _session: None,
                auth=auth,
                only_opening=configured_opening(server.security),
                candidate=True,
            )
            proof.sessions.append(session)
            group.create_task(session.run())
    for seen in proof.endpoints:
        examination.report(EndpointExamined(seen))


def _proven_addresses(observations: Observations, server: Server) -> tuple[str, ...]:
    """Return the address where a handshake in this mode was verified, IPv4 before IPv6."""
    proven = [
        seen.address
        for seen in observations.at(endpoint_of(server))
        if seen.address is not None and works(seen, server.security)
    ]
    return tuple(sorted(proven, key=family_of)[:1])


async def _look_up(
    examination: Examination, observations: Observations, host: str, proof: Proof
) -> NameObservation:
    known = observations.name(host)
    if known is not None:
        return known
    deadline = examination.deadline.within(examination.thresholds.resolve_timeout)
    name = await examination.network.resolve(host, deadline)
    proof.names.append(name)
    examination.report(NameKnown(name))
    return name


def one_per_family(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return the first address of each IP version."""
    found: dict[Family, str] = {}
    for address in addresses:
        found.setdefault(family_of(address), address)
    return tuple(found.values())
