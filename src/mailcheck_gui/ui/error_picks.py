"""Frequent error texts to pick from where there is nothing to paste."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.catalogue.explanations import load_common
from mailcheck_gui.model.known_error import CommonText
from mailcheck_gui.ui.buttons import Button, Link
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.labels import Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.layouts import FlowLayout
from mailcheck_gui.ui.theme import Space, Type

_FEW = 5


class ErrorPicks(QWidget):
    """Frequent texts to pick from: a few, or all, those of one program together."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._common = load_common()
        self._few = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.M)
        flow = FlowLayout(self._few)
        flow.addWidget(TypedLabel(self.tr("Or pick one:"), tone=Tone.SECONDARY))
        for common in _one_of_each(self._common)[:_FEW]:
            flow.addWidget(self._button(common))
        self.all = Link(self.tr("All errors"), "chevron-right")
        self.all.clicked.connect(self._toggle_all)
        flow.addWidget(self.all)
        self._column.addWidget(self._few)
        self._groups: QWidget | None = None
        if not self._common:
            self.hide()

    def _button(self, common: CommonText) -> Button:
        button = Button(common.label)
        button.setAccessibleDescription(common.said_by)
        button.clicked.connect(partial(self._pick, common.text))
        return button

    def _pick(self, text: str) -> None:
        """Close the long list, which would stand between the text and its answer."""
        self._show_all(shown=False)
        self.picked.emit(text)

    def _toggle_all(self) -> None:
        self._show_all(shown=self._groups is None or self._groups.isHidden())

    def _show_all(self, *, shown: bool) -> None:
        if self._groups is None and shown:
            self._groups = self._make_groups()
            self._column.addWidget(self._groups)
        if self._groups is not None:
            self._groups.setVisible(shown)
        self.all.set_words(self.all.text(), "chevron-down" if shown else "chevron-right")

    def _make_groups(self) -> Card:
        card = Card(padding=Space.L)
        card.column.setSpacing(Space.M)
        for program in dict.fromkeys(common.said_by for common in self._common):
            holder = QWidget()
            flow = FlowLayout(holder)
            for common in self._common:
                if common.said_by == program:
                    flow.addWidget(self._button(common))
            group = QVBoxLayout()
            group.setSpacing(Space.XS)
            group.addWidget(WrapLabel(program or self.tr("Any program"), Type.CAPTION_STRONG))
            group.addWidget(holder)
            card.column.addLayout(group)
        return card


def _one_of_each(common: Sequence[CommonText]) -> list[CommonText]:
    """Return the first text of each program, then the rest: the few to pick from differ."""
    firsts = {each.said_by: each for each in reversed(common)}
    first = [each for each in common if firsts[each.said_by] is each]
    return [*first, *(each for each in common if each not in first)]
