"""The page of a search for settings: who is asked while it runs, then what was found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.model.account import Protocol
from mailcheck_gui.model.discovery import (
    Discovery,
    FindEvent,
    FindStarted,
    SettingsCandidate,
    Source,
    SourceChanged,
    SourceState,
)
from mailcheck_gui.model.quoting import visible_text
from mailcheck_gui.ui.announcer import Announcer
from mailcheck_gui.ui.buttons import Button
from mailcheck_gui.ui.find_headline import nothing_headline
from mailcheck_gui.ui.focus import focusable
from mailcheck_gui.ui.found_card import FoundCard
from mailcheck_gui.ui.labels import WrapLabel
from mailcheck_gui.ui.nothing_card import NothingCard
from mailcheck_gui.ui.other_answers import OtherAnswers
from mailcheck_gui.ui.page import Page
from mailcheck_gui.ui.page_header import PageHeader
from mailcheck_gui.ui.privacy import lookup_text
from mailcheck_gui.ui.progress_line import ProgressLine
from mailcheck_gui.ui.provider_remarks import ProviderRemarks, has_remarks
from mailcheck_gui.ui.source_list import SourceList
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.times import seconds_text

_MOST_OTHERS = 6
_AT_ONCE_MS = 100.0
_LONGEST_EMAIL = 100


class FindView(Page):
    """Shows the events of one search as they come, then its answer. Holds no engine code."""

    cancel_requested = Signal()
    again_requested = Signal()
    form_requested = Signal()
    use_requested = Signal(object)  # FillRequest

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._header = PageHeader()
        self._cancel = Button(self.tr("Cancel"))
        self._form = Button(self.tr("Type settings"), "pencil")
        self._again = Button(self.tr("Search again"), "refresh")
        self._progress = ProgressLine()
        self.sources = SourceList()
        self._answer: QWidget | None = None
        self.card: FoundCard | NothingCard | None = None
        self._discovery = Discovery("")
        self._has_password = False
        self._announcer = Announcer(self)
        self._build()

    def _build(self) -> None:
        self._cancel.clicked.connect(self.cancel_requested)
        self._form.clicked.connect(self.form_requested)
        self._again.clicked.connect(self.again_requested)
        for button in (self._cancel, self._form, self._again):
            self._header.buttons.addWidget(button)
        self.column.addWidget(self._header)
        self.column.addWidget(self._progress)
        self.column.addWidget(self.sources)

    # While it runs

    def start(self, email: str, options: FindOptions) -> None:
        """Show a search that begins now; what is told to whom stands below the title."""
        title = self.tr("Looking for the settings of {email}").format(email=_shown(email))
        self._header.set_texts(title, lookup_text(options))
        self._cancel.setEnabled(True)
        self._show_running(running=True)
        self._clear_answer()
        self._progress.set_part(0.0)
        self.sources.start(source for source in Source if options.allows(source))
        self.verticalScrollBar().setValue(0)

    def _show_running(self, *, running: bool) -> None:
        self._cancel.setVisible(running)
        self._progress.setVisible(running)
        self._form.setVisible(not running)
        self._again.setVisible(not running)

    def handle(self, event: FindEvent) -> None:
        """Show one event of the search that was started last."""
        if isinstance(event, FindStarted):
            self.sources.start(source for source in Source if source in event.sources)
        elif isinstance(event, SourceChanged):
            row = self.sources.take(event.outcome)
            if event.outcome.state is not SourceState.ASKING:
                self._announcer.announce(row.spoken())
        done, total = self.sources.done()
        self._progress.set_part(done / max(1, total))

    def show_cancelling(self) -> None:
        """Say that the search is being stopped; Cancel can be pressed only once."""
        self._cancel.setEnabled(False)
        self._header.set_sentence(self.tr("Stopping"))

    def cancel_has_focus(self) -> bool:
        """Return whether the keyboard is on Cancel: then the answer gets it next."""
        return self._cancel.hasFocus()

    def focus_cancel(self) -> None:
        """Put the keyboard on Cancel."""
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    # The answer

    def show_discovery(self, discovery: Discovery, *, has_password: bool, offline: bool) -> None:
        """Show what was found, from the top of the page, and announce it."""
        self._discovery, self._has_password = discovery, has_password
        self._show_running(running=False)
        self._header.set_texts(_shown(discovery.email), self._when(discovery))
        tried = {outcome.source for outcome in discovery.tried}
        self.sources.start(source for source in Source if source in tried)
        for outcome in discovery.tried:
            self.sources.take(outcome)
        if discovery.candidates:
            self._show_found(discovery.candidates[0])
        else:
            self._show_nothing(discovery, offline=offline)
        if self.card is not None:
            self._announcer.announce_now(self.card.head.spoken())

    def _when(self, discovery: Discovery) -> str:
        if discovery.duration_ms < _AT_ONCE_MS:
            return self.tr("Found at once") if discovery.candidates else ""
        template = self.tr("Looked for {seconds} seconds")
        if discovery.cancelled:
            template = self.tr("Stopped after {seconds} seconds")
        elif discovery.candidates:
            template = self.tr("Found in {seconds} seconds")
        return template.format(seconds=seconds_text(discovery.duration_ms))

    def _show_found(self, shown: SettingsCandidate) -> None:
        discovery = self._discovery
        choices = protocol_choices(discovery.candidates, shown)
        card = FoundCard(choices, shown, discovery.preparation, has_password=self._has_password)
        card.use_requested.connect(self.use_requested)
        others = [each for each in discovery.candidates if each not in choices]
        self._replace_answer(card, [*self._others(others[:_MOST_OTHERS]), *self._remarks()])

    def _remarks(self) -> list[QWidget]:
        provider = self._discovery.provider
        if provider is None or not has_remarks(provider):
            return []
        return [ProviderRemarks(provider)]

    def _others(self, candidates: Sequence[SettingsCandidate]) -> list[QWidget]:
        if not candidates:
            return []
        others = OtherAnswers(candidates)
        others.chosen.connect(self._show_other)
        return [WrapLabel(self.tr("Other answers"), Type.SUBTITLE), others]

    def _show_other(self, candidate: SettingsCandidate) -> None:
        self._show_found(candidate)
        self.focus_answer()

    def _show_nothing(self, discovery: Discovery, *, offline: bool) -> None:
        words = nothing_headline(discovery, _domain(discovery.email), offline=offline)
        usual = next(iter(discovery.suggestions), None)
        card = NothingCard(words, usual, leads_nowhere=discovery.names_lead_nowhere)
        card.use_requested.connect(self.use_requested)
        card.form_requested.connect(self.form_requested)
        self._replace_answer(card, [])

    def _clear_answer(self) -> None:
        self.card = None
        if self._answer is not None:
            self.column.removeWidget(self._answer)
            self._answer.hide()
            self._answer.deleteLater()
            self._answer = None

    def _replace_answer(self, card: FoundCard | NothingCard, more: Sequence[QWidget]) -> None:
        self._clear_answer()
        self.card = card
        self._answer = QWidget()
        column = QVBoxLayout(self._answer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M + 2)
        for widget in (card, *more):
            column.addWidget(widget)
        self.column.insertWidget(self.column.indexOf(self.sources), self._answer)
        self._answer.show()  # else Qt shows it one turn of the event loop later
        self._order_tabs(focusable(self._answer))
        self.settle()
        self.verticalScrollBar().setValue(0)

    def _order_tabs(self, answer: Sequence[QWidget]) -> None:
        """Put the actions of the header behind those of the answer."""
        for before, after in pairwise((*answer, self._form, self._again)):
            QWidget.setTabOrder(before, after)

    def press_primary(self) -> None:
        """Press the filled button (Ctrl+Enter)."""
        if self.card is not None:
            self.card.foot.primary.click()

    def take_focus(self) -> None:
        """Move the keyboard to what matters now."""
        if isinstance(self.card, FoundCard):
            self.card.take_focus()
        elif self.card is not None:
            self.card.foot.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_cancel()
        focused = self.focusWidget()
        if focused is not None:
            self.ensureWidgetVisible(focused)

    def focus_answer(self) -> None:
        """Move the keyboard to the head of the answer: Cancel, where it was, is gone."""
        if self.card is not None:
            self.card.head.setFocus(Qt.FocusReason.OtherFocusReason)


def protocol_choices(
    candidates: Sequence[SettingsCandidate], shown: SettingsCandidate
) -> tuple[SettingsCandidate, ...]:
    """Return the candidates to choose from beside the one that is shown: one for each protocol.

    The other protocol is taken from the same source, else from the best one that has it. IMAP
    comes first.
    """
    if shown.incoming is None:
        return (shown,)
    mine = shown.incoming.protocol
    rest = [c for c in candidates if c.incoming is not None and c.incoming.protocol is not mine]
    rest.sort(key=lambda c: (c.source, c.url) != (shown.source, shown.url))
    choices = (shown, *rest[:1])
    return choices if mine is Protocol.IMAP else tuple(reversed(choices))


def _shown(email: str) -> str:
    return visible_text(email, _LONGEST_EMAIL)


def _domain(email: str) -> str:
    """Return what stands behind the @, as the person reads it."""
    return _shown(email.rpartition("@")[2])
