"""What is said where no source named settings; the likeliest values are offered as unproven."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.model.discovery import SettingsCandidate
from mailcheck_gui.ui.card import INNER, Card, Ground, Rule
from mailcheck_gui.ui.card_head import CardHead
from mailcheck_gui.ui.find_headline import FindHeadline
from mailcheck_gui.ui.found_card import candidate_columns
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.requests import FillRequest
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.verdict_foot import VerdictFoot


class NothingCard(Card):
    """Head, perhaps a suggestion, and the way to the form.

    `suggestion` is unverified, so a password goes to its servers only after a yes. Where its names
    lead nowhere, it is not called likely.
    """

    use_requested = Signal(object)  # FillRequest
    form_requested = Signal()

    def __init__(
        self,
        words: FindHeadline,
        suggestion: SettingsCandidate | None,
        parent: QWidget | None = None,
        *,
        leads_nowhere: bool = False,
    ) -> None:
        super().__init__(Ground.PLAIN, edge=words.ground, padding=1, parent=parent)
        self.head = CardHead(words.ground, words.shape, words.title, words.body)
        self.foot = VerdictFoot("", self.tr("Type settings"))
        self.column.addWidget(self.head)
        if suggestion is not None:
            self._offer(suggestion, leads_nowhere=leads_nowhere)
        self.foot.primary.clicked.connect(self.form_requested)
        self.foot.finish()
        self.column.addWidget(self.foot)

    def _offer(self, suggestion: SettingsCandidate, *, leads_nowhere: bool) -> None:
        words = QVBoxLayout()
        words.setContentsMargins(INNER, Space.M, INNER, Space.M)
        words.setSpacing(1)
        title = self.tr("Often it is this, but nobody said so")
        if leads_nowhere:
            title = self.tr("Servers are often called this, but DNS does not know these names")
        words.addWidget(WrapLabel(title, Type.STRONG))
        sentence = self.tr("Compare it with what your provider says.")
        words.addWidget(WrapLabel(sentence, tone=Tone.SECONDARY))
        self.column.addLayout(words)
        self.column.addWidget(Rule())
        self.column.addWidget(candidate_columns(suggestion))
        use = self.foot.add_button(self.tr("Put the guess into the form"))
        use.clicked.connect(lambda: self.use_requested.emit(FillRequest(suggestion, check=False)))
