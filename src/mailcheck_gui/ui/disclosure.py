"""Something one press below: a link that opens and closes what belongs to it."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.ui.buttons import Link
from mailcheck_gui.ui.theme import Space, wants_less_motion

_OPENING_MS = 120
_UNLIMITED = 16777215


class Disclosure(QWidget):
    """Opens in 120 milliseconds, at once under less motion. Esc closes it again."""

    opened = Signal()

    def __init__(
        self, words: str, content: QWidget, subject: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._subject = subject
        self._content = content
        self.link = Link(words, "chevron-right")
        self.link.clicked.connect(self.toggle)
        self._motion = QPropertyAnimation(content, b"maximumHeight", self)
        self._motion.setDuration(_OPENING_MS)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.finished.connect(lambda: content.setMaximumHeight(_UNLIMITED))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(content)
        content.hide()
        self._name_for_ears()

    def is_open(self) -> bool:
        """Return whether the content is shown."""
        return not self._content.isHidden()

    def toggle(self) -> None:
        """Open what is closed, close what is open."""
        if self.is_open():
            self.close_content()
        else:
            self.open_content()

    def open_content(self) -> None:
        """Show the content."""
        self.link.set_words(self._words, "chevron-down")
        if not wants_less_motion() and self.isVisible():
            height = max(self._content.sizeHint().height(), 1)
            self._content.setMaximumHeight(0)
            self._motion.setStartValue(0)
            self._motion.setEndValue(height)
            self._motion.start()
        self._content.show()
        self._name_for_ears()
        self.opened.emit()

    def close_content(self) -> None:
        """Hide the content; the keyboard goes back to the link if it was inside."""
        inside = self._content.isAncestorOf(self.focusWidget() or self)
        self._motion.stop()
        self._content.setMaximumHeight(_UNLIMITED)
        self._content.hide()
        self.link.set_words(self._words, "chevron-right")
        self._name_for_ears()
        if inside:
            self.link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_for_ears(self) -> None:
        state = self.tr("open") if self.is_open() else self.tr("closed")
        parts = (self._words, self._subject, state)
        self.link.setAccessibleName(", ".join(part for part in parts if part))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.is_open():
            self.close_content()
            return
        super().keyPressEvent(event)
