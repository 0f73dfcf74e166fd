"""The question before a password goes to a server that the person has not entered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.ui.buttons import Button
from mailcheck_gui.ui.card import Card, Ground
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import WrapLabel
from mailcheck_gui.ui.layouts import FlowLayout
from mailcheck_gui.ui.theme import Radius, Size, Space, Type


class ConsentCard(Card):
    """Asks inside the page, no dialog. Esc goes back without an answer.

    `agreed` is the yes; `declined` checks the suggested settings without the password. Nothing
    is pressed by default: the keyboard starts on the answer that sends nothing.
    """

    agreed = Signal()
    declined = Signal()
    closed = Signal()

    def __init__(self, hosts: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(Ground.WARNING, padding=Space.L, radius=Radius.INNER, parent=parent)
        names = " \u00b7 ".join(hosts)
        question = self.tr("Send your password to {name}?").format(name=names)
        self._title = WrapLabel(question, Type.STRONG)
        self._send = Button(self.tr("Send it"), height=Size.FOOT_BUTTON)
        self._without = Button(self.tr("Check without password"), height=Size.FOOT_BUTTON)
        self._back = Button(self.tr("Back"), height=Size.FOOT_BUTTON)
        self._send.clicked.connect(self.agreed)
        self._without.clicked.connect(self.declined)
        self._back.clicked.connect(self.closed)
        self._send.setAccessibleName(self.tr("Send the password to {name}").format(name=names))
        self._build()

    def _build(self) -> None:
        sentence = self.tr(
            "You have not entered this server name yourself. Agree only if your provider uses it."
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(WrapLabel(sentence))
        line = QHBoxLayout()
        line.setSpacing(Space.M)
        line.addWidget(IconMark("lock", "warning"), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        buttons = QWidget()
        flow = FlowLayout(buttons, to_the_right=True)
        for button in (self._back, self._without, self._send):
            flow.addWidget(button)
        self.column.setSpacing(Space.M)
        self.column.addLayout(line)
        self.column.addWidget(buttons)

    def question(self) -> str:
        """Return the question."""
        return self._title.plain_text()

    def focus_safe_answer(self) -> None:
        """Put the keyboard on the answer that sends nothing."""
        self._without.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
