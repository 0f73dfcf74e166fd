"""The tick that allows to look for a newer version."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox


def newer_version_box() -> QCheckBox:
    """Return the tick; it is off until the person sets it."""
    words = QCoreApplication.translate("NewerVersionCard", "Look for a newer version once a day")
    box = QCheckBox(words)
    box.setAccessibleName(box.text())
    return box
