"""What a newcomer should know before the first check. Shown until it is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.ui.buttons import Link
from mailcheck_gui.ui.card import Card, Ground
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import ColumnsLayout, LeadLayout
from mailcheck_gui.ui.newer_version_box import newer_version_box
from mailcheck_gui.ui.theme import Space, Type

Point = tuple[str, str, str]
"""Icon, title and sentence."""


class IntroductionCard(Card):
    """Four things in plain words, a tick that is off, and a way to close it."""

    newer_version_chosen = Signal(bool)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.QUIET, parent=parent)
        self.newer_version = newer_version_box()
        self.newer_version.clicked.connect(self.newer_version_chosen)
        self.close_link = Link(self.tr("Got it, hide this"), "check")
        self.close_link.clicked.connect(self.closed)
        self.column.setSpacing(Space.M)
        self.column.addWidget(WrapLabel(self.tr("New here?"), Type.SUBTITLE))
        for pair in (self._what_it_does(), self._what_it_keeps()):
            line = QWidget()
            columns = ColumnsLayout(line, spacing=Space.XXL)
            for icon, title, sentence in pair:
                columns.addWidget(_point(icon, title, sentence))
            self.column.addWidget(line)
        foot = QWidget()
        row = LeadLayout(foot)
        row.addWidget(self.newer_version)
        row.addWidget(self.close_link)
        self.column.addWidget(foot)

    def _what_it_does(self) -> tuple[Point, Point]:
        return (
            (
                "search",
                self.tr("Mailcheck tries your settings"),
                self.tr(
                    "It talks to your mail servers as a mail program does. Then it says which "
                    "setting is wrong. Your mail program stays as it is."
                ),
            ),
            (
                "flask",
                self.tr("Practice is built in"),
                self.tr(
                    "Made-up accounts on servers inside Mailcheck show every step. Nothing there "
                    "is real."
                ),
            ),
        )

    def _what_it_keeps(self) -> tuple[Point, Point]:
        return (
            (
                "shield",
                self.tr("Nothing about you leaves this computer"),
                self.tr(
                    "No telemetry, no account, no advertising. Only servers are asked, and only "
                    "after you press a button."
                ),
            ),
            (
                "lock",
                self.tr("Your password stays yours"),
                self.tr(
                    "It is sent only to your own mail server, after that server's encryption and "
                    "certificate have been verified."
                ),
            ),
        )


def _point(icon: str, title: str, sentence: str) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.M)
    row.addWidget(IconMark(icon, "works", 20), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(WrapLabel(title, Type.STRONG))
    words.addWidget(WrapLabel(sentence, tone=Tone.SECONDARY))
    words.addStretch(1)
    row.addLayout(words, 1)
    return whole
