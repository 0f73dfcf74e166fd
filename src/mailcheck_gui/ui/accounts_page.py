"""All accounts at a glance: how many are in which state, a filter, the table."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mailcheck_gui.ui.accounts_model import AccountsModel
from mailcheck_gui.ui.accounts_table import AccountsTable
from mailcheck_gui.ui.buttons import PrimaryButton
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.form_fields import TextField
from mailcheck_gui.ui.labels import Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.layouts import FlowLayout, LeadLayout
from mailcheck_gui.ui.page import Page
from mailcheck_gui.ui.page_header import PageHeader
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import Size, Space, scaled

_COUNTED = (Shape.ERROR, Shape.WARNING, Shape.WORKS, Shape.NOT_TESTED, Shape.WAITING)
_FILTER_WIDTH = 190


class StateCount(QWidget):
    """A shape and how many accounts have it; hidden for none."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self._label = TypedLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, Space.M, 0)
        row.setSpacing(Space.S)
        row.addWidget(ShapeMark(shape, 18))
        row.addWidget(self._label)

    def show_count(self, text: str) -> None:
        """Show the words; nothing for an empty text."""
        self._label.setText(text)
        self.setVisible(bool(text))


class AccountsPage(Page):
    """Every account in one table. With none, one sentence and the way to the first."""

    new_wanted = Signal()

    def __init__(self, model: AccountsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("All accounts"))
        self._model = model
        self.header = PageHeader(self.tr("All accounts"))
        self._new = PrimaryButton(self.tr("New check"), "plus", height=Size.CONTROL)
        self.header.buttons.addWidget(self._new)
        self._new.clicked.connect(self.new_wanted)
        self._counts = {shape: StateCount(shape) for shape in _COUNTED}
        self.filter = TextField(self.tr("Filter accounts"), placeholder=self.tr("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.table = AccountsTable(model)
        self.filter.textChanged.connect(self._filter)
        self._card = Card(padding=0)
        self._none = WrapLabel(self.tr("No account matches the filter."), tone=Tone.SECONDARY)
        self._build()
        model.modelReset.connect(self._follow)
        model.dataChanged.connect(self._follow)
        self._follow()

    def _build(self) -> None:
        self._card.column.setContentsMargins(1, 1, 1, Space.XS)
        self._card.column.addWidget(self.table)
        counts = QWidget()
        flow = FlowLayout(counts)
        for count in self._counts.values():
            flow.addWidget(count)
        self._line = QWidget()
        row = LeadLayout(self._line)
        row.addWidget(counts)
        row.addWidget(self.filter)
        for widget in (self.header, self._line, self._card, self._none):
            self.column.addWidget(widget)
        self.fit_text()

    def fit_text(self) -> None:
        """Take the width of the filter from the text size as well."""
        super().fit_text()
        self.filter.setFixedWidth(scaled(_FILTER_WIDTH))

    def _filter(self, text: str) -> None:
        self.table.set_filter(text)
        self._show_none()

    def _show_none(self) -> None:
        rows = self.table.model().rowCount()
        self._none.setVisible(bool(self._model.rows) and rows == 0)
        self._card.setVisible(rows > 0)

    def _follow(self) -> None:
        rows = self._model.rows
        self.header.set_sentence(self._sentence(len(rows)))
        self._line.setVisible(bool(rows))
        found = Counter(row.shape for row in rows)
        for shape, count in self._counts.items():
            number = found[shape]
            count.show_count(self._count_words(shape, number) if number else "")
        self._show_none()

    def _sentence(self, number: int) -> str:
        if number == 0:
            return self.tr("No account is saved yet. Save one to check it again with one press.")
        if number == 1:
            return self.tr("1 account")
        return self.tr("{number} accounts").format(number=number)

    def _count_words(self, shape: Shape, number: int) -> str:
        words = {
            Shape.ERROR: self.tr("{number} with an error"),
            Shape.WARNING: self.tr("{number} with a warning"),
            Shape.WORKS: self.tr("{number} all fine"),
            Shape.NOT_TESTED: self.tr("{number} not fully tested"),
            Shape.WAITING: self.tr("{number} not checked"),
        }
        return words[shape].format(number=number)
