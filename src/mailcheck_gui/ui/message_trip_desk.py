"""Sends the test message of one account, and shows its trip on the card that asked for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.message_trip import TripEvent, TripFinished, TripLineChanged
from mailcheck_gui.ui.account_session import AccountSession
from mailcheck_gui.ui.engine_runner import EngineRunner
from mailcheck_gui.ui.engine_thread import RunCrashed, RunStopped
from mailcheck_gui.ui.services import Services, trip_job

if TYPE_CHECKING:
    from mailcheck_gui.model.intake import Intake
    from mailcheck_gui.ui.message_trip_card import MessageTripCard


class MessageTripDesk(QObject):
    """Owns the runner of the trips; at most one runs, and only on a press of the button."""

    crashed = Signal(str)  # the type of the error

    def __init__(
        self,
        services: Services,
        session: AccountSession,
        in_practice: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._session = session
        self._in_practice = in_practice
        self._card: MessageTripCard | None = None
        self.runner = EngineRunner(self)
        self.runner.happened.connect(self._on_event)

    @Slot(object)
    def serve(self, card: MessageTripCard | None) -> None:
        """Take the presses of a new card; what an older one asked for is ended.

        A card beside a report of other settings than the present ones is taken away: the message
        would go to servers that nobody has checked.
        """
        self.leave()
        if card is None:
            return
        report = self._session.report
        if report is None or report.account != self._intake().account:
            card.hide()
            return
        self._card = card
        card.send_requested.connect(self._begin)
        card.stop_requested.connect(self.runner.cancel)

    def leave(self) -> None:
        """End what runs: its card is about to go."""
        self._card = None
        self.runner.stop()

    def _intake(self) -> Intake:
        from mailcheck_gui.diagnosis.intake import take_in

        return take_in(self._session.draft, self._services.providers())

    def _begin(self) -> None:
        session, services = self._session, self._services
        intake = self._intake()
        if self._card is None or intake.account is None:
            return
        network = services.practice_network if self._in_practice() else services.network
        options = CheckOptions(
            agreed_hosts=session.agreed, unconfirmed_hosts=frozenset(session.unconfirmed)
        )
        credentials = session.credentials(intake.account)
        self._card.start()
        self.runner.start(trip_job(intake, credentials, network, options))

    @Slot(object)
    def _on_event(self, event: TripEvent | RunStopped | RunCrashed) -> None:
        if self._card is None:
            return
        if isinstance(event, TripLineChanged):
            self._card.show_line(event.line)
        elif isinstance(event, TripFinished):
            for line in event.trip.lines:
                self._card.show_line(line)
            self._card.finish(event.trip)
        else:
            self._card.finish(None)
            if isinstance(event, RunCrashed):
                self.crashed.emit(event.error)
