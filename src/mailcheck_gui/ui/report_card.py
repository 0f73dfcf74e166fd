"""The card that gives the report to a helper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mailcheck_gui.ui.buttons import Button, CopyButton
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import FlowLayout, LeadLayout
from mailcheck_gui.ui.theme import Space, Type


class ReportCard(Card):
    """Says what the report is and offers to save or copy it."""

    save_requested = Signal()
    copy_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._save = Button(self.tr("Save report"), "download")
        self._copy = CopyButton(self.tr("Copy as text"))
        self._save.clicked.connect(self.save_requested)
        self._copy.clicked.connect(self.copy_requested)
        heading = QHBoxLayout()
        heading.setSpacing(Space.S + 2)
        heading.addWidget(IconMark("document"))
        title = self.tr("Report for a helper or your provider")
        heading.addWidget(WrapLabel(title, Type.STRONG), 1)
        words = QWidget()
        row = LeadLayout(words, lead_width=300)
        sentence = self.tr("Every measurement on one page, never a password.")
        row.addWidget(WrapLabel(sentence, tone=Tone.SECONDARY))
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self._save)
        flow.addWidget(self._copy)
        row.addWidget(buttons)
        self.column.setContentsMargins(Space.XL, Space.M + 2, Space.XL, Space.L)
        self.column.setSpacing(Space.XS)
        self.column.addLayout(heading)
        self.column.addWidget(words)

    def confirm_copied(self) -> None:
        """Show for two seconds that the report is on the clipboard."""
        self._copy.confirm()
