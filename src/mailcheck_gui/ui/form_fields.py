"""The parts of a form: labelled fields with a place for a sentence below them. Native widgets."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from mailcheck_gui.model.severity import Severity
from mailcheck_gui.ui.hint import Hint
from mailcheck_gui.ui.icons import icon
from mailcheck_gui.ui.labels import Tone, TypedLabel
from mailcheck_gui.ui.theme import ATTENTION, Size, Space, Type, roles, scaled
from mailcheck_gui.ui.window_shortcuts import leaves_to_window

Index = QModelIndex | QPersistentModelIndex

LONGEST_TEXT = 2000
"""Characters that a field takes; more than any address or name has, less than a pasted book."""

HINT_DELAY_MS = 250
"""After the last key: short enough to feel immediate, long enough not to flicker."""

_NO_GUESSING = (
    Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
    | Qt.InputMethodHint.ImhPreferLowercase
)


class TextField(QLineEdit):
    """A line for an address, a server or a user name: no corrections by a phone's keyboard."""

    def __init__(self, name: str, *, placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(LONGEST_TEXT)
        self.setInputMethodHints(_NO_GUESSING)
        self.setMinimumHeight(scaled(Size.CONTROL))

    def event(self, event: QEvent) -> bool:
        """Leave the window's own keys to it."""
        if leaves_to_window(event):
            event.ignore()
            return False
        return super().event(event)

    def show_text(self, text: str) -> None:
        """Set the text without counting as typing, its beginning visible."""
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)


class PasswordField(TextField):
    """A password line with an eye that shows what was typed, by mouse or Ctrl+Shift+E."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(_NO_GUESSING | Qt.InputMethodHint.ImhSensitiveData)
        self._eye = QAction(self)
        self._eye.setCheckable(True)
        self._eye.setShortcut(QKeySequence("Ctrl+Shift+E"))
        self._eye.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._eye.toggled.connect(self._show)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._show(False)

    def hide_again(self) -> None:
        """Show dots, whatever the eye said."""
        self._eye.setChecked(False)

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        words = self.tr("Hide the password") if shown else self.tr("Show the password")
        keys = self._eye.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._eye.setText(words)
        self._eye.setToolTip(f"{words} ({keys})")
        self._tint()

    def _tint(self) -> None:
        name = "eye-off" if self._eye.isChecked() else "eye"
        self._eye.setIcon(icon(name, roles().secondary, scaled(16)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()


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
        self.setMinimumHeight(scaled(Size.CONTROL))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

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


class Labelled(QWidget):
    """A label above a field: labels grow with the language, so they never stand beside it."""

    def __init__(self, text: str, field: QWidget) -> None:
        super().__init__()
        self.field = field
        label = TypedLabel(text, Type.CAPTION_STRONG, Tone.SECONDARY)
        label.setBuddy(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(label)
        column.addWidget(field)


class HintSlot(QWidget):
    """The place for a sentence below one or more fields; takes no room while there is none."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._hint = Hint()
        self._hint.pressed.connect(self.pressed)
        self._field: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S, 0, 0)
        column.addWidget(self._hint)
        self.hide()

    def say(
        self, severity: Severity, sentence: str, button: str = "", field: QWidget | None = None
    ) -> None:
        """Show one sentence, with a button where there are words for one.

        `field` is the one that it is about: its edge is drawn in the colour of the sentence.
        """
        self._mark(None)
        self._hint.show_hint(severity, sentence, button)
        self.show()
        if severity in (Severity.ERROR, Severity.WARNING):
            self._mark(field, severity)

    def clear(self) -> None:
        """Say nothing."""
        self._mark(None)
        self._hint.clear()
        self.hide()

    def _mark(self, field: QWidget | None, severity: Severity | None = None) -> None:
        for each, wants in ((self._field, ""), (field, str(severity))):
            if each is not None and each.property(ATTENTION) != wants:
                each.setProperty(ATTENTION, wants)
                each.update()
        self._field = field

    def sentence(self) -> str:
        """Return what is said, empty for nothing."""
        return self._hint.sentence()

    def press(self) -> None:
        """Press the sentence's button."""
        self._hint.button().click()
