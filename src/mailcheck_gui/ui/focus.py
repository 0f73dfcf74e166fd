"""Where the keyboard goes when a page is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


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
