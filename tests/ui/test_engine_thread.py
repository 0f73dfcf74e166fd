"""EngineThread: cancel before, during, twice and after; a crash is told; the last word is one."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from mailcheck_gui.model.account import Account, Role
from mailcheck_gui.model.event import CheckFinished, CheckStarted, Step, StepChanged, StepState
from mailcheck_gui.model.finding import Suggestion, message
from mailcheck_gui.model.observation import Observations
from mailcheck_gui.model.report import Report, Verdict
from mailcheck_gui.ui.engine_thread import (
    EngineJob,
    EngineThread,
    ReportEvent,
    RunCrashed,
    RunEvent,
    RunStopped,
)


def report(*, cancelled: bool = False) -> Report:
    return Report(
        account=Account(),
        cleaned=(),
        verdict=Verdict.OK,
        findings=(),
        suggestion=Suggestion(),
        observations=Observations(started=datetime(2026, 3, 1, tzinfo=UTC)),
        not_tested=(),
        started=datetime(2026, 3, 1, tzinfo=UTC),
        duration_ms=1.0,
        cancelled=cancelled,
    )


STEP = StepChanged(Role.INCOMING, Step.NAME, StepState.RUNNING, message("Looking up"))


class Run:
    """A thread and everything that it said, received in the thread of the test."""

    def __init__(self, job: EngineJob, run: int = 7) -> None:
        self.thread = EngineThread(run, job)
        self.said: list[RunEvent] = []
        self.thread.happened.connect(self.said.append)

    @property
    def events(self) -> list[object]:
        return [each.event for each in self.said]


Start = Callable[..., Run]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Start]:
    made: list[Run] = []

    def build(job: EngineJob, run: int = 7) -> Run:
        made.append(Run(job, run))
        return made[-1]

    yield build
    for each in made:
        each.thread.stop()
        assert each.thread.isFinished() or not each.thread.isRunning()


def finish(qtbot: QtBot, run: Run) -> None:
    qtbot.waitUntil(run.thread.isFinished, timeout=10_000)
    qtbot.waitUntil(lambda: bool(run.said), timeout=10_000)


async def healthy(tell: ReportEvent) -> CheckFinished:
    tell(CheckStarted(()))
    tell(STEP)
    await asyncio.sleep(0)
    done = CheckFinished(report())
    tell(done)
    return done


def waiting(reached: threading.Event) -> EngineJob:
    """A job that waits for ever and, cancelled, still makes its report, as the engine does."""

    async def job(tell: ReportEvent) -> CheckFinished:
        tell(CheckStarted(()))
        reached.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0)
        stopped = CheckFinished(report(cancelled=True))
        tell(stopped)
        return stopped

    return job


def test_events_arrive_in_order_with_the_id_of_the_run(qtbot: QtBot, make: Start) -> None:
    run = make(healthy, run=42)
    run.thread.start()
    finish(qtbot, run)
    assert run.events == [CheckStarted(()), STEP, CheckFinished(report())]
    assert {each.run for each in run.said} == {42}


def test_the_receiver_hears_them_in_its_own_thread(qtbot: QtBot, make: Start) -> None:
    class Receiver(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.threads: set[int] = set()

        @Slot(object)
        def hear(self, event: object) -> None:
            self.threads.add(threading.get_ident())

    receiver = Receiver()
    run = make(healthy)
    run.thread.happened.connect(receiver.hear)
    run.thread.start()
    finish(qtbot, run)
    qtbot.waitUntil(lambda: bool(receiver.threads))
    assert receiver.threads == {threading.get_ident()}


def test_an_engine_that_only_returns_is_heard_as_well(qtbot: QtBot, make: Start) -> None:
    async def quiet(tell: ReportEvent) -> CheckFinished:
        return CheckFinished(report())

    run = make(quiet)
    run.thread.start()
    finish(qtbot, run)
    assert run.events == [CheckFinished(report())]


def test_cancel_before_the_start_never_begins_the_job(qtbot: QtBot, make: Start) -> None:
    reached = threading.Event()
    run = make(waiting(reached))
    run.thread.cancel()
    run.thread.start()
    finish(qtbot, run)
    assert isinstance(run.events[-1], RunStopped | CheckFinished)
    assert len([e for e in run.events if isinstance(e, RunStopped | CheckFinished)]) == 1


def test_cancel_while_it_runs_brings_the_report_so_far(qtbot: QtBot, make: Start) -> None:
    reached = threading.Event()
    run = make(waiting(reached))
    run.thread.start()
    assert reached.wait(10)
    run.thread.cancel()
    finish(qtbot, run)
    assert run.events[-1] == CheckFinished(report(cancelled=True))


def test_a_second_cancel_does_not_disturb_the_first(qtbot: QtBot, make: Start) -> None:
    reached = threading.Event()
    run = make(waiting(reached))
    run.thread.start()
    assert reached.wait(10)
    for _ in range(5):
        run.thread.cancel()
    finish(qtbot, run)
    assert run.events[-1] == CheckFinished(report(cancelled=True))


def test_cancel_after_the_end_does_nothing(qtbot: QtBot, make: Start) -> None:
    run = make(healthy)
    run.thread.start()
    finish(qtbot, run)
    before = list(run.events)
    run.thread.cancel()
    run.thread.stop()
    assert run.events == before


def test_cancel_at_the_very_moment_of_the_start(qtbot: QtBot, make: Start) -> None:
    for _ in range(20):
        run = make(waiting(threading.Event()))
        run.thread.start()
        run.thread.cancel()
        finish(qtbot, run)
        assert isinstance(run.events[-1], RunStopped | CheckFinished)


def test_an_engine_that_lets_itself_be_cancelled_is_told_as_stopped(
    qtbot: QtBot, make: Start
) -> None:
    reached = threading.Event()

    async def soft(tell: ReportEvent) -> CheckFinished:
        reached.set()
        await asyncio.Event().wait()
        return CheckFinished(report())

    run = make(soft)
    run.thread.start()
    assert reached.wait(10)
    run.thread.cancel()
    finish(qtbot, run)
    assert run.events == [RunStopped()]


@pytest.mark.parametrize("error", [ValueError("secret text"), KeyboardInterrupt(), SystemExit(3)])
def test_a_crash_is_told_and_logged(
    qtbot: QtBot, make: Start, caplog: pytest.LogCaptureFixture, error: BaseException
) -> None:
    async def broken(tell: ReportEvent) -> CheckFinished:
        tell(STEP)
        raise error

    run = make(broken)
    with caplog.at_level(logging.CRITICAL + 1):
        run.thread.start()
        finish(qtbot, run)
    assert run.events == [STEP, RunCrashed(type(error).__name__)]


def test_a_crash_while_cancelling_is_told(qtbot: QtBot, make: Start) -> None:
    reached = threading.Event()

    async def clumsy(tell: ReportEvent) -> CheckFinished:
        reached.set()
        try:
            await asyncio.Event().wait()
        finally:
            raise RuntimeError

    run = make(clumsy)
    run.thread.start()
    assert reached.wait(10)
    run.thread.cancel()
    finish(qtbot, run)
    assert run.events == [RunCrashed("RuntimeError")]


def test_stop_returns_only_when_the_thread_has_ended(make: Start) -> None:
    reached = threading.Event()
    run = make(waiting(reached))
    run.thread.start()
    assert reached.wait(10)
    run.thread.stop()
    assert run.thread.isFinished()
