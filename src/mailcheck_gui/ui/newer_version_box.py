"""The tick that allows to look for a newer version."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from mailcheck_gui.ui.check_box import CheckBox


def newer_version_box() -> CheckBox:
    """Return the tick; it is off until the person sets it."""
    words = QCoreApplication.translate("NewerVersionCard", "Look for a newer version once a day")
    return CheckBox(words)
