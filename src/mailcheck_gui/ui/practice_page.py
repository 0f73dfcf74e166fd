"""The practice accounts: made-up settings with built-in servers, each with a typical slip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.ui.buttons import Button, PrimaryButton
from mailcheck_gui.ui.card import Card, Rule
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import LeadLayout
from mailcheck_gui.ui.page import Page
from mailcheck_gui.ui.page_header import PageHeader
from mailcheck_gui.ui.theme import Size, Space, Type
from mailcheck_gui.ui.translation import translate_message

if TYPE_CHECKING:
    from mailcheck_gui.practice.accounts import PracticeAccount


class PracticePage(Page):
    """A list; `started` carries the `PracticeAccount` to open. The first one leads the way."""

    started = Signal(object)
    find_requested = Signal(str)  # an address of the practice servers

    def __init__(
        self, accounts: Sequence[PracticeAccount], email: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Practice accounts"))
        self.buttons: dict[str, Button] = {}
        header = PageHeader(
            self.tr("Practice accounts"),
            self.tr(
                "Made-up accounts on mail servers inside Mailcheck. Nothing leaves this computer."
            ),
        )
        card = Card(padding=0)
        for place, account in enumerate(accounts):
            card.column.addWidget(self._account_line(account, first=place == 0))
            card.column.addWidget(Rule())
        card.column.addWidget(self._search_line(email))
        self.column.addWidget(header)
        self.column.addWidget(card)

    def _account_line(self, account: PracticeAccount, *, first: bool) -> QWidget:
        name = translate_message(account.name)
        start = self.tr("Start")
        button = PrimaryButton(start, height=Size.CONTROL) if first else Button(start)
        button.setAccessibleName(self.tr("Start practice: {account}").format(account=name))
        button.clicked.connect(lambda: self.started.emit(account))
        self.buttons[account.id] = button
        return _line(name, translate_message(account.description), button)

    def _search_line(self, email: str) -> QWidget:
        button = self.find_button = Button(self.tr("Find"))
        title = self.tr("Only the address is known")
        button.setAccessibleName(self.tr("Start practice: {account}").format(account=title))
        button.clicked.connect(lambda: self.find_requested.emit(email))
        words = self.tr("Find the settings of {email}, as for a real address.").format(email=email)
        return _line(title, words, button)


def _line(title: str, description: str, button: Button) -> QWidget:
    words = QWidget()
    column = QVBoxLayout(words)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(WrapLabel(title, Type.STRONG))
    column.addWidget(WrapLabel(description, Type.CAPTION, Tone.SECONDARY))
    line = QWidget()
    layout = LeadLayout(line)
    layout.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
    layout.addWidget(words)
    layout.addWidget(button)
    return line
