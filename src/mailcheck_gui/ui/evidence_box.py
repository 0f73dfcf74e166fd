"""A server's words: plain, selectable, in the fixed font, at most twelve lines high."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget

from mailcheck_gui.ui.card import Card, Ground
from mailcheck_gui.ui.control_shapes import draw_focus_ring
from mailcheck_gui.ui.text_box import TextBox
from mailcheck_gui.ui.theme import Radius, Space, roles

LINES = 12
_SPARE = 1
"""Pixels without which Qt thinks that the last line is cut, and shows a scroll bar."""


class _Lines(TextBox):
    """As high as its lines, up to a limit; Tab leaves it, Esc goes to its parents."""

    def __init__(self, name: str, most_lines: int) -> None:
        super().__init__()
        self._most_lines = most_lines
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(name)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._tint()

    def fit_text(self) -> None:
        """Take font and height from the text size."""
        super().fit_text()
        self.fit()

    def _tint(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, Ground.SUNKEN.fill(roles()))
        if palette != self.palette():
            self.setPalette(palette)

    def fit(self) -> None:
        """Take the height of the lines in the width of this moment."""
        height = sum(islice(self._line_heights(), self._most_lines))
        self.setFixedHeight(math.ceil(height) + _SPARE)

    def _line_heights(self) -> Iterator[float]:
        """Yield the height of every line: one with a letter of another font may be higher."""
        block = self.document().firstBlock()
        while block.isValid():
            self.blockBoundingRect(block)  # lays the block out
            layout = block.layout()
            yield from (layout.lineAt(line).height() for line in range(layout.lineCount()))
            block = block.next()

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
        self._lines.focus_changed.connect(self.update)
        self.column.setContentsMargins(Space.M, Space.S, Space.XS, Space.S)
        self.column.addWidget(self._lines)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show a text."""
        self._lines.setPlainText(text)
        self._lines.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring as well while the keyboard is inside."""
        super().paintEvent(event)
        if self._lines.hasFocus():
            draw_focus_ring(QPainter(self), QRectF(self.rect()), Radius.INNER)

    def text(self) -> str:
        """Return the text."""
        return self._lines.toPlainText()
