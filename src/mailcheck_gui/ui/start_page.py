"""The first page: what Mailcheck does, and the ways to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.ui.buttons import Button, PrimaryButton
from mailcheck_gui.ui.card import Card, Ground
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import ColumnsLayout
from mailcheck_gui.ui.page import Page
from mailcheck_gui.ui.theme import Size, Space, Type


class StartPage(Page):
    """Shown while nothing is saved yet."""

    type_requested = Signal()
    practice_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._type = PrimaryButton(self.tr("Type settings"), height=Size.CONTROL)
        self._type.clicked.connect(self.type_requested)
        self._practice = Button(self.tr("Start practice"))
        self._practice.clicked.connect(self.practice_requested)
        self.column.addSpacing(Space.S)
        self.column.addLayout(self._words())
        self.column.addWidget(self._ways())
        self.column.addWidget(self._promise())

    def _words(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addWidget(WrapLabel(self.tr("Mail does not send or arrive?"), Type.DISPLAY))
        sentence = self.tr(
            "Find out in seconds which setting is wrong, and what to put there instead."
        )
        words.addWidget(WrapLabel(sentence, Type.LEAD, Tone.SECONDARY))
        return words

    def _ways(self) -> QWidget:
        ways = QWidget()
        columns = ColumnsLayout(ways)
        columns.addWidget(
            _way(
                "pencil",
                self.tr("Type the settings"),
                self.tr("Enter server names and ports from your provider or your mail program."),
                self._type,
            )
        )
        columns.addWidget(
            _way(
                "flask",
                self.tr("Try it with practice accounts"),
                self.tr("See a whole check on made-up accounts. No password, no network needed."),
                self._practice,
            )
        )
        return ways

    def _promise(self) -> Card:
        card = Card(Ground.QUIET)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(WrapLabel(self.tr("Your password stays yours"), Type.STRONG))
        sentence = self.tr(
            "It is sent only to your own mail server, after that server's encryption and "
            "certificate have been verified."
        )
        words.addWidget(WrapLabel(sentence, tone=Tone.SECONDARY))
        row = QHBoxLayout()
        row.setSpacing(Space.L)
        row.addWidget(IconMark("lock", "works", 22), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        card.column.setContentsMargins(Space.XL, Space.M + 2, Space.XL, Space.M + 2)
        card.column.addLayout(row)
        return card

    def focus_first(self) -> None:
        """Put the keyboard on the usual way to begin."""
        self._type.setFocus(Qt.FocusReason.OtherFocusReason)


def _way(icon: str, title: str, sentence: str, button: Button) -> Card:
    card = Card()
    card.column.addWidget(IconMark(icon, size=22), 0, Qt.AlignmentFlag.AlignLeft)
    card.column.addSpacing(Space.M)
    card.column.addWidget(WrapLabel(title, Type.STRONG))
    card.column.addSpacing(2)
    card.column.addWidget(WrapLabel(sentence, tone=Tone.SECONDARY))
    card.column.addStretch(1)
    card.column.addSpacing(Space.L)
    card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return card
