"""Boxes with a list to choose from: a few values, or a port that may also be typed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from mailcheck_gui.model.field_limits import LONGEST_TEXT
from mailcheck_gui.ui.theme import Size, scaled

Index = QModelIndex | QPersistentModelIndex

_Value = TypeVar("_Value", bound=StrEnum)


class _Rows(QStyledItemDelegate):
    """Rows of a list of choices that are high enough to be hit."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return at least the height of a row of a table."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), scaled(Size.TABLE_ROW)))


class _Combo(QComboBox):
    """A combo box that the wheel changes only while it has the focus: pages scroll past it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)  # else a screen reader says the value in place of the name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setItemDelegate(_Rows(self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fit_text()

    def fit_text(self) -> None:
        """Take the height from the text size."""
        self.setMinimumHeight(scaled(Size.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """Return the wanted size, the same: Qt keeps the least one of an earlier text size."""
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the keyboard is here."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceBox(_Combo, Generic[_Value]):
    """A choice among a few values; `activated` tells that a person chose."""

    def __init__(self, name: str, choices: Sequence[tuple[_Value, str]]) -> None:
        super().__init__(name)
        self._values = tuple(value for value, _ in choices)
        self.addItems([words for _, words in choices])

    def value(self) -> _Value:
        """Return what is chosen."""
        return self._values[self.currentIndex()]

    def set_value(self, value: _Value) -> None:
        """Choose without counting as a person's choice."""
        self.setCurrentIndex(self._values.index(value))


class PortBox(_Combo):
    """A port: the usual ones to choose from, any other to type.

    There is no validator: a value that cannot be used is answered with a sentence, and what was
    pasted is not thrown away without a word.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]  # it would turn a typed 58 into 587
        line = self.line()
        line.setMaxLength(LONGEST_TEXT)
        line.setAccessibleName(name)
        line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def line(self) -> QLineEdit:
        """Return the editable part."""
        line = self.lineEdit()
        assert line is not None
        return line

    def offer(self, ports: Sequence[int]) -> None:
        """Replace the choices; the text stays."""
        text = self.currentText()
        self.clear()
        self.addItems([str(port) for port in ports])
        self.setEditText(text)

    def show_text(self, text: str) -> None:
        """Set the text without counting as typing."""
        if self.currentText() != text:
            self.setEditText(text)
