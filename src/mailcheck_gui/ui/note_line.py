"""One line below good news: something worth knowing, with a way to its details."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.finding import Finding
from mailcheck_gui.ui.buttons import Link
from mailcheck_gui.ui.card import INNER, Rule
from mailcheck_gui.ui.hint import SHAPES
from mailcheck_gui.ui.labels import Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.layouts import LeadLayout
from mailcheck_gui.ui.severity import ShapeMark
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.translation import translate_message


class NoteLine(QWidget):
    """Shape, "Worth knowing", the finding's title, and a link to its card."""

    details_requested = Signal(object)  # Finding

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        link = Link(self.tr("Details"), "chevron-right")
        link.clicked.connect(lambda: self.details_requested.emit(finding))
        lead = QWidget()
        words = QHBoxLayout(lead)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(Space.S + 2)
        top = Qt.AlignmentFlag.AlignTop
        title = WrapLabel(translate_message(finding.title), tone=Tone.SECONDARY)
        title.setAlignment(top)  # its first line beside the words in front of it
        words.addWidget(ShapeMark(SHAPES[finding.severity], 18), 0, top)
        words.addWidget(TypedLabel(self.tr("Worth knowing"), Type.STRONG), 0, top)
        words.addWidget(title, 1)
        content = QWidget()
        row = LeadLayout(content, spacing=Space.M, lead_width=420)
        row.setContentsMargins(INNER, Space.S + 2, INNER, Space.S + 2)
        row.addWidget(lead)
        row.addWidget(link)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addWidget(content)
