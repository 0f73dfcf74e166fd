"""The parts of a form: labelled fields with a place for a sentence below them. Native widgets."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from mailcheck_gui.model.field_limits import LONGEST_TEXT
from mailcheck_gui.model.severity import Severity
from mailcheck_gui.ui.control_shapes import attention_of, draw_field, edge_pen, is_fusion
from mailcheck_gui.ui.hint import Hint
from mailcheck_gui.ui.labels import Tone, TypedLabel
from mailcheck_gui.ui.theme import ATTENTION, Size, Space, Type, scaled
from mailcheck_gui.ui.window_shortcuts import leaves_to_window

HINT_DELAY_MS = 250
"""After the last key: short enough to feel immediate, long enough not to flicker."""

_FRAME_AND_INSET = (7, 1, 3, 1)
"""Between the edge of a field and its text: the width of Fusion's frame, and some room."""

NO_GUESSING = (
    Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
    | Qt.InputMethodHint.ImhPreferLowercase
)
"""What is typed here is no word of a language."""


class TextField(QLineEdit):
    """A line for an address, a server or a user name: no corrections by a phone's keyboard.

    On Fusion it paints its own ground and edge, so that it needs no extended style.
    """

    def __init__(self, name: str, *, placeholder: str = "", height: int = Size.CONTROL) -> None:
        super().__init__()
        self._height = height
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(LONGEST_TEXT)
        self.setInputMethodHints(NO_GUESSING)
        self.fit_text()
        if is_fusion():
            self._take_off_frame()

    def _take_off_frame(self) -> None:
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self.setFrame(False)
        self.setTextMargins(*_FRAME_AND_INSET)

    def fit_text(self) -> None:
        """Take the height from the text size."""
        self.setMinimumHeight(scaled(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and edge where the platform does not."""
        if is_fusion():
            pen = edge_pen(
                focused=self.hasFocus(), enabled=self.isEnabled(), attention=attention_of(self)
            )
            draw_field(QPainter(self), QRectF(self.rect()), pen)
        super().paintEvent(event)

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
