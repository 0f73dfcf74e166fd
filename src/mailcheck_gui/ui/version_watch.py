"""Looks for a newer version, where the person switched that on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from mailcheck_gui import __version__
from mailcheck_gui.model.finding import message
from mailcheck_gui.model.release import LookState, VersionLooked
from mailcheck_gui.storage.preferences import Preferences
from mailcheck_gui.ui.engine_runner import EngineRunner
from mailcheck_gui.ui.engine_thread import EngineJob, ReportEvent, RunCrashed, RunStopped
from mailcheck_gui.ui.services import MakeNetwork


class VersionWatch(QObject):
    """One look at a time, in a thread of its own. `looked` carries what it brought.

    Nothing is made or sent before a look is wanted.
    """

    looked = Signal(object)  # VersionLooked
    began = Signal(str)  # the day (ISO 8601), to be kept in the preferences

    def __init__(self, network: MakeNetwork, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network = network
        self.runner = EngineRunner(self)
        self.runner.happened.connect(self._on_event)

    def look(self) -> None:
        """Look now; the caller has seen to it that the person wants it."""
        if not self.runner.running:
            self.began.emit(today())
            self.runner.start(look_job(self._network))

    @Slot(object)
    def _on_event(self, event: VersionLooked | RunStopped | RunCrashed) -> None:
        if isinstance(event, VersionLooked):
            self.looked.emit(event)
        elif isinstance(event, RunCrashed):
            sentence = message("The look for a newer version ended by a fault in Mailcheck.")
            self.looked.emit(VersionLooked(LookState.UNKNOWN, sentence))


def look_job(network: MakeNetwork) -> EngineJob:
    """Return a look for a newer version; imported in the thread that runs it."""

    async def job(tell: ReportEvent) -> VersionLooked:  # noqa: ARG001 - it has one event only
        from mailcheck_gui.catalogue.release import version_file
        from mailcheck_gui.engine.newer_version import look_for_newer

        return await look_for_newer(network(), __version__, version_file())

    return job


def is_due(preferences: Preferences, day: str) -> bool:
    """Return whether to look on a `day`: it is switched on, and that day nobody has looked yet."""
    return preferences.newer_version and preferences.looked_on != day


def today() -> str:
    """Return the day, as the preferences keep it."""
    return date.today().isoformat()  # noqa: DTZ011 - the person's own day
