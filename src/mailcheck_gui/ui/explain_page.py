"""Explain an error: a pasted or picked text, what it means, and the check that finds out more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.model.explanation import Explained, Explanation
from mailcheck_gui.ui.announcer import Announcer
from mailcheck_gui.ui.error_input import ErrorInput, FramedInput
from mailcheck_gui.ui.error_picks import ErrorPicks
from mailcheck_gui.ui.explain_desk import ExplainDesk
from mailcheck_gui.ui.explanation_card import ExplanationCard, OtherMeaning, UnknownCard
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.page import Page
from mailcheck_gui.ui.page_header import PageHeader
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.verdict_foot import VerdictFoot

if TYPE_CHECKING:
    from mailcheck_gui.ui.account_rows import AccountRow

_LONGEST_NAME = 40


class ExplainPage(Page):
    """The text stays on this computer: nothing is sent, kept or logged."""

    check_wanted = Signal(str)  # the id of an account, "" for a new check

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Explain an error"))
        self._account: AccountRow | None = None
        self._said = ""
        self._answer: QWidget | None = None
        self.foot: VerdictFoot | None = None
        self._announcer = Announcer(self)
        self.desk = ExplainDesk(self)
        self.desk.explained.connect(self._show)
        self.desk.crashed.connect(self._show_crash)
        self.input = ErrorInput()
        self.input.settled.connect(self.explain)
        self.picks = ErrorPicks()
        self.picks.picked.connect(self._pick)
        sentence = self.tr(
            "Paste what your mail program, a returned message or a server log says. "
            "The text stays on this computer."
        )
        self.column.addWidget(PageHeader(self.tr("Explain an error"), sentence))
        self.column.addWidget(FramedInput(self.input))
        self.column.addWidget(self.picks)

    def show_account(self, row: AccountRow | None) -> None:
        """Offer a check of this account, or of a new one."""
        self._account = row
        if self.foot is not None:
            self.foot.primary.set_words(self._check_words())

    def _check_words(self) -> str:
        if self._account is None:
            return self.tr("Start a check")
        if len(self._account.title) > _LONGEST_NAME:
            return self.tr("Check the account")
        return self.tr("Check {account}").format(account=self._account.title)

    def _pick(self, text: str) -> None:
        self.input.show_text(text)
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def explain(self, text: str) -> None:
        """Say what a text means; an empty one leaves the page as it was in the beginning."""
        if text.strip() == self._said:
            return
        self._said = text.strip()
        self._clear()
        if not self._said:
            return
        self.desk.ask(self._said)

    def _clear(self) -> None:
        self.foot = None
        if self._answer is not None:
            self.column.removeWidget(self._answer)
            self._answer.hide()
            self._answer.deleteLater()
            self._answer = None

    @Slot(object)
    def _show(self, explained: Explained) -> None:
        if explained.text != self._said:  # typed on in the meantime
            return
        found = explained.found
        foot = self.foot = self._make_foot(known=bool(found))
        first = ExplanationCard(found[0], foot) if found else UnknownCard(foot)
        self._put(first, found[1:])
        self._announcer.announce_now(first.spoken())

    def _put(self, first: QWidget, others: Sequence[Explanation]) -> None:
        self._answer = QWidget()
        column = QVBoxLayout(self._answer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(first)
        if others:
            column.addSpacing(Space.S)
            column.addWidget(WrapLabel(self.tr("It can also mean"), Type.SUBTITLE))
        for explanation in others:
            column.addWidget(OtherMeaning(explanation))
        self.column.addWidget(self._answer)
        self._answer.show()  # else Qt shows it one turn of the event loop later
        self.settle()

    def _show_crash(self, error: str) -> None:
        template = self.tr("A fault in Mailcheck ended this ({error}). Nothing was changed.")
        self._put(WrapLabel(template.format(error=error), tone=Tone.ERROR), ())

    def shut_down(self) -> None:
        """Wait for what runs, before the window closes."""
        self.desk.runner.stop()

    def _make_foot(self, *, known: bool) -> VerdictFoot:
        sentence = self.tr("A check finds out more.")
        if known:
            sentence = self.tr("A check tells which one it is, with your own server.")
        foot = VerdictFoot(sentence, self._check_words())
        foot.primary.clicked.connect(self._check)
        foot.finish()
        return foot

    def _check(self) -> None:
        self.check_wanted.emit(self._account.id if self._account is not None else "")
