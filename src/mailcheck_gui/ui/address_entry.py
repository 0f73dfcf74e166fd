"""The line where a search begins: the address, what is said about it at once, and the button."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.model.severity import Severity
from mailcheck_gui.ui.buttons import PrimaryButton
from mailcheck_gui.ui.focus import ENTER_KEYS
from mailcheck_gui.ui.form_fields import HINT_DELAY_MS, HintSlot, TextField
from mailcheck_gui.ui.layouts import LeadLayout
from mailcheck_gui.ui.theme import Size, Space
from mailcheck_gui.ui.translation import translate_message

if TYPE_CHECKING:
    from mailcheck_gui.model.finding import Provider
    from mailcheck_gui.model.intake import Hint


class AddressEntry(QWidget):
    """Field, button and one sentence below; `confirmed` carries an address that can be used."""

    confirmed = Signal(str)

    def __init__(
        self, providers: Callable[[], tuple[Provider, ...]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._providers = providers
        self._hint: Hint | None = None
        self.email = TextField(
            self.tr("E-mail address"),
            placeholder=self.tr("name@example.com"),
            height=Size.FOOT_BUTTON,
        )
        self.find_button = PrimaryButton(self.tr("Find my settings"))
        self.slot = HintSlot()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HINT_DELAY_MS)
        self._timer.timeout.connect(self.show_hint)
        self._build()
        self.email.textEdited.connect(self._timer.start)
        self.email.editingFinished.connect(self.show_hint)
        self.find_button.clicked.connect(self.confirm)
        self.slot.pressed.connect(self._take_hint)

    def _build(self) -> None:
        line = QWidget()
        row = LeadLayout(line, spacing=Space.S, lead_width=280)
        row.addWidget(self.email)
        row.addWidget(self.find_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addWidget(self.slot)

    def show_hint(self) -> None:
        """Say what is known about the address, without any network."""
        from mailcheck_gui.diagnosis.hints import hints_for
        from mailcheck_gui.model.account import AccountDraft

        self._timer.stop()
        draft = AccountDraft(self.email.text())
        hints = hints_for(draft, self._providers()) if draft.email.strip() else ()
        self._hint = next(iter(hints), None)
        if self._hint is None:
            self.slot.clear()
            return
        button = self._hint.button if self._hint.fix else None
        words = translate_message(button) if button is not None else ""
        self.slot.say(self._hint.severity, translate_message(self._hint.sentence), words)

    def _take_hint(self) -> None:
        """Put in what the hint proposes; the keyboard goes on to the button."""
        for _, _, value in self._hint.fix if self._hint is not None else ():
            self.email.show_text(value)
        self.show_hint()
        self.find_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Hand on the address, or say why nothing can be made of it."""
        from mailcheck_gui.diagnosis.mail_addresses import read_mail_address

        address = read_mail_address(self.email.text())
        if address.problem is None:
            self.confirmed.emit(address.email)
            return
        self._hint = None
        self.slot.say(Severity.ERROR, translate_message(address.problem))
        self.email.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin on Enter in the field, as the filled button says."""
        if event.key() in ENTER_KEYS and self.email.hasFocus():
            self.find_button.click()
            return
        super().keyPressEvent(event)
