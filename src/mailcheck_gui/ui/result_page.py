"""The page of a finished check: verdict, what to change, ports, findings, transcript, report."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from mailcheck_gui.model.report import Report
from mailcheck_gui.ui.requests import ResultContext


class ResultView(QWidget):
    """Shows one report and says what the person wants next. Holds no engine code."""

    edit_requested = Signal()
    check_again_requested = Signal()
    apply_requested = Signal(object)  # ApplyRequest
    passwords_entered = Signal(object)  # TypedPasswords: check again with these
    undo_requested = Signal()
    leave_practice_requested = Signal()
    copy_report_requested = Signal()
    save_report_requested = Signal()
    copy_text_requested = Signal(object)  # str: a question for the provider, to the clipboard

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menu = QMenu(self)

    def show_report(self, report: Report, context: ResultContext) -> None:
        """Show a report from the top of the page."""

    def apply(self) -> None:
        """Press the verdict's filled button, if there is one (Ctrl+Enter)."""

    def close_evidence(self) -> bool:
        """Close the evidence that was opened last (Esc); return whether any was open."""
        return False

    def focus_verdict(self) -> None:
        """Move the keyboard to the verdict (after Cancel had it)."""

    def confirm_copied(self) -> None:
        """Show for two seconds that the report is on the clipboard."""
