"""The first card of the form: the address, the password, and where the password is kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.account import Field
from mailcheck_gui.storage.credentials import StoreState
from mailcheck_gui.ui.buttons import Link
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.check_box import CheckBox
from mailcheck_gui.ui.form_fields import HintSlot, Labelled, TextField
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import ColumnsLayout, LeadLayout
from mailcheck_gui.ui.password_field import PasswordField
from mailcheck_gui.ui.server_words import field_text
from mailcheck_gui.ui.theme import Space, Type


class IdentityForm(Card):
    """E-mail address and password; below them one line about the keychain."""

    changed = Signal()
    left = Signal(object)  # Field
    find_wanted = Signal()  # look for the settings of the address
    keychain_wanted = Signal()  # try the keychain again

    def __init__(self) -> None:
        super().__init__()
        self.email = TextField(field_text(Field.EMAIL), placeholder=self.tr("name@example.com"))
        self.password = PasswordField(field_text(Field.PASSWORD))
        self.remember = CheckBox(self.tr("Remember the password in this computer's keychain"))
        self.remember.setChecked(True)
        self.find_settings = Link(self.tr("Find my settings"), "search")
        self.slots = {field: HintSlot() for field in (Field.EMAIL, Field.PASSWORD)}
        self._state = WrapLabel("", Type.CAPTION, Tone.SECONDARY)
        self._again = Link(self.tr("Try again"), "refresh")
        self._state_line = self._build_state_line()
        self._build()
        self.email.textEdited.connect(self.changed)
        self.email.editingFinished.connect(lambda: self.left.emit(Field.EMAIL))
        self.password.editingFinished.connect(lambda: self.left.emit(Field.PASSWORD))
        self.password.textEdited.connect(self.changed)
        self.remember.toggled.connect(self.changed)
        self._again.clicked.connect(self.keychain_wanted)
        self.find_settings.clicked.connect(self.find_wanted)
        self.show_keychain(StoreState.AVAILABLE)

    def _build(self) -> None:
        pair = QWidget()
        columns = ColumnsLayout(pair, spacing=Space.XL)
        columns.addWidget(_stacked(Labelled(field_text(Field.EMAIL), self.email), self._slot(0)))
        columns.addWidget(
            _stacked(Labelled(field_text(Field.PASSWORD), self.password), self._slot(1))
        )
        self.column.addWidget(pair)
        self.column.addSpacing(Space.S + 2)
        line = QWidget()
        row = LeadLayout(line, spacing=Space.M)
        row.addWidget(self.remember)
        row.addWidget(self.find_settings)
        self.column.addWidget(line)
        self.column.addWidget(self._state_line)

    def _slot(self, index: int) -> HintSlot:
        return tuple(self.slots.values())[index]

    def _build_state_line(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, Space.XS, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(IconMark("key", "secondary", 16))
        row.addWidget(self._state, 1)
        row.addWidget(self._again)
        return line

    def show_keychain(self, state: StoreState) -> None:
        """Show what becomes of the password: remembered on wish, or kept until the end."""
        words = {
            StoreState.NONE: self.tr(
                "This computer has no keychain. The password is kept until you close Mailcheck."
            ),
            StoreState.LOCKED: self.tr(
                "The keychain is locked. The password is kept until you close Mailcheck."
            ),
            StoreState.BROKEN: self.tr(
                "The keychain does not answer. The password is kept until you close Mailcheck."
            ),
        }
        self._state.setText(words.get(state, ""))
        self._again.setVisible(state in (StoreState.LOCKED, StoreState.BROKEN))
        self._state_line.setVisible(state is not StoreState.AVAILABLE)
        self.remember.setVisible(state is StoreState.AVAILABLE)

    def wants_keychain(self) -> bool:
        """Return whether the password is to go into the keychain."""
        return not self.remember.isHidden() and self.remember.isChecked()


def _stacked(*widgets: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return whole
