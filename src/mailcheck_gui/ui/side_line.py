"""One line for a side that does not change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.ui.card import INNER, Rule
from mailcheck_gui.ui.labels import ElideLabel, Tone, TypedLabel
from mailcheck_gui.ui.layouts import LeadLayout
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import Space, Type


class SideLine(QWidget):
    """Shape, name, where it is, and a word about it at the right."""

    def __init__(
        self, shape: Shape, name: str, summary: str, remark: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        lead = QWidget()
        words = QHBoxLayout(lead)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(Space.S + 2)
        words.addWidget(ShapeMark(shape, 18), 0, Qt.AlignmentFlag.AlignVCenter)
        words.addWidget(TypedLabel(name, Type.STRONG))
        words.addWidget(ElideLabel(summary, tone=Tone.SECONDARY), 1)
        content = QWidget()
        row = LeadLayout(content, spacing=Space.M, lead_width=420)
        row.setContentsMargins(INNER, Space.S + 2, INNER, Space.S + 2)
        row.addWidget(lead)
        row.addWidget(TypedLabel(remark, tone=Tone.SECONDARY))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addWidget(content)
