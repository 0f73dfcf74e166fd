"""The box for an error text: pasted or typed, plain, of limited length."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from mailcheck_gui.ui.form_fields import HINT_DELAY_MS
from mailcheck_gui.ui.theme import Type, type_font

LONGEST = 65_536
"""Characters that the box takes; what is pasted beyond is left out."""

_LINES = 4


class ErrorInput(QPlainTextEdit):
    """`settled` carries the text shortly after the last change. Tab leaves the box."""

    settled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Error text"))
        self.setPlaceholderText(self.tr("Paste the message or the number here"))
        self.setUndoRedoEnabled(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HINT_DELAY_MS)
        self._timer.timeout.connect(self.settle)
        self.textChanged.connect(self._timer.start)
        self._fit()

    def _fit(self) -> None:
        self.setFont(type_font(Type.EVIDENCE))
        lines = _LINES * QFontMetrics(self.font()).lineSpacing()
        margins = 2 * (round(self.document().documentMargin()) + self.frameWidth() + 2)
        self.setFixedHeight(lines + margins)

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

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._fit()
