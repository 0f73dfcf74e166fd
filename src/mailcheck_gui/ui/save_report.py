"""Ask where a report goes, in the system's own dialog, and write it there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

_FORBIDDEN = '<>:"/\\|?*'


def file_name(title: str) -> str:
    """Return a name for a report that every system accepts."""
    safe = "".join("-" if c in _FORBIDDEN or ord(c) < 0x20 else c for c in title).strip(" .")
    return f"mailcheck-{safe[:60]}.txt" if safe else "mailcheck.txt"


def write_report(path: Path, text: str) -> str:
    """Write a report; return a sentence where that is not possible, else nothing."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        template = QCoreApplication.translate(
            "SaveReport", "The report could not be written to {file} ({reason})."
        )
        return template.format(file=path.name, reason=error.strerror or type(error).__name__)
    return ""


def save_report_as(
    parent: QWidget, title: str, text: str, complain: Callable[[str], None]
) -> QFileDialog:
    """Open the dialog without blocking the window; return it."""
    dialog = QFileDialog(parent, QCoreApplication.translate("SaveReport", "Save report"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("txt")
    dialog.selectFile(file_name(title))

    def write(name: str) -> None:
        problem = write_report(Path(name), text)
        if problem:
            complain(problem)

    dialog.fileSelected.connect(write)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
