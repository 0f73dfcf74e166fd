"""A server that turned us away is asked again, alone; its refusal stays where that tells less."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable

import pytest
from check_stage import CheckStage, Outcome, draft, typed
from engine_stage import SMTP, STARTTLS, Behind, hurried

from mailcheck_gui.model.observation import Conversation, Opening
from mailcheck_gui.model.report import Report
from mailcheck_gui.practice.wire import Wire

REFUSAL = b"421 4.7.0 Too many connections\r\n"
PATIENT = (
    hurried(  # a machine may be busy: no second opening while the server waits for a neighbour
        mute_provisional=15.0, mute_final=15.0, second_opening_extra=15.0, syn_final=10.0
    )
)
Task = asyncio.Task[Report]
Second = Callable[[Wire, Task], Awaitable[None]]


async def _cancels_the_check(wire: Wire, check: Task) -> None:
    check.cancel()
    await wire.wait_for_end()


async def _greets_and_cancels(wire: Wire, check: Task) -> None:
    await wire.send(b"220 mx ESMTP\r\n")
    await wire.read_line()
    check.cancel()
    await wire.wait_for_end()


async def _hangs_up(_wire: Wire, _check: Task) -> None:
    return


async def _refuses(wire: Wire, _check: Task) -> None:
    await wire.send(REFUSAL)


class Busy:
    """Port 587 refuses a first connection that has another one beside it, on port 465."""

    def __init__(self, second: Second) -> None:
        self.connections = 0
        self._second = second
        self._beside, self._refused = asyncio.Event(), asyncio.Event()
        self._task: Task | None = None

    def check(self) -> Outcome:
        """Check an account whose outgoing server this is."""

        def take(_event: object, task: Task) -> None:
            self._task = task

        ports: dict[int, Behind] = {587: self._submission, 465: self._submissions}
        stage = CheckStage(ports, thresholds=PATIENT, act=take)
        return stage.check(draft(outgoing=typed(SMTP, STARTTLS, 587)))

    async def _submission(self, wire: Wire, _context: ssl.SSLContext) -> None:
        self.connections += 1
        if self.connections == 1:
            await self._beside.wait()
            await wire.send(REFUSAL)
            self._refused.set()
        else:
            assert self._task is not None
            await self._second(wire, self._task)

    async def _submissions(self, _wire: Wire, _context: ssl.SSLContext) -> None:
        self._beside.set()
        await self._refused.wait()


def talk_of(outcome: Outcome) -> Conversation:
    row = next(row for row in outcome.report.observations.endpoints if row.configured)
    talk = row.find(Opening.LISTEN)
    assert talk is not None
    return talk


@pytest.mark.parametrize("second", [_cancels_the_check, _hangs_up])
def test_a_second_talk_without_a_word_leaves_the_refusal(second: Second) -> None:
    busy = Busy(second)
    outcome = busy.check()

    assert busy.connections == 2
    talk = talk_of(outcome)
    assert talk.greeting is not None
    assert talk.greeting.raw == REFUSAL
    assert not talk.retried_alone


@pytest.mark.parametrize("second", [_refuses, _greets_and_cancels])
def test_a_second_talk_that_was_answered_counts(second: Second) -> None:
    busy = Busy(second)
    outcome = busy.check()

    assert busy.connections == 2
    assert talk_of(outcome).retried_alone
