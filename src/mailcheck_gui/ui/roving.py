"""One tab stop for a group of widgets; the arrow keys move inside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_FORWARD = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down})
_BACKWARD = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up})


class RovingFocus(QObject):
    """Gives the keyboard to one member of a group, and lets the arrow keys choose which."""

    def __init__(self, group: QWidget) -> None:
        super().__init__(group)
        self._members: list[QWidget] = []

    def set_members(self, members: Sequence[QWidget]) -> None:
        """Take the members in the order of the arrow keys; the first one is the tab stop."""
        self._members = list(members)
        for index, member in enumerate(self._members):
            member.setFocusPolicy(_policy(current=index == 0))
            member.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the focus on an arrow key; remember where it was last."""
        if watched not in self._members:
            return False
        if event.type() == QEvent.Type.FocusIn:
            self._stop_at(watched)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._move(watched, event.key())
        return False

    def _stop_at(self, current: QObject) -> None:
        for member in self._members:
            member.setFocusPolicy(_policy(current=member is current))

    def _move(self, current: QObject, key: int) -> bool:
        step = (key in _FORWARD) - (key in _BACKWARD)
        if not step:
            return False
        index = next(i for i, member in enumerate(self._members) if member is current)
        target = self._members[max(0, min(len(self._members) - 1, index + step))]
        target.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


def _policy(*, current: bool) -> Qt.FocusPolicy:
    return Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus
