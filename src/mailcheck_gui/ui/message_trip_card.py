"""Where everything works: send yourself a message, and see it come back."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.model.event import StepState
from mailcheck_gui.model.message_trip import MessageTrip, TripLine, TripStep
from mailcheck_gui.model.quoting import quote
from mailcheck_gui.ui.announcer import Announcer
from mailcheck_gui.ui.buttons import Button
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.ladder import LadderRow
from mailcheck_gui.ui.layouts import LeadLayout
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.translation import translate_message

_REPLY_LIMIT = 300


def trip_step_name(step: TripStep) -> str:
    """Return the name of a step."""
    names = {
        TripStep.SEND: QCoreApplication.translate("MessageTripCard", "Send"),
        TripStep.ARRIVE: QCoreApplication.translate("MessageTripCard", "Arrive"),
        TripStep.REMOVE: QCoreApplication.translate("MessageTripCard", "Remove"),
    }
    return names[step]


class MessageTripCard(Card):
    """A sentence and a button; then three steps, as they happen."""

    send_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.button = Button(self.tr("Send a test message"), "send")
        self.button.clicked.connect(self._press)
        self._running = False
        self._sentence = WrapLabel(
            self.tr(
                "One short message goes from you to you. Mailcheck looks for it in the inbox "
                "and removes it again. No other message is touched."
            ),
            tone=Tone.SECONDARY,
        )
        steps = tuple(TripStep)
        self.rows = {s: LadderRow(trip_step_name(s), last=s is steps[-1]) for s in steps}
        self._reply = WrapLabel("", Type.CAPTION, Tone.SECONDARY)
        self._ladder = QWidget()
        self._announcer = Announcer(self)
        self._build()

    def _build(self) -> None:
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(WrapLabel(self.tr("See a message come back"), Type.SUBTITLE))
        column.addWidget(self._sentence)
        head = QWidget()
        row = LeadLayout(head, spacing=Space.L, lead_width=380)
        row.addWidget(words)
        row.addWidget(self.button)
        ladder = QVBoxLayout(self._ladder)
        ladder.setContentsMargins(0, Space.L, 0, 0)
        ladder.setSpacing(0)
        for step in self.rows.values():
            ladder.addWidget(step)
        ladder.addWidget(self._reply)
        self._reply.hide()
        self._ladder.hide()
        self.column.addWidget(head)
        self.column.addWidget(self._ladder)

    def _press(self) -> None:
        if self._running:
            self.button.setEnabled(False)
            self.stop_requested.emit()
        else:
            self.send_requested.emit()

    def start(self) -> None:
        """Show that the trip has begun; the button stops it now."""
        self._running = True
        self.button.setText(self.tr("Stop"))
        self._reply.hide()
        self._ladder.show()
        for row in self.rows.values():
            row.reset()

    def show_line(self, line: TripLine) -> None:
        """Show how far a step is, with the server's own word where it has one."""
        self.rows[line.step].show_state(line.state, translate_message(line.detail))
        if line.reply:
            template = self.tr("The server said: {reply}")
            self._reply.setText(template.format(reply=quote(line.reply, _REPLY_LIMIT)))
            self._reply.show()

    def finish(self, trip: MessageTrip | None) -> None:
        """Show the end; None where the run broke off."""
        self._running = False
        self.button.setText(self.tr("Send another one"))
        self.button.setEnabled(True)
        if trip is None:
            self._ladder.hide()
            return
        told = [line for line in trip.lines if line.state is not StepState.NOT_TESTED]
        if told:
            self._announcer.announce_now(translate_message(told[-1].detail))
