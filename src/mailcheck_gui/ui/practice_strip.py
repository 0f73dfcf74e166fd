"""The strip that says: nothing here is real."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mailcheck_gui.ui.buttons import Link
from mailcheck_gui.ui.card import Card, Ground
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import WrapLabel
from mailcheck_gui.ui.theme import Radius, Space, Type


class PracticeStrip(Card):
    """Stands above a page in practice mode."""

    leave_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.INFO, padding=0, radius=Radius.INNER, parent=parent)
        self._leave = Link(self.tr("Leave"))
        self._leave.setAccessibleName(self.tr("Leave practice"))
        self._leave.clicked.connect(self.leave_requested)
        row = QHBoxLayout()
        row.setContentsMargins(Space.M, Space.XS + 2, Space.L, Space.XS + 2)
        row.setSpacing(Space.S + 2)
        row.addWidget(IconMark("flask", "info", 18))
        row.addWidget(WrapLabel(self.tr("Practice: nothing here is real"), Type.STRONG), 1)
        row.addWidget(self._leave, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(row)
