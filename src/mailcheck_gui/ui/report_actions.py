"""What can be done with a report: copy it, save it. Its text holds no secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from mailcheck_gui.ui.account_session import AccountSession
from mailcheck_gui.ui.save_report import save_report_as
from mailcheck_gui.ui.translation import translate_template

if TYPE_CHECKING:
    from mailcheck_gui.ui.result_page import ResultView


class ReportActions(QObject):
    """Serves the requests of one result page."""

    def __init__(
        self, session: AccountSession, complain: Callable[[str], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._complain = complain
        self._window = parent
        self._result: ResultView | None = None

    def serve(self, result: ResultView) -> None:
        """Connect the page that shows the reports."""
        self._result = result
        result.copy_report_requested.connect(self.copy)
        result.save_report_requested.connect(self.save)
        result.copy_text_requested.connect(self.copy_text)

    def text(self) -> str:
        """Return the report as plain text; empty where there is none."""
        from mailcheck_gui.reporting.text_report import report_to_text

        report = self._session.report
        return "" if report is None else report_to_text(report, translate_template)

    def copy_text(self, text: str) -> None:
        """Put a sentence for the provider on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def copy(self) -> None:
        """Put the report on the clipboard."""
        if text := self.text():
            QGuiApplication.clipboard().setText(text)
            if self._result is not None:
                self._result.confirm_copied()

    def save(self) -> None:
        """Ask for a file name and write the report there."""
        if text := self.text():
            save_report_as(self._window, self._session.title, text, self._complain)
