"""Explain an error: a pasted or picked text, what it means, and the check that finds out more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.model.explanation import Explanation
from mailcheck_gui.ui.announcer import Announcer
from mailcheck_gui.ui.buttons import PrimaryButton
from mailcheck_gui.ui.card import Card, Ground
from mailcheck_gui.ui.error_input import ErrorInput
from mailcheck_gui.ui.error_picks import ErrorPicks
from mailcheck_gui.ui.explanation_card import ExplanationCard, OtherMeaning
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import LeadLayout
from mailcheck_gui.ui.page import Page
from mailcheck_gui.ui.page_header import PageHeader
from mailcheck_gui.ui.theme import Space, Type

if TYPE_CHECKING:
    from mailcheck_gui.ui.account_rows import AccountRow

_LONGEST_NAME = 40


class ExplainPage(Page):
    """The text stays on this computer: nothing is sent, kept or logged."""

    check_wanted = Signal(str)  # the id of an account, "" for a new check

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Explain an error"))
        self._account = ""
        self.input = ErrorInput()
        self.input.settled.connect(self.explain)
        self.check = PrimaryButton("")
        self.check.clicked.connect(lambda: self.check_wanted.emit(self._account))
        self._said = ""
        self._answer: QWidget | None = None
        self._announcer = Announcer(self)
        self.picks = ErrorPicks()
        self.picks.picked.connect(self._pick)
        self.foot = self._make_foot()
        self._build()
        self.show_account(None)

    def _build(self) -> None:
        sentence = self.tr(
            "Paste what your mail program, a returned message or a server log says. "
            "The text stays on this computer."
        )
        self.column.addWidget(PageHeader(self.tr("Explain an error"), sentence))
        self.column.addWidget(self.input)
        self.column.addWidget(self.picks)
        self.column.addWidget(self.foot)
        self.foot.hide()

    def _make_foot(self) -> Card:
        card = Card(Ground.SUNKEN)
        line = QWidget()
        row = LeadLayout(line, spacing=Space.L, lead_width=260)
        words = self.tr("A check tells which one it is, with your own server.")
        row.addWidget(WrapLabel(words, tone=Tone.SECONDARY))
        row.addWidget(self.check)
        card.column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        card.column.addWidget(line)
        return card

    def show_account(self, row: AccountRow | None) -> None:
        """Offer a check of this account, or of a new one."""
        self._account = row.id if row is not None else ""
        words = self.tr("Start a check")
        if row is not None and len(row.title) <= _LONGEST_NAME:
            words = self.tr("Check {account}").format(account=row.title)
        elif row is not None:
            words = self.tr("Check the account")
        self.check.set_words(words)

    def _pick(self, text: str) -> None:
        self.input.show_text(text)
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def explain(self, text: str) -> None:
        """Say what a text means; an empty one leaves the page as it was in the beginning."""
        if text.strip() == self._said:
            return
        self._said = text.strip()
        if not self._said:
            self._show((), known=True)
            return
        from mailcheck_gui.diagnosis.explain import explain

        found = explain(self._said)
        self._show(found, known=bool(found))

    def _show(self, found: Sequence[Explanation], *, known: bool) -> None:
        if self._answer is not None:
            self.column.removeWidget(self._answer)
            self._answer.hide()
            self._answer.deleteLater()
        self._answer = self._make_answer(found, known=known)
        self.column.insertWidget(self.column.indexOf(self.foot), self._answer)
        self._answer.show()
        self.foot.setVisible(bool(self._said))
        self.settle()

    def _make_answer(self, found: Sequence[Explanation], *, known: bool) -> QWidget:
        answer = QWidget()
        column = QVBoxLayout(answer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        if not known:
            column.addWidget(self._unknown())
        for place, explanation in enumerate(found):
            if place == 0:
                first = ExplanationCard(explanation)
                self._announcer.announce_now(first.spoken())
                column.addWidget(first)
                continue
            if place == 1:
                column.addSpacing(Space.S)
                column.addWidget(WrapLabel(self.tr("It can also mean"), Type.SUBTITLE))
            column.addWidget(OtherMeaning(explanation))
        return answer

    def _unknown(self) -> Card:
        card = Card(Ground.SUNKEN)
        title = self.tr("This message is not known here")
        sentence = self.tr(
            "Paste the whole message, with its numbers. Or let a check find out what is wrong."
        )
        card.column.setSpacing(Space.XS)
        card.column.addWidget(WrapLabel(title, Type.VERDICT))
        card.column.addWidget(WrapLabel(sentence))
        self._announcer.announce_now(f"{title}. {sentence}")
        return card
