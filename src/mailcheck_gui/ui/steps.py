"""Numbered steps: what to do where no setting puts it right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mailcheck_gui.ui.buttons import CopyButton
from mailcheck_gui.ui.card import INNER, Card, Ground
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import LeadLayout
from mailcheck_gui.ui.theme import Radius, Space, Type, roles, scaled, type_font

_DISC = 26


class NumberDisc(QWidget):
    """A number on a soft disc."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Step {number}").format(number=number))

    def sizeHint(self) -> QSize:
        """Return the square, grown with the text size."""
        return QSize(scaled(_DISC), scaled(_DISC))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint disc and number."""
        colours = roles()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.accent_soft))
        painter.setBrush(QColor(colours.accent_soft))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(type_font(Type.STRONG))
        painter.setPen(QColor(colours.accent))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class Steps(QWidget):
    """A list of steps; each may have a widget at the right or a text to copy below."""

    copy_requested = Signal(object)  # str

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(INNER, Space.M, INNER, Space.L)
        self._column.setSpacing(Space.M)
        self._column.addWidget(WrapLabel(heading or self.tr("What to do"), Type.STRONG))

    def add_step(self, title: str, detail: str = "", side: QWidget | None = None) -> QVBoxLayout:
        """Append a step; return its column, to add more below the words."""
        self._count += 1
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 3, 0, 0)
        column.setSpacing(2)
        column.addWidget(WrapLabel(title, Type.STRONG))
        if detail:
            column.addWidget(WrapLabel(detail, tone=Tone.SECONDARY))
        right = QWidget()
        row = LeadLayout(right, spacing=Space.L, lead_width=320, centred=False)
        row.addWidget(words)
        if side is not None:
            row.addWidget(side)
        whole = QVBoxLayout()
        whole.setSpacing(Space.S)
        whole.addWidget(right)
        line = QHBoxLayout()
        line.setSpacing(Space.M + 2)
        line.addWidget(NumberDisc(self._count), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(whole, 1)
        self._column.addLayout(line)
        return whole

    def add_letter(self, title: str, detail: str, letter: str) -> None:
        """Append a step with a text to copy."""
        button = CopyButton(self.tr("Copy text"))
        column = self.add_step(title, detail, button)
        box = Card(Ground.SUNKEN, padding=Space.M, radius=Radius.INNER)
        box.column.addWidget(WrapLabel(letter))
        column.addWidget(box)
        button.clicked.connect(lambda: self._copy(button, letter))

    def _copy(self, button: CopyButton, letter: str) -> None:
        self.copy_requested.emit(letter)
        button.confirm()
