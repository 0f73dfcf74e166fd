"""The foot of the verdict card: a sentence, and the obvious next step as its filled button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.ui.buttons import Button, PrimaryButton
from mailcheck_gui.ui.card import INNER, FootBand
from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import FlowLayout, LeadLayout
from mailcheck_gui.ui.password_prompt import PasswordPrompt
from mailcheck_gui.ui.theme import Size, Space, Type


class VerdictFoot(FootBand):
    """A sentence at the left, buttons at the right; a password field may stand above it."""

    def __init__(
        self,
        sentence: str,
        primary: str,
        mark: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.primary = PrimaryButton(primary)
        self.prompt: PasswordPrompt | None = None
        self._sentence = QWidget()
        self._lead = QWidget()
        self._lead_column = QVBoxLayout(self._lead)
        self._lead_column.setContentsMargins(0, 0, 0, 0)
        self._lead_column.setSpacing(Space.XS + 2)
        self._lead_column.addWidget(self._sentence)
        self._label = WrapLabel(sentence, Type.CAPTION, Tone.SECONDARY)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, to_the_right=True)
        self._build(mark)

    def _build(self, mark: QWidget | None) -> None:
        line = QHBoxLayout(self._sentence)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        if mark is not None:
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._label, 1)
        row = LeadLayout(self, spacing=Space.L, lead_width=240)
        row.setContentsMargins(INNER, Space.S + 2, INNER, Space.S + 2)
        row.addWidget(self._lead)
        row.addWidget(self._buttons)

    def add_button(self, text: str) -> Button:
        """Append a plain button; they stand before the filled one."""
        button = Button(text, height=Size.FOOT_BUTTON)
        self._flow.addWidget(button)
        return button

    def finish(self) -> None:
        """Append the filled button, after the plain ones."""
        self._flow.addWidget(self.primary)

    def ask_password(self, prompt: PasswordPrompt) -> None:
        """Put a password field above the sentence."""
        self.prompt = prompt
        self._lead_column.insertWidget(0, prompt)
        prompt.show()
        prompt.confirmed.connect(self.primary.click)

    def set_sentence(self, sentence: str) -> None:
        """Change the sentence."""
        self._label.setText(sentence)
