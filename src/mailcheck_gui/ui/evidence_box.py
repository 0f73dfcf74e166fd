"""A server's words: plain, selectable, in the fixed font, at most twelve lines high."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from mailcheck_gui.ui.card import Card, Ground
from mailcheck_gui.ui.theme import Radius, Space, Type, roles, type_font

LINES = 12


class _Lines(QPlainTextEdit):
    """As high as its lines, up to a limit; Tab leaves it, Esc goes to its parents."""

    def __init__(self, name: str, most_lines: int) -> None:
        super().__init__()
        self._most_lines = most_lines
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(0)
        self.setFont(type_font(Type.EVIDENCE))
        self._tint()

    def fit_text(self) -> None:
        """Take font and height from the text size."""
        self.setFont(type_font(Type.EVIDENCE))
        self.fit()

    def _tint(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, Ground.SUNKEN.fill(roles()))
        if palette != self.palette():
            self.setPalette(palette)

    def fit(self) -> None:
        """Take the height of the lines in the width of this moment."""
        lines = max(1, math.ceil(self.document().size().height()))
        shown = min(lines, self._most_lines)
        self.setFixedHeight(shown * QFontMetrics(self.font()).lineSpacing() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Count the lines again: a narrow box breaks more of them."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()


class EvidenceBox(Card):
    """A sunken box with text that a server sent or that was measured. Never rich text."""

    def __init__(
        self, name: str, text: str = "", *, lines: int = LINES, parent: QWidget | None = None
    ) -> None:
        super().__init__(Ground.SUNKEN, padding=0, radius=Radius.INNER, parent=parent)
        self._lines = _Lines(name, lines)
        self.column.setContentsMargins(Space.M, Space.S, Space.XS, Space.S)
        self.column.addWidget(self._lines)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show a text."""
        self._lines.setPlainText(text)
        self._lines.fit()

    def text(self) -> str:
        """Return the text."""
        return self._lines.toPlainText()
