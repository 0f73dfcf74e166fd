"""The keys that work everywhere in the window, as one table. On macOS Ctrl means Command."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

_NOT_FOR_FIELDS = frozenset({"Ctrl+E"})
"""Keys of the window that a text field would take on X11: there Ctrl+E goes to the line's end."""


def install_shortcuts(window: QWidget, keys: Mapping[str, Callable[[], object]]) -> None:
    """Connect key sequences to actions for as long as the window lives."""
    from PySide6.QtGui import QKeySequence, QShortcut

    for sequence, action in keys.items():
        shortcut = QShortcut(QKeySequence(sequence), window)
        shortcut.activated.connect(lambda action=action: action())


def leaves_to_window(event: QEvent) -> bool:
    """Return whether a field has to leave a key press to the window.

    Qt asks the widget with the keyboard first, by `ShortcutOverride`.
    """
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    from PySide6.QtGui import QKeyEvent, QKeySequence  # lists of keys that can wait for one

    if not isinstance(event, QKeyEvent):
        return False
    return QKeySequence(event.keyCombination()).toString() in _NOT_FOR_FIELDS
