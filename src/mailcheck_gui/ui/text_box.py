"""Lines of text in the fixed font, for a holder that paints the edge around them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from mailcheck_gui.ui.theme import Type, type_font


class TextBox(QPlainTextEdit):
    """Wraps its lines and has no edge; `focus_changed` tells the holder. Tab leaves it."""

    focus_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setFont(type_font(Type.EVIDENCE))

    def fit_text(self) -> None:
        """Take the font from the text size."""
        self.setFont(type_font(Type.EVIDENCE))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the holder."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the holder."""
        super().focusOutEvent(event)
        self.focus_changed.emit()
