"""The keys that work everywhere in the window, as one table. On macOS Ctrl means Command."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def install_shortcuts(window: QWidget, keys: Mapping[str, Callable[[], object]]) -> None:
    """Connect key sequences to actions for as long as the window lives."""
    for sequence, action in keys.items():
        shortcut = QShortcut(QKeySequence(sequence), window)
        shortcut.activated.connect(lambda action=action: action())
