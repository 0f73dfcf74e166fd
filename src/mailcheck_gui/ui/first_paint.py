"""What can wait until the window is on the screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_waiting: set[FirstPaint] = set()


class FirstPaint(QObject):
    """Calls something once, right after a window has been painted for the first time.

    A timer of no length would be too early: the window system asks for the picture only later.
    Until then it keeps itself. A child of the window that leads back to it would be deleted twice
    where Python collects a window that nobody has closed.
    """

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__()
        self._then = then
        _waiting.add(self)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first picture; what is to be done is done behind it."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, watched, self._go_on)  # unless that is closed at once
        return False

    def _go_on(self) -> None:
        _waiting.discard(self)
        self._then()
