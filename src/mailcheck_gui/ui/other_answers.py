"""Further settings that were found: one line each, to be looked at in place of the best."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.model.account import SIDES, Role
from mailcheck_gui.model.discovery import SettingsCandidate, Trust
from mailcheck_gui.ui.buttons import Button
from mailcheck_gui.ui.card import Card, Rule
from mailcheck_gui.ui.find_words import provenance_text, trust_text
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import LeadLayout
from mailcheck_gui.ui.server_words import endpoint_text, side_text
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.translation import translate_message


class OtherAnswers(Card):
    """A list; `chosen` carries the candidate to show."""

    chosen = Signal(object)  # SettingsCandidate

    def __init__(
        self, candidates: Sequence[SettingsCandidate], parent: QWidget | None = None
    ) -> None:
        super().__init__(padding=0, parent=parent)
        self.buttons = [Button(self.tr("Show")) for _ in candidates]
        for place, (candidate, button) in enumerate(zip(candidates, self.buttons, strict=True)):
            if place:
                self.column.addWidget(Rule())
            self.column.addWidget(self._line(candidate, button))

    def _line(self, candidate: SettingsCandidate, button: Button) -> QWidget:
        where = provenance_text(candidate.source, candidate.date)
        button.setAccessibleName(self.tr("Show the settings from: {source}").format(source=where))
        button.clicked.connect(partial(self.chosen.emit, candidate))
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(WrapLabel(where, Type.STRONG))
        for text in self._servers(candidate):
            column.addWidget(WrapLabel(text, Type.CAPTION))
        origin = candidate.origin(Role.INCOMING)
        tone = Tone.SECONDARY if origin.trust is Trust.SECURE else Tone.WARNING
        column.addWidget(WrapLabel(trust_text(origin), Type.CAPTION, tone))
        if candidate.trouble is not None:
            seen = translate_message(candidate.trouble)
            column.addWidget(WrapLabel(seen, Type.CAPTION, Tone.WARNING))
        line = QWidget()
        layout = LeadLayout(line)
        layout.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        layout.addWidget(words)
        layout.addWidget(button)
        return line

    def _servers(self, candidate: SettingsCandidate) -> list[str]:
        template = self.tr("{side}: {server}")
        sides = ((role, candidate.server(role)) for role in SIDES)
        return [
            template.format(side=side_text(role), server=endpoint_text(server))
            for role, server in sides
            if server is not None
        ]
