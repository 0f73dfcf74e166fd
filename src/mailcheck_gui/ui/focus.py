"""Where the keyboard goes when a page is shown, and what Enter does there."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def focusable(root: QWidget) -> list[QWidget]:
    """Return the visible widgets below a page that the Tab key reaches, in its order."""
    return list(_reached(root))


def focus_first(root: QWidget) -> None:
    """Move the keyboard to the first of them."""
    first = next(_reached(root), None)
    if first is not None:
        first.setFocus(Qt.FocusReason.TabFocusReason)


def _reached(root: QWidget) -> Iterator[QWidget]:
    """Go along the chain of the whole window, which is long: no further than is asked for."""
    widget = root.nextInFocusChain()
    while widget is not root and widget is not None:
        reaches = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if reaches and root.isAncestorOf(widget) and widget.isVisibleTo(root):
            yield widget
        widget = widget.nextInFocusChain()


def press_focused(event: QKeyEvent) -> bool:
    """Press the button under the keyboard with Enter; return whether there was one.

    Outside a dialog Qt's buttons know only Space.
    """
    button = QApplication.focusWidget()
    if event.key() not in ENTER_KEYS or not isinstance(button, QPushButton):
        return False
    button.click()
    return True
