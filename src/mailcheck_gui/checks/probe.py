"""The probe: all endpoints of a plan at once, each address by itself, within the limits."""

from __future__ import annotations

import asyncio

from mailcheck_gui.checks.endpoint_session import EndpointSession
from mailcheck_gui.checks.examination import Examination
from mailcheck_gui.checks.progress import EndpointChanged, EndpointExamined, NameKnown
from mailcheck_gui.checks.settling import is_settled, speaks_no_mail
from mailcheck_gui.model.account import Account, AuthMethod, Protocol, Role
from mailcheck_gui.model.endpoint import Endpoint, Family, PlannedEndpoint
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndpointObservation,
    NameObservation,
    family_of,
)

_ANSWERS = frozenset({ConnectOutcome.OPEN, ConnectOutcome.CLOSED})


class Probe:
    """Examines the endpoints of one plan. What it saw can be read at every moment."""

    def __init__(
        self, examination: Examination, account: Account, plan: tuple[PlannedEndpoint, ...]
    ) -> None:
        self.names: list[NameObservation] = []
        self.unprobed_addresses = 0
        self._examination = examination
        self._account = account
        self.plan = plan
        self._sessions: list[EndpointSession] = []
        self._answered: dict[tuple[str, Family], asyncio.Future[str]] = {}
        self._hurried: set[Role] = set()
        self._foreign: set[Endpoint] = set()

    @property
    def endpoints(self) -> tuple[EndpointObservation, ...]:
        """What was seen so far, in the order of the plan; without address where none was tried."""
        seen = [session.observation for session in self._sessions]
        reached = {row.endpoint for row in seen}
        seen += [_without_address(p) for p in self.plan if p.endpoint not in reached]
        order = {planned.endpoint: place for place, planned in enumerate(self.plan)}
        return tuple(sorted(seen, key=lambda row: order[row.endpoint]))

    def so_far(self) -> tuple[EndpointObservation, ...]:
        """Return what was seen at the addresses so far, silence that still lasts included."""
        return tuple(session.so_far for session in self._sessions)

    async def run(self) -> None:
        """Examine everything; ends by the examination's deadline."""
        async with asyncio.TaskGroup() as group:
            for host in dict.fromkeys(planned.endpoint.host for planned in self.plan):
                group.create_task(self._examine_host(host, group))

    async def _examine_host(self, host: str, group: asyncio.TaskGroup) -> None:
        thresholds = self._examination.thresholds
        deadline = self._examination.deadline.within(thresholds.resolve_timeout)
        name = await self._examination.network.resolve(host, deadline)
        self.names.append(name)
        self._examination.report(NameKnown(name))
        here = [planned for planned in self.plan if planned.endpoint.host == host]
        for family in Family:
            addresses = [a for a in name.addresses if family_of(a) is family]
            if addresses:
                self._examine_family(here, family, addresses, group)

    def _examine_family(
        self,
        here: list[PlannedEndpoint],
        family: Family,
        addresses: list[str],
        group: asyncio.TaskGroup,
    ) -> None:
        few = addresses[: self._examination.thresholds.addresses_per_family]
        for planned in here:
            if planned.configured:
                self.unprobed_addresses += len(addresses) - len(few)
                for address in few:
                    self._start(planned, address, group)
        near = [planned for planned in here if not planned.configured]
        if len(addresses) == 1:
            for planned in near:
                self._start(planned, addresses[0], group)
        elif near:
            group.create_task(self._start_near(near, family, few, group))

    async def _start_near(
        self,
        near: list[PlannedEndpoint],
        family: Family,
        addresses: list[str],
        group: asyncio.TaskGroup,
    ) -> None:
        """Examine neighbours on the address that answers first, on the first one if none does."""
        first = asyncio.get_running_loop().create_future()
        self._answered[near[0].endpoint.host, family] = first
        patience = self._examination.deadline.within(self._examination.thresholds.syn_provisional)
        await asyncio.wait([first], timeout=patience.remaining)
        address = first.result() if first.done() else addresses[0]
        for planned in near:
            if first.done() or planned.role not in self._hurried:
                self._start(planned, address, group)

    def _start(self, planned: PlannedEndpoint, address: str, group: asyncio.TaskGroup) -> None:
        auth = self._auth(planned) if planned.configured else None
        session = EndpointSession(self._examination, planned, address, self._changed, auth=auth)
        self._sessions.append(session)
        group.create_task(session.run())

    def _auth(self, planned: PlannedEndpoint) -> AuthMethod | None:
        server = self._account.server(planned.role)
        if server is None:
            return None
        sends = server.protocol is Protocol.SMTP  # whose envelope is tried without a sign-in too
        return server.auth if sends or server.auth is not AuthMethod.NONE else None

    def _changed(self, session: EndpointSession) -> None:
        seen = session.observation
        done = session.finished.is_set()
        self._note_answer(seen)
        self._settle_endpoint(seen)
        self._examination.report(EndpointExamined(seen) if done else EndpointChanged(seen))
        if done:
            self._hurry_neighbours(session.planned.role)

    def _note_answer(self, seen: EndpointObservation) -> None:
        if seen.address is None or not seen.configured:
            return
        if any(talk.connect.outcome in _ANSWERS for talk in seen.conversations):
            first = self._answered.get((seen.endpoint.host, family_of(seen.address)))
            if first is not None and not first.done():
                first.set_result(seen.address)

    def _settle_endpoint(self, seen: EndpointObservation) -> None:
        """An answer at any address settles what an endpoint speaks: the others need not wait."""
        if speaks_no_mail(seen):
            self._foreign.add(seen.endpoint)
        if seen.endpoint in self._foreign:
            for session in self._sessions:
                if session.planned.endpoint == seen.endpoint:
                    session.stop_waiting()

    def _hurry_neighbours(self, role: Role) -> None:
        """Wait no longer than the provisional limits for what cannot change the result."""
        server = self._account.server(role)
        mine = [session for session in self._sessions if session.planned.role is role]
        if server is None or role in self._hurried or not is_settled(server, mine):
            return
        self._hurried.add(role)
        for session in mine:
            if not session.planned.configured and not session.finished.is_set():
                session.hurry()


def _without_address(planned: PlannedEndpoint) -> EndpointObservation:
    return EndpointObservation(
        planned.role, planned.configured, planned.endpoint, planned.security, None
    )
