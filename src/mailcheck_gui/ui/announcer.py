"""Tells a screen reader what happened: steps politely and not too often, the verdict at once."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_PAUSE_MS = 1000


class Announcer(QTimer):
    """Announces for one widget, at most one polite sentence a second.

    What comes in between replaces what still waits: only the newest state is of interest.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._next = ""
        self.setSingleShot(True)
        self.setInterval(_PAUSE_MS)
        self.timeout.connect(self._announce_next)

    def announce(self, sentence: str) -> None:
        """Say a sentence when it is its turn."""
        self._next = sentence
        if not self.isActive():
            self._announce_next()

    def announce_now(self, sentence: str) -> None:
        """Say a sentence at once, in place of everything that waits."""
        self._next = ""
        self._send(sentence, QAccessible.AnnouncementPoliteness.Assertive)

    def _announce_next(self) -> None:
        if self._next:
            self._send(self._next, QAccessible.AnnouncementPoliteness.Polite)
            self._next = ""
            self.start()

    def _send(self, sentence: str, politeness: QAccessible.AnnouncementPoliteness) -> None:
        event = QAccessibleAnnouncementEvent(self._widget, sentence)
        event.setPoliteness(politeness)
        QAccessible.updateAccessibility(event)
