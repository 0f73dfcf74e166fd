"""A sentence beside a field, with its one button; it leaves no gap while it is hidden."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mailcheck_gui.model.severity import Severity
from mailcheck_gui.ui.buttons import Button
from mailcheck_gui.ui.card import Card, Ground
from mailcheck_gui.ui.labels import WrapLabel
from mailcheck_gui.ui.layouts import LeadLayout
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import Radius, Space

SHAPES = {
    Severity.ERROR: Shape.ERROR,
    Severity.WARNING: Shape.WARNING,
    Severity.INFO: Shape.INFO,
}
_GROUNDS = {
    Severity.ERROR: Ground.ERROR,
    Severity.WARNING: Ground.WARNING,
    Severity.INFO: Ground.INFO,
}


class Hint(Card):
    """A tinted card: shape, sentence, at most one button. Hidden until it has something to say."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, radius=Radius.INNER, parent=parent)
        self._mark = ShapeMark(Shape.INFO, 18)
        self._sentence = WrapLabel()
        self._button = Button("")
        self._button.clicked.connect(self.pressed)
        self.column.addWidget(self._content())
        self.hide()

    def _content(self) -> QWidget:
        lead = QWidget()
        row = QHBoxLayout(lead)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S + 2)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._sentence, 1)
        content = QWidget()
        layout = LeadLayout(content, spacing=Space.M, lead_width=180)
        layout.setContentsMargins(Space.M, Space.S - 1, Space.S, Space.S - 1)
        layout.addWidget(lead)
        layout.addWidget(self._button)
        return content

    def show_hint(self, severity: Severity, sentence: str, button: str = "") -> None:
        """Show a sentence; without words for it the button is left out."""
        self.set_ground(_GROUNDS[severity])
        self._mark.set_shape(SHAPES[severity])
        self._sentence.setText(sentence)
        self._button.set_words(button)
        self._button.setVisible(bool(button))
        self.show()

    def clear(self) -> None:
        """Say nothing and take no room."""
        self.hide()

    def sentence(self) -> str:
        """Return what is said, empty while hidden."""
        return "" if self.isHidden() else self._sentence.plain_text()

    def button(self) -> Button:
        """Return the button, for the order of the tab key."""
        return self._button
