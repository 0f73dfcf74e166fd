"""Probes servers that a source names, without credentials; each endpoint and mode once a search."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from mailcheck_gui.checks.endpoint_session import EndpointSession
from mailcheck_gui.checks.examination import Examination
from mailcheck_gui.checks.farewell import Farewells
from mailcheck_gui.checks.limits import RunLimits
from mailcheck_gui.checks.openings import configured_opening
from mailcheck_gui.checks.prove import one_per_family
from mailcheck_gui.checks.redaction import Redactor
from mailcheck_gui.checks.sending import SendingDesk
from mailcheck_gui.checks.sign_in import SignInDesk
from mailcheck_gui.checks.transcript import Transcript
from mailcheck_gui.diagnosis.addresses import registrable_domain
from mailcheck_gui.diagnosis.found_servers import Sighting
from mailcheck_gui.diagnosis.reading import is_verified
from mailcheck_gui.model.account import Credentials, Protocol, Role, Security, Server
from mailcheck_gui.model.addresses import is_public_address
from mailcheck_gui.model.endpoint import Endpoint, PlannedEndpoint, endpoint_of, port_role
from mailcheck_gui.model.observation import NameObservation
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network

MOST_ENDPOINTS = 48
"""Endpoints that one search connects to; whoever names more is not asked for the rest."""

Spawn = Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"]
Place = tuple[Endpoint, Security]


class Prober:
    """Probes servers. `sightings` holds what was seen; `changed` is called after each.

    `spawn` starts tasks that the search ends; `domain` is that of the address.
    """

    def __init__(
        self,
        network: Network,
        thresholds: Thresholds,
        deadline: Deadline,
        domain: str,
        spawn: Spawn,
        changed: Callable[[], None],
    ) -> None:
        self.sightings: dict[Place, Sighting] = {}
        self._examination = _without_credentials(network, thresholds, deadline)
        self._domain = domain
        self._spawn = spawn
        self._changed = changed
        self._looks: dict[Place, asyncio.Task[None]] = {}
        self._names: dict[str, asyncio.Task[None]] = {}
        self._known: dict[str, NameObservation] = {}

    def seen(self, server: Server) -> Sighting | None:
        """Return what was seen of a server, None as long as nothing is."""
        return self.sightings.get(_place(server))

    async def look(self, server: Server) -> Sighting:
        """Probe a server in its mode, or wait for the probe that runs already."""
        place = _place(server)
        if place not in self._looks:
            if len(self._looks) >= MOST_ENDPOINTS:
                return self.sightings.setdefault(place, Sighting())
            self._looks[place] = self._spawn(self._look(server))
        await asyncio.shield(self._looks[place])
        return self.sightings[place]

    async def resolve(self, host: str) -> NameObservation:
        """Look a host up, once a search."""
        if host not in self._names:
            self._names[host] = self._spawn(self._resolve(host))
        await asyncio.shield(self._names[host])
        return self._known[host]

    async def close(self) -> None:
        """Close every connection that is still open."""
        await self._examination.farewells.finish()

    async def _resolve(self, host: str) -> None:
        examination = self._examination
        deadline = examination.deadline.within(examination.thresholds.resolve_timeout)
        self._known[host] = await examination.network.resolve(host, deadline)

    async def _look(self, server: Server) -> None:
        name = await self.resolve(server.ascii_host)
        addresses = tuple(a for a in name.addresses if self._may_connect(server, a))
        if name.addresses and not addresses:
            seen = Sighting(name, private=True)
        else:
            seen = await self._connect(server, name, one_per_family(addresses))
        self.sightings[_place(server)] = seen
        self._changed()

    def _may_connect(self, server: Server, address: str) -> bool:
        """Whether a server that a stranger named may be asked at an address.

        A name must not turn the search upon the computers of this network. What belongs to the
        address's own domain may stand in it, on a port of mail.
        """
        if is_public_address(address):
            return True
        own = registrable_domain(self._domain)
        mine = bool(own) and registrable_domain(server.ascii_host) == own
        return mine and port_role(server.port) is not None

    async def _connect(
        self, server: Server, name: NameObservation, addresses: tuple[str, ...]
    ) -> Sighting:
        """Try one address of each IP version at once; the first that is proven ends the others."""
        planned = PlannedEndpoint(
            _role(server), endpoint_of(server), server.security, configured=False
        )
        sessions = [self._session(planned, address) for address in addresses]
        tasks = {asyncio.create_task(session.run()) for session in sessions}
        try:
            pending = tasks
            while pending and not any(_proves(session, server) for session in sessions):
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return Sighting(name, tuple(session.observation for session in sessions))

    def _session(self, planned: PlannedEndpoint, address: str) -> EndpointSession:
        return EndpointSession(
            self._examination,
            planned,
            address,
            lambda _session: None,
            only_opening=configured_opening(planned.security),
            candidate=True,
        )


def _proves(session: EndpointSession, server: Server) -> bool:
    seen = session.observation
    return session.finished.is_set() and is_verified(seen, server.protocol, server.security)


def _place(server: Server) -> Place:
    return endpoint_of(server), server.security


def _role(server: Server) -> Role:
    return Role.OUTGOING if server.protocol is Protocol.SMTP else Role.INCOMING


def _without_credentials(
    network: Network, thresholds: Thresholds, deadline: Deadline
) -> Examination:
    """Return the means of a search: no credential, no sender, no patience beyond first limits."""
    hasty = replace(
        thresholds, syn_final=thresholds.syn_provisional, mute_final=thresholds.mute_provisional
    )
    nothing = Redactor()
    return Examination(
        network=network,
        thresholds=hasty,
        deadline=deadline,
        limits=RunLimits(hasty),
        desk=SignInDesk(Credentials(), nothing, frozenset(), lambda _change: None),
        sending=SendingDesk("", nothing),
        redactor=nothing,
        secrets=nothing,
        transcript=Transcript(nothing),
        farewells=Farewells(hasty),
        report=lambda _progress: None,
    )
