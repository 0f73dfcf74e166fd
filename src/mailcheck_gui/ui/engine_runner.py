"""Starts checks or searches one after another and passes on the events of the newest only."""

from __future__ import annotations

import time
from collections import deque

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mailcheck_gui.ui.engine_thread import LAST_WORDS, EngineJob, EngineThread, RunEvent

_TURN_SECONDS = 0.004
"""How long events are passed on before the window gets its turn: answers come in bursts."""


class EngineRunner(QObject):
    """Owns at most one running thread. `happened` carries the events of the current run."""

    happened = Signal(object)  # EngineEvent | RunStopped | RunCrashed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: EngineThread | None = None
        self._run = 0
        self._over = True
        self._waiting: deque[RunEvent] = deque()

    @property
    def running(self) -> bool:
        """Whether the current run has not had its last word yet."""
        return not self._over

    def start(self, job: EngineJob) -> None:
        """Stop what runs, then start a job.

        Its thread begins one turn of the event loop later: both want Python, and the page that
        shows the run is laid out and painted first.
        """
        self.stop()
        self._run += 1
        self._over = False
        self._thread = EngineThread(self._run, job)
        self._thread.happened.connect(self._on_event)
        QTimer.singleShot(0, self, self._start_thread)

    def _start_thread(self) -> None:
        if self._thread is not None and not self._thread.isRunning() and not self._over:
            self._thread.start()

    def cancel(self) -> None:
        """Ask the run to end; its last word still comes."""
        if self._thread is not None:
            self._thread.cancel()

    def stop(self) -> None:
        """End the run and wait for its thread; nothing more is passed on."""
        self._over = True
        self._waiting.clear()
        if self._thread is not None:
            self._thread.stop()
            self._thread = None

    @Slot(object)
    def _on_event(self, said: RunEvent) -> None:
        if said.run != self._run or self._over:
            return
        if not self._waiting:
            QTimer.singleShot(0, self, self._pass_on)
        self._waiting.append(said)

    def _pass_on(self) -> None:
        """Pass on what is waiting, for one turn; the rest follows after the window's own events."""
        until = time.monotonic() + _TURN_SECONDS
        while self._waiting and not self._over:
            said = self._waiting[0]
            self._over = isinstance(said.event, LAST_WORDS)
            self.happened.emit(said.event)
            if self._waiting and self._waiting[0] is said:
                self._waiting.popleft()
            if time.monotonic() > until and self._waiting:
                QTimer.singleShot(0, self, self._pass_on)
                return
