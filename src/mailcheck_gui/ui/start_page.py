"""The first page: what Mailcheck does, and the ways to begin, the address first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.ui.address_entry import AddressEntry
from mailcheck_gui.ui.buttons import Button
from mailcheck_gui.ui.card import Card, Ground
from mailcheck_gui.ui.first_paint import FirstPaint
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import ColumnsLayout
from mailcheck_gui.ui.page import Page
from mailcheck_gui.ui.privacy import PrivacyLine
from mailcheck_gui.ui.theme import Space, Type

if TYPE_CHECKING:
    from mailcheck_gui.model.finding import Provider
    from mailcheck_gui.ui.introduction_card import IntroductionCard


class StartPage(Page):
    """Shown while nothing is saved yet."""

    find_requested = Signal(str)  # an address that can be used
    type_requested = Signal()
    practice_requested = Signal()
    explain_requested = Signal()
    newer_version_chosen = Signal(bool)
    introduced = Signal()  # the person has read the introduction

    def __init__(
        self,
        providers: Callable[[], tuple[Provider, ...]] = tuple,
        options: FindOptions | None = None,
        *,
        introduced: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.entry = AddressEntry(providers)
        self.entry.confirmed.connect(self.find_requested)
        self.privacy = PrivacyLine(options or FindOptions())
        self.column.addLayout(self._words())
        self.column.addWidget(self._address())
        self.column.addWidget(
            WrapLabel(self.tr("Other ways to start"), Type.STRONG, Tone.SECONDARY)
        )
        self.column.addWidget(self._ways())
        self.introduction: IntroductionCard | None = None
        if introduced:
            self.column.addWidget(_promise_card())
        else:  # the window is on the screen sooner without it
            FirstPaint(self.entry, self._introduce)

    def _words(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addWidget(WrapLabel(self.tr("Mail does not send or arrive?"), Type.DISPLAY))
        sentence = self.tr(
            "Find out in seconds which setting is wrong, and what to put there instead."
        )
        words.addWidget(WrapLabel(sentence, Type.LEAD, Tone.SECONDARY))
        return words

    def _address(self) -> Card:
        card = Card(padding=Space.XL)
        sentence = self.tr(
            "Mailcheck looks up which mail servers belong to it, tries them, and shows you what "
            "it found."
        )
        card.column.setSpacing(Space.M)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(WrapLabel(self.tr("Start with your e-mail address"), Type.SUBTITLE))
        words.addWidget(WrapLabel(sentence, tone=Tone.SECONDARY))
        card.column.addLayout(words)
        card.column.addWidget(self.entry)
        card.column.addWidget(self.privacy)
        return card

    def _ways(self) -> QWidget:
        ways = QWidget()
        columns = ColumnsLayout(ways)
        for icon, title, sentence, words, wanted in (
            (
                "pencil",
                self.tr("Type the settings"),
                self.tr("You have server names and ports from your provider or mail program."),
                self.tr("Type settings"),
                self.type_requested,
            ),
            (
                "explain",
                self.tr("Explain an error"),
                self.tr("Your mail program shows a message or a number. Find out what it means."),
                self.tr("Explain it"),
                self.explain_requested,
            ),
            (
                "flask",
                self.tr("Try it with practice accounts"),
                self.tr("See a whole check on made-up accounts, without any network."),
                self.tr("Start practice"),
                self.practice_requested,
            ),
        ):
            button = Button(words)
            button.clicked.connect(wanted)
            columns.addWidget(_way(icon, title, sentence, button))
        return ways

    def _introduce(self) -> None:
        from mailcheck_gui.ui.introduction_card import IntroductionCard

        card = self.introduction = IntroductionCard()
        card.newer_version_chosen.connect(self.newer_version_chosen)
        card.closed.connect(self._end_introduction)
        self.column.addWidget(card)

    def _end_introduction(self) -> None:
        """Put the promise, which is one of the points, in place of the introduction."""
        if self.introduction is not None:
            self.introduction.hide()
            self.column.addWidget(_promise_card())
            self.take_focus()
            self.introduced.emit()

    def take_focus(self) -> None:
        """Move the keyboard to the usual way to begin."""
        self.entry.email.setFocus(Qt.FocusReason.OtherFocusReason)


def _way(icon: str, title: str, sentence: str, button: Button) -> Card:
    card = Card()
    card.column.addWidget(IconMark(icon, size=22), 0, Qt.AlignmentFlag.AlignLeft)
    card.column.addSpacing(Space.M)
    card.column.addWidget(WrapLabel(title, Type.STRONG))
    card.column.addSpacing(2)
    card.column.addWidget(WrapLabel(sentence, tone=Tone.SECONDARY))
    card.column.addStretch(1)
    card.column.addSpacing(Space.M)
    card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def _promise_card() -> Card:
    card = Card(Ground.QUIET)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(
        WrapLabel(QCoreApplication.translate("StartPage", "Your password stays yours"), Type.STRONG)
    )
    sentence = QCoreApplication.translate(
        "StartPage",
        "It is sent only to your own mail server, after that server's encryption and "
        "certificate have been verified.",
    )
    words.addWidget(WrapLabel(sentence, tone=Tone.SECONDARY))
    row = QHBoxLayout()
    row.setSpacing(Space.L)
    row.addWidget(IconMark("lock", "works", 22), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addLayout(words, 1)
    card.column.setContentsMargins(Space.XL, Space.M + 2, Space.XL, Space.M + 2)
    card.column.addLayout(row)
    return card
