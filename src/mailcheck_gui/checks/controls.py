"""Control probes: whether what stays silent here answers elsewhere, or nowhere.

Only with the person's agreement. A control gets one connection and is listened to at most for its
greeting; nothing is ever sent to it.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace

from mailcheck_gui.checks.comparison_plan import Question, questions
from mailcheck_gui.checks.examination import Examination
from mailcheck_gui.model.account import Account
from mailcheck_gui.model.control import Control
from mailcheck_gui.model.observation import (
    ConnectObservation,
    ConnectOutcome,
    ControlObservation,
    ControlPurpose,
    EndpointObservation,
    family_of,
)
from mailcheck_gui.network.errors import ConnectionLost, DeadlineExceeded
from mailcheck_gui.network.seam import Connected, Connection

GREETING_LIMIT = 1000
"""Bytes of a control's greeting that are kept."""

_PRIVATE_PORTS = range(49_152, 65_536)
"""Ports that no service is registered for (RFC 6335, section 6)."""

_NOT_FOUND = ConnectObservation(ConnectOutcome.NOT_TRIED, error="the name has no such address")


class ControlProbes:
    """Asks for comparison while a probe runs. `observations` can be read at every moment.

    `rows` returns what the probe has seen so far, silence that still lasts included.
    """

    def __init__(
        self,
        examination: Examination,
        account: Account,
        controls: tuple[Control, ...],
        rows: Callable[[], tuple[EndpointObservation, ...]],
    ) -> None:
        self.observations: list[ControlObservation] = []
        self._examination = examination
        self._account = account
        self._controls = controls
        self._rows = rows
        self._asked: set[Question] = set()

    async def run(self, probing: asyncio.Task[None]) -> None:
        """Ask about each silence that has lasted for a while, and once more at the probe's end."""
        patience = self._examination.thresholds.syn_provisional
        async with asyncio.TaskGroup() as group:
            while not probing.done():
                await asyncio.wait([probing], timeout=patience)
                self._ask_new(group, over=probing.done())

    def _ask_new(self, group: asyncio.TaskGroup, *, over: bool) -> None:
        for question in questions(self._account, self._rows(), self._controls):
            # an open port may still turn out well: it is asked about when all is known
            early = question.purpose is ControlPurpose.UNUSED or question.wants_greeting
            if question not in self._asked and (over or not early):
                self._asked.add(question)
                group.create_task(self._ask(question))

    async def _ask(self, question: Question) -> None:
        address = question.address or await self._look_up(question)
        if address is None:
            self._note(question, None, _NOT_FOUND)
            return
        found = await self._connect(question, address)
        open_there = found.connect.outcome is ConnectOutcome.OPEN
        if question.purpose is ControlPurpose.UNUSED and open_there:
            port = random.choice(_PRIVATE_PORTS)  # noqa: S311 - nothing has to be kept secret
            again = replace(question, purpose=ControlPurpose.UNUSED_HIGH, port=port)
            await self._connect(again, address)

    async def _look_up(self, question: Question) -> str | None:
        thresholds = self._examination.thresholds
        deadline = self._examination.deadline.within(thresholds.resolve_timeout)
        name = await self._examination.network.resolve(question.host, deadline)
        mine = (a for a in name.addresses if family_of(a) is question.family)
        return next(mine, None)

    async def _connect(self, question: Question, address: str) -> ControlObservation:
        whole, thresholds = self._examination.deadline, self._examination.thresholds
        unused = question.purpose in (ControlPurpose.UNUSED, ControlPurpose.UNUSED_HIGH)
        patience = thresholds.syn_provisional if unused else thresholds.syn_final
        deadline = whole.within(patience)
        result = await self._examination.network.connect(address, question.port, deadline)
        if not isinstance(result, Connected):
            cut = result.outcome is ConnectOutcome.SILENT and deadline == whole
            return self._note(question, address, replace(result, final=not cut))
        try:
            greeting = b""
            if question.wants_greeting:
                greeting = await self._listen(result.connection)
        finally:
            await result.connection.close()
        return self._note(question, address, result.observation, greeting)

    async def _listen(self, connection: Connection) -> bytes:
        deadline = self._examination.deadline.within(self._examination.thresholds.greeting_slow)
        try:
            return (await connection.receive(deadline))[:GREETING_LIMIT]
        except (ConnectionLost, DeadlineExceeded):
            return b""

    def _note(
        self,
        question: Question,
        address: str | None,
        connect: ConnectObservation,
        greeting: bytes = b"",
    ) -> ControlObservation:
        seen = ControlObservation(
            question.purpose,
            question.host,
            question.port,
            address,
            connect,
            question.operator,
            question.network,
            greeting,
        )
        self.observations.append(seen)
        return seen
