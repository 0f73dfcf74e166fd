"""The place for a password on a result page, one or two fields."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mailcheck_gui.ui.focus import ENTER_KEYS
from mailcheck_gui.ui.layouts import FlowLayout
from mailcheck_gui.ui.password_field import PasswordField
from mailcheck_gui.ui.requests import TypedPasswords
from mailcheck_gui.ui.theme import Space, scaled

_WIDTH = 240


class PasswordPrompt(QWidget):
    """A field for the password; two where sending has its own. Enter confirms."""

    confirmed = Signal()

    def __init__(self, *, separate: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = self.tr("Password for incoming mail") if separate else self.tr("Password")
        self._incoming = PasswordField(name)
        self._incoming.setPlaceholderText(name)
        self._outgoing: PasswordField | None = None
        row = FlowLayout(self, spacing=Space.S)
        row.addWidget(self._incoming)
        if separate:
            own = self.tr("Password for outgoing mail")
            self._outgoing = PasswordField(own)
            self._outgoing.setPlaceholderText(own)
            row.addWidget(self._outgoing)
        self.fit_text()

    def fit_text(self) -> None:
        """Take the width of the fields from the text size."""
        for field in self._fields():
            field.setFixedWidth(scaled(_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm with Enter; the key ends here, since the page may have changed by then."""
        if event.key() in ENTER_KEYS:
            self.confirmed.emit()
            return
        super().keyPressEvent(event)

    def _fields(self) -> list[PasswordField]:
        return [self._incoming] if self._outgoing is None else [self._incoming, self._outgoing]

    def passwords(self) -> TypedPasswords:
        """Return what was typed; one field serves both sides."""
        incoming = self._incoming.text()
        outgoing = incoming if self._outgoing is None else self._outgoing.text()
        return TypedPasswords(incoming, outgoing)

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self._fields():
            field.clear()

    def focus_field(self) -> None:
        """Put the keyboard into the first field."""
        self._incoming.setFocus(Qt.FocusReason.OtherFocusReason)
