"""Where the keyboard goes when a page is shown, and what Enter does there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def focusable(root: QWidget) -> list[QWidget]:
    """Return the visible widgets below a page that the Tab key reaches, in its order."""
    found: list[QWidget] = []
    widget = root.nextInFocusChain()
    while widget is not root and widget is not None:
        reaches = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if reaches and root.isAncestorOf(widget) and widget.isVisibleTo(root):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def focus_first(root: QWidget) -> None:
    """Move the keyboard to the first of them."""
    for widget in focusable(root)[:1]:
        widget.setFocus(Qt.FocusReason.TabFocusReason)


def press_focused(event: QKeyEvent) -> bool:
    """Press the button under the keyboard with Enter; return whether there was one.

    Outside a dialog Qt's buttons know only Space.
    """
    button = QApplication.focusWidget()
    if event.key() not in ENTER_KEYS or not isinstance(button, QPushButton):
        return False
    button.click()
    return True
