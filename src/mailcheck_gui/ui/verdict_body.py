"""The body of the verdict card: a table, steps, or both sides as they were tried."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailcheck_gui.model.account import SIDES
from mailcheck_gui.model.finding import Finding, Severity
from mailcheck_gui.model.report import Report, Verdict
from mailcheck_gui.reporting.side_standing import SideStanding, side_standing
from mailcheck_gui.ui.cure_steps import main_causes, provider_letter
from mailcheck_gui.ui.note_line import NoteLine
from mailcheck_gui.ui.password_prompt import PasswordPrompt
from mailcheck_gui.ui.result_kind import (
    ResultKind,
    all_signed_in,
    password_refused,
    result_kind,
)
from mailcheck_gui.ui.server_words import endpoint_text, side_with_protocol
from mailcheck_gui.ui.settings_rows import changed_sides
from mailcheck_gui.ui.settings_table import SettingsTable
from mailcheck_gui.ui.severity import Shape
from mailcheck_gui.ui.side_line import SideLine
from mailcheck_gui.ui.steps import Steps
from mailcheck_gui.ui.translation import translate_message
from mailcheck_gui.ui.works_columns import WorksColumns


class VerdictBody(QWidget):
    """What stands between head and foot. `prompt` is set where a step asks for a password."""

    copy_text_requested = Signal(object)  # str
    details_requested = Signal(object)  # Finding

    def __init__(
        self, report: Report, *, separate_passwords: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._report = report
        self._separate = separate_passwords
        self.prompt: PasswordPrompt | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        builders = {
            ResultKind.CHANGE: self._build_table,
            ResultKind.NO_CURE: self._build_steps,
            ResultKind.FINE: self._build_columns,
            ResultKind.INCOMPLETE: self._build_columns,
        }
        builder = builders.get(result_kind(report))
        if builder is not None:
            builder()

    def _build_table(self) -> None:
        works = all_signed_in(self._report.suggestion.changes)
        self._column.addWidget(SettingsTable(changed_sides(self._report), works=works))
        self._add_side_lines()

    def _build_columns(self) -> None:
        self._column.addWidget(WorksColumns(self._report))
        finding = worth_knowing(self._report)
        if finding is not None:
            note = NoteLine(finding)
            note.details_requested.connect(self.details_requested)
            self._column.addWidget(note)

    def _build_steps(self) -> None:
        steps = Steps()
        steps.copy_requested.connect(self.copy_text_requested)
        for finding in main_causes(self._report):
            remedy, why = finding.remedy, finding.explanation
            steps.add_step(translate_message(remedy), translate_message(why))
        letter = provider_letter(self._report)
        if letter:
            detail = self.tr("It says what was seen, and holds no password.")
            steps.add_letter(self.tr("Send your provider this text"), detail, letter)
        self._add_last_step(steps)
        self._column.addWidget(steps)
        self._add_side_lines()

    def _add_last_step(self, steps: Steps) -> None:
        if password_refused(self._report):
            self.prompt = PasswordPrompt(separate=self._separate)
            detail = self.tr("Later, put the same password into your mail program.")
            title = self.tr("Enter the password here and check again")
            steps.add_step(title, detail, self.prompt)
        else:
            steps.add_step(self.tr("Check again when that is done"))

    def _add_side_lines(self) -> None:
        """Say what becomes of the other sides; nothing where no side has better news."""
        standings = {side_standing(self._report, role) for role, _ in self._report.account.sides()}
        if standings <= {SideStanding.NO_CURE, SideStanding.NO_CURE_SO_FAR}:
            return
        for role in SIDES:
            server = self._report.account.server(role)
            side = self._report.suggestion.side(role)
            if server is None or side.changes:
                continue
            shape, remark = self._remark(side_standing(self._report, role))
            name = side_with_protocol(role, server)
            self._column.addWidget(SideLine(shape, name, endpoint_text(server), remark))

    def _remark(self, standing: SideStanding) -> tuple[Shape, str]:
        match standing:
            case SideStanding.NO_CURE:
                return Shape.ERROR, self.tr("No setting helps here")
            case SideStanding.NO_CURE_SO_FAR:
                return Shape.ERROR, self.tr("No better setting known: the check was stopped")
            case SideStanding.NOT_KNOWN:
                return Shape.NOT_TESTED, self.tr("Not known: the check was stopped")
            case SideStanding.WORKS:
                return Shape.WORKS, self.tr("No change needed")
        return Shape.NOT_TESTED, self.tr("Sign-in not tested")


def worth_knowing(report: Report) -> Finding | None:
    """Return the first finding that the head of the card has not said yet, if there is one.

    The head of a warning says its first warning; that a sign-in was not tried, the badges say.
    """
    said = 1 if report.verdict is Verdict.WARNING else 0
    rest = [finding for finding in report.findings if finding.code != "sign-in-not-tested"][said:]
    return next((finding for finding in rest if finding.severity is not Severity.ERROR), None)
