"""The head of a page: a title, a sentence below it, and actions at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.layouts import FlowLayout, LeadLayout
from mailcheck_gui.ui.theme import Space, Type


class PageHeader(QWidget):
    """Title and sentence; widgets added to `buttons` stand at the right, or below when narrow."""

    def __init__(self, title: str = "", sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = WrapLabel(title, Type.TITLE)
        self._sentence = WrapLabel(sentence, Type.BODY, Tone.SECONDARY)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        holder = QWidget()
        self.buttons = FlowLayout(holder, spacing=Space.S)
        row = LeadLayout(self, spacing=Space.M, lead_width=300)
        row.addWidget(words)
        row.addWidget(holder)
        self.set_sentence(sentence)

    def set_texts(self, title: str, sentence: str) -> None:
        """Change title and sentence."""
        self._title.setText(title)
        self.set_sentence(sentence)

    def set_sentence(self, sentence: str) -> None:
        """Change the sentence; without one there is no room for it either."""
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))

    def title(self) -> str:
        """Return the title."""
        return self._title.plain_text()

    def sentence(self) -> str:
        """Return the sentence."""
        return self._sentence.plain_text()
