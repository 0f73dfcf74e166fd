"""The page of a finished check: verdict, what to change, ports, findings, transcript, report."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from mailcheck_gui.model.finding import Finding
from mailcheck_gui.model.report import Report
from mailcheck_gui.ui.announcer import Announcer
from mailcheck_gui.ui.buttons import Button, QuietButton
from mailcheck_gui.ui.disclosure import Disclosure
from mailcheck_gui.ui.finding_card import FindingCard
from mailcheck_gui.ui.labels import WrapLabel
from mailcheck_gui.ui.last_step_card import LastStepCard
from mailcheck_gui.ui.message_trip_card import MessageTripCard
from mailcheck_gui.ui.not_tested_card import NotTestedCard
from mailcheck_gui.ui.page import Page
from mailcheck_gui.ui.page_header import PageHeader
from mailcheck_gui.ui.port_map_card import PortMapCard
from mailcheck_gui.ui.port_tiles import report_tiles
from mailcheck_gui.ui.practice_strip import PracticeStrip
from mailcheck_gui.ui.report_card import ReportCard
from mailcheck_gui.ui.requests import ResultContext
from mailcheck_gui.ui.result_kind import (
    ResultKind,
    lacks_password,
    may_send_test,
    result_kind,
)
from mailcheck_gui.ui.theme import Space, Type
from mailcheck_gui.ui.times import moment_text, seconds_text
from mailcheck_gui.ui.transcript_view import TranscriptView
from mailcheck_gui.ui.verdict_card import VerdictCard


class ResultView(Page):
    """Shows one report and says what the person wants next. Holds no engine code.

    `menu` is the menu behind the three dots: the window adds its own actions to it.
    """

    edit_requested = Signal()
    check_again_requested = Signal()
    apply_requested = Signal(object)  # ApplyRequest
    passwords_entered = Signal(object)  # TypedPasswords: check again with these
    undo_requested = Signal()
    leave_practice_requested = Signal()
    copy_report_requested = Signal()
    save_report_requested = Signal()
    copy_text_requested = Signal(object)  # str: a question for the provider, to the clipboard
    trip_offered = Signal(object)  # MessageTripCard of the report that is shown, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menu = QMenu(self)
        self._strip = PracticeStrip()
        self._strip.leave_requested.connect(self.leave_practice_requested)
        self._header = PageHeader()
        self._undo = Button(self.tr("Undo"), "undo")
        self._edit = Button(self.tr("Edit settings"), "pencil")
        self._again = Button(self.tr("Check again"), "refresh")
        self._more = QuietButton("more", self.tr("More"))
        self._more.setMenu(self.menu)
        self._content: QWidget | None = None
        self._verdict: VerdictCard | None = None
        self._report_card: ReportCard | None = None
        self._trip: MessageTripCard | None = None
        self._cards: list[FindingCard] = []
        self._opened: list[Disclosure] = []
        self._announcer = Announcer(self)
        self._build_header()

    def _build_header(self) -> None:
        self._undo.clicked.connect(self.undo_requested)
        self._edit.clicked.connect(self.edit_requested)
        self._again.clicked.connect(self.check_again_requested)
        for button in (self._undo, self._edit, self._again, self._more):
            self._header.buttons.addWidget(button)
        self.column.addWidget(self._strip)
        self.column.addWidget(self._header)

    def show_report(self, report: Report, context: ResultContext) -> None:
        """Show a report from the top of the page, and announce its verdict."""
        for _ in self.showing(report, context):
            pass

    def showing(self, report: Report, context: ResultContext) -> Iterator[None]:
        """Show a report in steps, each short enough for one turn of the event loop.

        What was shown before stays until the last step.
        """
        content = QWidget()
        yield from self._fill(content, report, context)
        self._header.set_texts(context.title, self._when(report))
        self._strip.setVisible(context.practice)
        self._undo.setVisible(context.can_undo)
        self._replace_content(content)
        yield
        self.trip_offered.emit(self._trip)
        self._order_tabs()
        self.settle()
        self.verticalScrollBar().setValue(0)
        if self._verdict is not None:
            self._announcer.announce_now(self._verdict.head.spoken())

    def _when(self, report: Report) -> str:
        moment = moment_text(report.started)
        template = self.tr("Checked {moment}, finished in {seconds} seconds")
        if report.cancelled:
            template = self.tr("Checked {moment}, stopped after {seconds} seconds")
        elif lacks_password(report):
            template = self.tr("Checked {moment} without password, finished in {seconds} seconds")
        return template.format(moment=moment, seconds=seconds_text(report.duration_ms))

    def _replace_content(self, content: QWidget) -> None:
        if self._content is not None:
            self.column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self.column.addWidget(content)
        content.show()  # else Qt shows it one turn of the event loop later, after a first layout

    def _fill(self, content: QWidget, report: Report, context: ResultContext) -> Iterator[None]:
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        self._opened = []
        self._verdict = self._make_verdict(report, context)
        column.addWidget(self._verdict)
        yield
        if context.applied and result_kind(report) is ResultKind.FINE:
            last_step = LastStepCard(context.applied)
            last_step.copy_requested.connect(self.copy_text_requested)
            column.addWidget(last_step)
        self._trip = MessageTripCard() if may_send_test(report) else None
        if self._trip is not None:
            column.addWidget(self._trip)
        tiles = report_tiles(report)
        if tiles and result_kind(report) is not ResultKind.OFFLINE:
            column.addWidget(PortMapCard(report, tiles))
        yield
        self._add_findings(column, report)
        yield
        self._add_background(column, report)
        yield

    def _make_verdict(self, report: Report, context: ResultContext) -> VerdictCard:
        card = VerdictCard(report, context)
        card.apply_requested.connect(self.apply_requested)
        card.check_again_requested.connect(self.check_again_requested)
        card.passwords_entered.connect(self.passwords_entered)
        card.save_report_requested.connect(self.save_report_requested)
        card.copy_text_requested.connect(self.copy_text_requested)
        card.details_requested.connect(self._show_finding)
        return card

    def _add_findings(self, column: QVBoxLayout, report: Report) -> None:
        self._cards = [FindingCard(finding) for finding in report.findings]
        if not self._cards:
            return
        group = QVBoxLayout()
        group.setSpacing(Space.S)
        group.addWidget(WrapLabel(self.tr("What the check found"), Type.SUBTITLE))
        for card in self._cards:
            group.addWidget(card)
            if card.disclosure is not None:
                self._watch(card.disclosure)
        column.addLayout(group)

    def _add_background(self, column: QVBoxLayout, report: Report) -> None:
        if report.not_tested:
            column.addWidget(NotTestedCard(report.not_tested))
        if report.observations.transcript:
            transcript = TranscriptView(report.observations.transcript)
            self._watch(transcript.disclosure)
            column.addWidget(transcript)
        self._report_card = ReportCard()
        self._report_card.save_requested.connect(self.save_report_requested)
        self._report_card.copy_requested.connect(self.copy_report_requested)
        column.addWidget(self._report_card)

    def _watch(self, disclosure: Disclosure) -> None:
        disclosure.opened.connect(lambda: self._opened.append(disclosure))

    def _order_tabs(self) -> None:
        """Let the header's buttons follow the verdict's: the next step comes first."""
        foot = self._verdict.foot if self._verdict is not None else None
        if foot is None:
            return
        before: QWidget = foot.primary
        for button in (self._undo, self._edit, self._again, self._more):
            QWidget.setTabOrder(before, button)
            before = button

    def _show_finding(self, finding: Finding) -> None:
        for card in self._cards:
            if card.finding is finding:
                self.ensureWidgetVisible(card)
                if card.disclosure is not None:
                    card.disclosure.link.setFocus(Qt.FocusReason.OtherFocusReason)

    def apply(self) -> None:
        """Press the verdict's filled button, if there is one (Ctrl+Enter)."""
        if self._verdict is not None:
            self._verdict.press_primary()

    def close_evidence(self) -> bool:
        """Close the evidence that was opened last (Esc); return whether any was open."""
        while self._opened:
            disclosure = self._opened.pop()
            if disclosure.is_open():
                disclosure.close_content()
                return True
        return False

    def focus_verdict(self) -> None:
        """Move the keyboard to the verdict (after Cancel had it)."""
        if self._verdict is not None:
            self._verdict.head.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm_copied(self) -> None:
        """Show for two seconds that the report is on the clipboard."""
        if self._report_card is not None:
            self._report_card.confirm_copied()

    def verdict(self) -> VerdictCard | None:
        """Return the verdict card of the report that is shown."""
        return self._verdict
