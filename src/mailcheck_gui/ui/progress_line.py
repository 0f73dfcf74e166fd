"""A thin line that fills as a check gets on."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mailcheck_gui.ui.theme import roles

_HEIGHT = 4


class ProgressLine(QWidget):
    """Shows a part between 0 and 1. Reads itself out in per cent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = 0.0
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_part(0.0)

    def set_part(self, part: float) -> None:
        """Show how much is done."""
        self._part = max(0.0, min(1.0, part))
        words = self.tr("{percent} % done").format(percent=round(self._part * 100))
        self.setAccessibleName(words)
        self.update()

    def part(self) -> float:
        """Return how much is done."""
        return self._part

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the groove and what is done."""
        colours = roles()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(QColor(colours.card_edge))
        painter.drawRoundedRect(whole, _HEIGHT / 2, _HEIGHT / 2)
        painter.setBrush(QColor(colours.accent))
        whole.setWidth(whole.width() * self._part)
        painter.drawRoundedRect(whole, _HEIGHT / 2, _HEIGHT / 2)
