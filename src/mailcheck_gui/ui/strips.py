"""Strips above a page: a question with its answers, or a notice.

Nothing is asked in a dialog: a strip stands where the eye is and leaves the page readable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.finding import Severity
from mailcheck_gui.ui.announcer import Announcer
from mailcheck_gui.ui.buttons import Button
from mailcheck_gui.ui.card import Card, Ground
from mailcheck_gui.ui.form_fields import TextField
from mailcheck_gui.ui.labels import WrapLabel
from mailcheck_gui.ui.layouts import FlowLayout, LeadLayout
from mailcheck_gui.ui.page_margins import page_margins
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import Radius, Space

_GROUNDS = {
    Severity.ERROR: (Ground.ERROR, Shape.ERROR),
    Severity.WARNING: (Ground.WARNING, Shape.WARNING),
    Severity.INFO: (Ground.INFO, Shape.INFO),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A button of a question: what it says, and the key that it is known by."""

    key: str
    words: str


CLOSE = "close"
"""The key of an answer that only takes the strip away."""


class QuestionStrip(Card):
    """One sentence, perhaps a line to type in, and buttons. Hidden until it asks something.

    `answered` carries the key of the pressed button; Esc is the last answer.
    """

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, radius=Radius.INNER, parent=parent)
        self._answers: tuple[Answer, ...] = ()
        self._before: QWidget | None = None  # where the keyboard was before a question
        self._mark = ShapeMark(Shape.INFO, 18)
        self._sentence = WrapLabel()
        self.line = TextField("")
        self._holder = QWidget()
        self._buttons = FlowLayout(self._holder)
        self._announcer = Announcer(self)
        self.column.addWidget(self._content())
        self.hide()

    def _content(self) -> QWidget:
        lead = QWidget()
        row = QHBoxLayout(lead)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._sentence, 1)
        row.addWidget(self.line, 1)
        content = QWidget()
        layout = LeadLayout(content, lead_width=320)
        layout.setContentsMargins(Space.L, Space.S, Space.M, Space.S)
        layout.addWidget(lead)
        layout.addWidget(self._holder)
        return content

    def ask(
        self,
        severity: Severity,
        sentence: str,
        answers: Sequence[Answer],
        *,
        text: str | None = None,
        focus: bool = True,
    ) -> None:
        """Show a sentence with its answers; `text` adds a line that holds it.

        The keyboard goes to the line or to the first answer, unless told otherwise.
        """
        ground, shape = _GROUNDS[severity]
        self.set_ground(ground)
        self._mark.set_shape(shape)
        self._sentence.setText(sentence)
        self.line.setVisible(text is not None)
        self.line.setAccessibleName(sentence)
        self.line.show_text(text or "")
        buttons = self._show_answers(tuple(answers))
        self.show()
        self._announcer.announce_now(sentence)
        if focus and not self.isAncestorOf(QApplication.focusWidget() or self):
            self._before = QApplication.focusWidget()
        target: QWidget | None = self.line if text is not None else next(iter(buttons), None)
        if text is None and severity is Severity.WARNING and buttons:
            target = buttons[-1]  # the answer that does no harm
        if focus and target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.selectAll()

    def tell(self, severity: Severity, sentence: str) -> None:
        """Show a sentence that can only be closed; the keyboard stays where it is."""
        self.ask(severity, sentence, [Answer(CLOSE, self.tr("Close"))], focus=False)

    def _show_answers(self, answers: tuple[Answer, ...]) -> list[Button]:
        self._answers = answers
        while (item := self._buttons.takeAt(0)) is not None:
            button = item.widget()
            if button is not None:
                button.deleteLater()
        made: list[Button] = []
        for answer in answers:
            made.append(Button(answer.words))
            made[-1].clicked.connect(lambda _=False, key=answer.key: self._answer(key))
            self._buttons.addWidget(made[-1])
            made[-1].show()  # else Qt shows it a turn later, and until then it takes no keys
        self._holder.setVisible(bool(made))
        return made

    def _answer(self, key: str) -> None:
        inside = self.isAncestorOf(QApplication.focusWidget() or self)
        before, self._before = self._before, None
        if inside and before is not None and shiboken6.isValid(before) and before.isVisible():
            # Else Qt would give the keyboard to the next widget, in the sidebar.
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.answered.emit(key)

    def sentence(self) -> str:
        """Return what is said, empty while hidden."""
        return "" if self.isHidden() else self._sentence.plain_text()

    def press(self, key: str) -> None:
        """Give an answer as its button does."""
        assert any(answer.key == key for answer in self._answers)
        self._answer(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with Enter in the line, and with Esc for the last answer."""
        if event.key() == Qt.Key.Key_Escape and self._answers:
            self._answer(self._answers[-1].key)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line.hasFocus():
            self._answer(self._answers[0].key)
        else:
            super().keyPressEvent(event)


class StripHolder(QWidget):
    """Keeps a strip in line with the column of the page below; no room while it is hidden."""

    def __init__(self, strip: QWidget) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.addWidget(strip)
        strip.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come and go with the strip."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(event.type() == QEvent.Type.ShowToParent)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay in line with the column of the page."""
        super().resizeEvent(event)
        self.fit_text()

    def fit_text(self) -> None:
        """Take the margins of a page of this width."""
        margin, right = page_margins(self.width())
        self._column.setContentsMargins(margin, Space.L, right, 0)
        self._column.activate()  # at once: else a first picture would have other margins
