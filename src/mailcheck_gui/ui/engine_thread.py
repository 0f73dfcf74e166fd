"""One run of the engine in a thread of its own: the engine's events come out as signals.

The thread owns an event loop for as long as the job lasts. Whatever happens, its last signal is
one of `LAST_WORDS`: no run ends in silence.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThread, Signal

from mailcheck_gui.model.discovery import FindEvent, FindFinished
from mailcheck_gui.model.event import CheckEvent, CheckFinished
from mailcheck_gui.model.explanation import Explained
from mailcheck_gui.model.message_trip import TripEvent, TripFinished
from mailcheck_gui.model.release import VersionLooked

if TYPE_CHECKING:
    import asyncio

_log = logging.getLogger(__name__)

EngineEvent = CheckEvent | FindEvent | TripEvent | VersionLooked | Explained
Finished = CheckFinished | FindFinished | TripFinished | VersionLooked | Explained
ReportEvent = Callable[[Any], None]
"""Takes every `EngineEvent` of the job that it is given to."""

EngineJob = Callable[[ReportEvent], Coroutine[Any, Any, Finished]]
"""The engine with everything bound but the receiver of its events; returns its last event."""


@dataclass(frozen=True, slots=True)
class RunStopped:
    """The run was cancelled before there was anything to report."""


@dataclass(frozen=True, slots=True)
class RunCrashed:
    """The engine raised: a fault of ours. `error` is its type; details are in the log."""

    error: str


LAST_WORDS = (
    CheckFinished,
    FindFinished,
    TripFinished,
    VersionLooked,
    Explained,
    RunStopped,
    RunCrashed,
)
"""The events after which nothing follows."""


@dataclass(frozen=True, slots=True)
class RunEvent:
    """Something happened in the run with this id; a receiver drops ids it does not wait for."""

    run: int
    event: EngineEvent | RunStopped | RunCrashed


class EngineThread(QThread):
    """Runs one job once. `cancel` may be called from any thread, at any time, any number of times.

    Nothing is ever terminated by force: cancelling asks the job's task to end, and `stop` waits
    for it, since a QThread that runs when the program ends takes the process down with it.
    """

    happened = Signal(object)  # RunEvent

    def __init__(self, run: int, job: EngineJob, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run_id = run
        self._job = job
        self._lock = threading.Lock()
        self._cancelled = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def cancel(self) -> None:
        """Ask the job to end. A second call does nothing, so that the first can be finished."""
        with self._lock:
            if self._cancelled:
                return
            self._cancelled = True
            if self._loop is not None and self._task is not None:
                self._loop.call_soon_threadsafe(self._task.cancel)

    def stop(self) -> None:
        """Cancel and wait until the thread has ended."""
        self.cancel()
        self.wait()

    def run(self) -> None:
        """Run the job in an event loop of its own (called by Qt in the new thread)."""
        import asyncio  # not needed before the first check, and the window opens sooner

        try:
            asyncio.run(self._watched())
        except asyncio.CancelledError:
            self._emit(RunStopped())
        except BaseException as error:  # noqa: BLE001 - a crash is told, whatever it is
            _log.exception("The run crashed.")
            self._emit(RunCrashed(type(error).__name__))

    async def _watched(self) -> None:
        """Publish loop and task, then run the job; a cancel before that moment counts as well."""
        import asyncio

        task = asyncio.current_task()
        assert task is not None
        with self._lock:
            self._loop, self._task = asyncio.get_running_loop(), task
            if self._cancelled:
                task.cancel()
        try:
            await self._finished_job()
        finally:
            with self._lock:
                self._loop = self._task = None

    async def _finished_job(self) -> None:
        told = False

        def tell(event: EngineEvent) -> None:
            nonlocal told
            told = told or isinstance(event, LAST_WORDS)
            self._emit(event)

        last = await self._job(tell)
        if not told:
            self._emit(last)

    def _emit(self, event: EngineEvent | RunStopped | RunCrashed) -> None:
        self.happened.emit(RunEvent(self.run_id, event))
