"""The last step after a fix: the mail program still has the old values."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from mailcheck_gui.model.account import Field
from mailcheck_gui.model.finding import Change
from mailcheck_gui.ui.buttons import CopyPrimaryButton
from mailcheck_gui.ui.card import Card, Ground
from mailcheck_gui.ui.labels import Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.layouts import LeadLayout
from mailcheck_gui.ui.server_words import field_text, side_text
from mailcheck_gui.ui.settings_rows import change_text
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.times import listed


class LastStepCard(Card):
    """Names every value that the check used in place of an old one, and copies them."""

    copy_requested = Signal(object)  # str

    def __init__(self, changes: tuple[Change, ...], parent: QWidget | None = None) -> None:
        super().__init__(Ground.ACCENT, parent=parent)
        self._changes = changes
        several = len(changes) > 1
        words = self.tr("Copy the new values") if several else self.tr("Copy the new value")
        self._copy = CopyPrimaryButton(words)
        self._copy.clicked.connect(self._copy_values)
        self._build()

    def _build(self) -> None:
        several = len(self._changes) > 1
        sentence = self.tr("Your mail program still has the old value. Change it there, then send.")
        if several:
            sentence = self.tr("Your mail program still has the old values. Change these there.")
        values = QWidget()
        values.setLayout(self._values())
        content = QWidget()
        row = LeadLayout(content, spacing=Space.L, lead_width=380)
        row.addWidget(values)
        row.addWidget(self._copy)
        self.column.setContentsMargins(Space.XL, Space.M + 2, Space.XL, Space.L)
        self.column.setSpacing(Space.XS)
        self.column.addWidget(WrapLabel(self._title(), Type.SUBTITLE))
        self.column.addWidget(WrapLabel(sentence))
        self.column.addSpacing(Space.XS)
        self.column.addWidget(content)

    def _title(self) -> str:
        named = [self._named(change) for change in self._changes]
        template = self.tr("Last step: put {values} into your mail program")
        return template.format(values=listed(named))

    def _named(self, change: Change) -> str:
        value = change_text(change.field, change.suggested)
        templates = {
            Field.PORT: self.tr("port {value}"),
            Field.HOST: self.tr("server {value}"),
            Field.USERNAME: self.tr("user name {value}"),
        }
        return templates.get(change.field, "{value}").format(value=value)

    def _name(self, change: Change) -> str:
        template = self.tr("{side}, {field}")
        return template.format(side=side_text(change.role), field=field_text(change.field))

    def _values(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(2, 1)
        for row, change in enumerate(self._changes):
            value = change_text(change.field, change.suggested)
            old = change_text(change.field, change.typed)
            grid.addWidget(TypedLabel(self._name(change), tone=Tone.SECONDARY), row, 0)
            grid.addWidget(WrapLabel(value, Type.STRONG), row, 1)
            instead = self.tr("instead of {old}").format(old=old) if old else ""
            grid.addWidget(WrapLabel(instead, tone=Tone.SECONDARY), row, 2)
        return grid

    def _copy_values(self) -> None:
        lines = (
            f"{self._name(change)}: {change_text(change.field, change.suggested)}"
            for change in self._changes
        )
        self.copy_requested.emit("\n".join(lines))
        self._copy.confirm()
