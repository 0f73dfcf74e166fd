"""Explains texts in a thread of its own: a long log takes seconds to search."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from mailcheck_gui.model.explanation import Explained
from mailcheck_gui.ui.engine_runner import EngineRunner
from mailcheck_gui.ui.engine_thread import EngineJob, ReportEvent, RunCrashed, RunStopped


class ExplainDesk(QObject):
    """One text at a time; of those that come in between only the newest is taken up.

    A search through a text cannot be interrupted, so nothing ever waits for one but the end of
    the window.
    """

    explained = Signal(object)  # Explained
    crashed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next: str | None = None
        self.runner = EngineRunner(self)
        self.runner.happened.connect(self._on_event)

    def ask(self, text: str) -> None:
        """Explain a text, after the one that is being explained."""
        if self.runner.running:
            self._next = text
        else:
            self.runner.start(explain_job(text))

    @Slot(object)
    def _on_event(self, event: Explained | RunStopped | RunCrashed) -> None:
        following, self._next = self._next, None
        if following is not None:
            self.ask(following)
        elif isinstance(event, Explained):
            self.explained.emit(event)
        elif isinstance(event, RunCrashed):
            self.crashed.emit(event.error)


def explain_job(text: str) -> EngineJob:
    """Return the search for what a text means; imported in the thread that runs it."""

    async def job(tell: ReportEvent) -> Explained:  # noqa: ARG001 - it has one event only
        from mailcheck_gui.diagnosis.explain import explain

        return Explained(text, explain(text))

    return job
