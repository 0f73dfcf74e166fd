"""The box for an error text: pasted or typed, plain, of limited length."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from mailcheck_gui.ui.form_fields import HINT_DELAY_MS
from mailcheck_gui.ui.theme import Radius, Space, Type, roles, type_font
from mailcheck_gui.ui.window_shortcuts import leaves_to_window

LONGEST = 65_536
"""Characters that the box takes; what is pasted beyond is left out."""

_LINES = 4


class ErrorInput(QPlainTextEdit):
    """`settled` carries the text shortly after the last change. Tab leaves the box."""

    settled = Signal(str)
    focus_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Error text"))
        self.setPlaceholderText(self.tr("Paste the message or the number here"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # it wraps
        self.document().setDocumentMargin(0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HINT_DELAY_MS)
        self._timer.timeout.connect(self.settle)
        self.textChanged.connect(self._timer.start)
        self.fit_text()

    def fit_text(self) -> None:
        """Take font and height from the text size."""
        self.setFont(type_font(Type.EVIDENCE))
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the frame."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the frame."""
        super().focusOutEvent(event)
        self.focus_changed.emit()


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
        focused = self._inner.hasFocus()
        width = 2 if focused else 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(roles().accent if focused else roles().field_edge), width))
        painter.setBrush(self._inner.palette().base())
        place = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(place, Radius.CONTROL, Radius.CONTROL)
