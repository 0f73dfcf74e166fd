"""Something one press below: a link that opens and closes what belongs to it."""

from __future__ import annotations

from collections.abc import Callable

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
        self,
        words: str,
        make_content: Callable[[], QWidget],
        subject: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._subject = subject
        self._make_content = make_content
        self._content: QWidget | None = None
        self.link = Link(words, "chevron-right")
        self.link.clicked.connect(self.toggle)
        self._motion = QPropertyAnimation(self)
        self._motion.setPropertyName(b"maximumHeight")
        self._motion.setDuration(_OPENING_MS)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.finished.connect(self._unlimit)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self._column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self._name_for_ears()

    def is_open(self) -> bool:
        """Return whether the content is shown."""
        return self._content is not None and not self._content.isHidden()

    def toggle(self) -> None:
        """Open what is closed, close what is open."""
        if self.is_open():
            self.close_content()
        else:
            self.open_content()

    def open_content(self) -> None:
        """Show the content; it is made when it is opened first."""
        if self._content is None:
            self._content = self._make_content()
            self._column.addWidget(self._content)
            self._motion.setTargetObject(self._content)
        self.link.set_words(self._words, "chevron-down")
        if not wants_less_motion() and self.isVisible():
            self._motion.setStartValue(0)
            self._motion.setEndValue(max(self._content.sizeHint().height(), 1))
            self._content.setMaximumHeight(0)
            self._motion.start()
        self._content.show()
        self._name_for_ears()
        self.opened.emit()

    def close_content(self) -> None:
        """Hide the content; the keyboard goes back to the link if it was inside."""
        if self._content is None:
            return
        inside = self._content.isAncestorOf(self.focusWidget() or self)
        self._motion.stop()
        self._unlimit()
        self._content.hide()
        self.link.set_words(self._words, "chevron-right")
        self._name_for_ears()
        if inside:
            self.link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unlimit(self) -> None:
        if self._content is not None:
            self._content.setMaximumHeight(_UNLIMITED)

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
