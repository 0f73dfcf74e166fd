"""What a check did not examine, and why."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.finding import NotTested
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.translation import translate_message


class NotTestedCard(Card):
    """A list with a dashed ring for each item."""

    def __init__(self, items: Iterable[NotTested], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M + 2)
        self.column.setSpacing(Space.S)
        self.column.addWidget(WrapLabel(self.tr("Not tested"), Type.STRONG))
        for item in items:
            self.column.addLayout(_line(item))


def _line(item: NotTested) -> QHBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(WrapLabel(translate_message(item.what)))
    words.addWidget(WrapLabel(translate_message(item.why), Type.CAPTION, Tone.SECONDARY))
    row = QHBoxLayout()
    row.setSpacing(Space.M + 2)
    row.addWidget(ShapeMark(Shape.NOT_TESTED, 18), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return row
