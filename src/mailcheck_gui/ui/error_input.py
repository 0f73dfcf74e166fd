"""The box for an error text: pasted or typed, plain, of limited length."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QRectF, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.ui.control_shapes import draw_field, edge_pen
from mailcheck_gui.ui.form_fields import HINT_DELAY_MS
from mailcheck_gui.ui.text_box import TextBox
from mailcheck_gui.ui.theme import Space
from mailcheck_gui.ui.window_shortcuts import leaves_to_window

LONGEST = 65_536
"""Characters that the box takes; what is pasted beyond is left out."""

_LINES = 4


class ErrorInput(TextBox):
    """`settled` carries the text shortly after the last change. Tab leaves the box."""

    settled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Error text"))
        self.setPlaceholderText(self.tr("Paste the message or the number here"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HINT_DELAY_MS)
        self._timer.timeout.connect(self.settle)
        self.textChanged.connect(self._timer.start)
        self.fit_text()

    def fit_text(self) -> None:
        """Take font and height from the text size."""
        super().fit_text()
        self.setFixedHeight(_LINES * QFontMetrics(self.font()).lineSpacing() + 2)

    def settle(self) -> None:
        """Hand on what is there now, without waiting."""
        self._timer.stop()
        self.settled.emit(self.toPlainText())

    def show_text(self, text: str) -> None:
        """Replace the text, and hand it on at once."""
        self.setPlainText(text[:LONGEST])
        self.settle()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text only, as much as there is room for."""
        room = LONGEST - len(self.toPlainText()) + len(self.textCursor().selectedText())
        self.textCursor().insertText(source.text()[: max(0, room)])
        self.ensureCursorVisible()

    def event(self, event: QEvent) -> bool:
        """Leave the window's own keys to it."""
        if leaves_to_window(event):
            event.ignore()
            return False
        return super().event(event)


class FramedInput(QWidget):
    """The box with the edge of a field; the ring shows that the keyboard is inside."""

    def __init__(self, inner: ErrorInput, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inner = inner
        inner.focus_changed.connect(self.update)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S + 2, Space.S, Space.S + 2)
        column.addWidget(inner)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and edge."""
        pen = edge_pen(focused=self._inner.hasFocus(), enabled=True)
        ground = self._inner.palette().color(QPalette.ColorRole.Base)
        draw_field(QPainter(self), QRectF(self.rect()), pen, ground)
