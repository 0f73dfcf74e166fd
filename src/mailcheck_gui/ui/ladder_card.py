"""The card of one side while a check runs: its server, its ladder, how far it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.account import Role, Server
from mailcheck_gui.model.event import Step, StepChanged
from mailcheck_gui.ui.badge import Badge, BadgeKind
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import ElideLabel, Tone, TypedLabel
from mailcheck_gui.ui.ladder import Ladder
from mailcheck_gui.ui.server_words import SIDE_ICONS, endpoint_text, side_text
from mailcheck_gui.ui.theme import Space, Type


class LadderCard(Card):
    """Heading, server, ladder and a badge with the number of finished steps."""

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.role = role
        self.ladder = Ladder()
        self._server = ElideLabel("", Type.CAPTION, Tone.SECONDARY)
        self.badge = Badge(BadgeKind.PROGRESS, "")
        self.column.setContentsMargins(Space.XL, Space.L - 1, Space.XL, Space.L)
        self.column.addLayout(self._heading())
        self.column.addSpacing(Space.L)
        self.column.addWidget(self.ladder)
        self.column.addStretch(1)

    def _heading(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(TypedLabel(side_text(self.role), Type.SUBTITLE))
        words.addWidget(self._server)
        row = QHBoxLayout()
        row.setSpacing(Space.S + 2)
        row.addWidget(IconMark(SIDE_ICONS[self.role]), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def start(self, server: Server) -> None:
        """Wait for the events of a server."""
        self._server.set_text(endpoint_text(server))
        self.ladder.reset()
        self.ladder.setAccessibleName(side_text(self.role))
        self._update_badge()

    def show_change(self, change: StepChanged) -> None:
        """Show one event."""
        self.ladder.show_change(change)
        self._update_badge()

    def _update_badge(self) -> None:
        done, total = self.ladder.done(), len(Step)
        if self.ladder.has_problem():
            self.badge.show_state(BadgeKind.PROBLEM, self.tr("Problem found"))
        elif done == total:
            self.badge.show_state(BadgeKind.WORKS, self.tr("Done"))
        else:
            words = self.tr("{done} of {total}").format(done=done, total=total)
            self.badge.show_state(BadgeKind.PROGRESS, words)
