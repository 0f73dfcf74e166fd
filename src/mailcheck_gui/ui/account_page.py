"""One account: its form, its running check, its result, in one place that changes its state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from mailcheck_gui.model.account import SIDES
from mailcheck_gui.model.event import CheckEvent, CheckFinished
from mailcheck_gui.model.finding import Severity
from mailcheck_gui.model.report import Report
from mailcheck_gui.ui.account_finder import AccountFinder
from mailcheck_gui.ui.account_form import AccountForm
from mailcheck_gui.ui.account_keeper import AccountKeeper
from mailcheck_gui.ui.account_rows import AccountRow, account_row
from mailcheck_gui.ui.account_session import AccountSession
from mailcheck_gui.ui.account_views import AccountViews, View
from mailcheck_gui.ui.buttons import Link, QuietButton
from mailcheck_gui.ui.check_starter import CheckStarter, ReadyCheck
from mailcheck_gui.ui.engine_runner import EngineRunner
from mailcheck_gui.ui.engine_thread import RunCrashed, RunStopped
from mailcheck_gui.ui.focus import focus_first
from mailcheck_gui.ui.message_trip_desk import MessageTripDesk
from mailcheck_gui.ui.report_actions import ReportActions
from mailcheck_gui.ui.requests import ApplyRequest, FillRequest, TypedPasswords
from mailcheck_gui.ui.services import Services
from mailcheck_gui.ui.strips import QuestionStrip, StripHolder

if TYPE_CHECKING:
    from mailcheck_gui.ui.check_page import CheckingView
    from mailcheck_gui.ui.result_page import ResultView


_LAST = object()


class AccountPage(QWidget):
    """Runs the checks of one account and shows them; what is saved is `AccountKeeper`'s work."""

    row_changed = Signal()
    removed = Signal(str)
    leave_practice_requested = Signal()

    def __init__(
        self,
        services: Services,
        session: AccountSession,
        *,
        practice: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self.session = session
        self._practice = practice
        self.practice_account = ""  # the id of the practice account that this page was made for
        self._was_on_cancel = False
        self.form = AccountForm(services.providers)
        self.strip = QuestionStrip()
        self.runner = EngineRunner(self)
        self.keeper = AccountKeeper(services, session, self.form, self.strip, self)
        self.starter = CheckStarter(services, session, self.form, self.keeper, self)
        self.report = ReportActions(session, self._complain, self)
        self._views = AccountViews(self.form)
        self.finder = AccountFinder(
            services, session, self.form, self._views, lambda: self.practice, self
        )
        self.trips = MessageTripDesk(services, session, lambda: self.practice, self)
        self._build()
        self._connect()
        self.show_settings()

    def _build(self) -> None:
        self._more = QuietButton("more", self.tr("More"))
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self._last_result = Link(self.tr("Show the result"), "chevron-right")
        self.form.header.buttons.addWidget(self._last_result)
        self.form.header.buttons.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(StripHolder(self.strip))
        column.addWidget(self._views, 1)

    def _connect(self) -> None:
        self.form.check_requested.connect(self.check)
        self.form.edited.connect(self._on_edited)
        self.form.save_requested.connect(self.save)
        self.form.keychain_wanted.connect(self.keeper.look_at_keychain)
        self.keeper.changed.connect(self._on_kept)
        self.keeper.removed.connect(lambda: self.removed.emit(self.session.id))
        self.starter.form_wanted.connect(lambda: self._show(View.FORM))
        self.starter.ready.connect(self._start)
        self.runner.happened.connect(self._on_event)
        self.finder.view_wanted.connect(self._show)
        self.finder.fill_requested.connect(self.fill)
        self.finder.crashed.connect(self._tell_crash)
        self.trips.crashed.connect(self._tell_crash)
        self._last_result.clicked.connect(self._show_report)
        self._menu.aboutToShow.connect(lambda: self._fill(self._menu))
        self._views.checking_made.connect(self._connect_checking)
        self._views.result_made.connect(self._connect_result)
        self._views.leave_practice_requested.connect(self.leave_practice_requested)

    def _connect_checking(self, view: CheckingView) -> None:
        view.cancel_requested.connect(self.cancel)

    def _connect_result(self, view: ResultView) -> None:
        view.edit_requested.connect(self.show_form)
        view.check_again_requested.connect(self.check)
        view.apply_requested.connect(self.apply)
        view.passwords_entered.connect(self._on_passwords)
        view.undo_requested.connect(self.undo)
        view.trip_offered.connect(self.trips.serve)
        view.menu.aboutToShow.connect(lambda: self._fill(view.menu))
        self.report.serve(view)

    # What is shown

    @property
    def view(self) -> View:
        """What is shown now."""
        return self._views.view

    @property
    def checking(self) -> CheckingView:
        """The view of a running check."""
        return self._views.checking

    @property
    def result(self) -> ResultView:
        """The view of a report."""
        return self._views.result

    def _show(self, view: View) -> None:
        self._views.show_view(view)
        self._show_practice()
        self.row_changed.emit()

    @property
    def practice(self) -> bool:
        """Whether nothing here is real."""
        return self._practice or self.session.practice

    def set_practice(self, *, practice: bool) -> None:
        """Enter or leave practice mode for the whole window."""
        self._practice = practice
        self.starter.withdraw()
        self.session.look_afresh()
        self._show_practice()

    def _show_practice(self) -> None:
        self._views.show_practice(practice=self.practice)

    def row(self) -> AccountRow:
        """Return the account as sidebar and table show it."""
        saved = self.session.saved
        return account_row(
            self.session.id,
            self.session.title or self.tr("New check"),
            self.session.draft,
            self.session.checked,
            saved=saved is not None,
            running=self.runner.running,
        )

    def show_settings(self) -> None:
        """Fill the form from the session."""
        self.form.show_draft(self.session.draft)
        self.session.show(self.form.draft())
        self._show_heading()
        self.keeper.show_kept()
        self._show_practice()

    def _show_heading(self) -> None:
        saved = self.session.saved
        named = saved is not None or self.session.draft.name or self.session.report is not None
        title = self.session.title if named else self.tr("New check")
        sentence = self.tr(
            "Enter what your provider or your mail program says. You can leave fields empty."
        )
        self.form.header.set_texts(title, sentence)
        self._more.setVisible(saved is not None)
        self._last_result.setVisible(self.session.report is not None)

    def show_passwords(self, typed: TypedPasswords) -> None:
        """Put passwords into the form and remember them."""
        self.form.show_passwords(typed)
        self.session.remember(typed)

    def show_form(self) -> None:
        """Go to the form; the keyboard to its first field."""
        self.show_settings()
        self._show(View.FORM)
        self.form.take_focus()

    def take_focus(self) -> None:
        """Move the keyboard to what matters in what is shown."""
        if self.view is View.RESULT:
            self.result.focus_verdict()
        elif self.view is View.FORM:
            self.form.take_focus()
        elif self.view is View.FINDING:
            self._views.finding.take_focus()
        else:
            focus_first(self.checking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels what runs, or closes the evidence that was opened last."""
        if event.key() == Qt.Key.Key_Escape:
            if self.runner.running or self.finder.running or self.trips.runner.running:
                self.cancel()
                return
            if self.view is View.RESULT and self.result.close_evidence():
                return
        super().keyPressEvent(event)

    def ask_name(self) -> None:
        """Ask for another name of the account."""
        self.keeper.ask_name()

    def ask_delete(self) -> None:
        """Ask whether the account is to be deleted."""
        self.keeper.ask_delete()

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        if self.session.saved is None:
            menu.addAction(self.tr("Save account"), self.save)
            return
        menu.addAction(self.tr("Rename"), self.ask_name)
        menu.addAction(self.tr("Delete account"), self.ask_delete)

    def _on_edited(self) -> None:
        self.session.edit(self.form.draft())
        self._show_practice()
        self.row_changed.emit()

    def _on_kept(self) -> None:
        self._show_heading()
        self.row_changed.emit()

    def save(self) -> None:
        """Save the account as it stands in the form, tidied."""
        self.form.settle()
        self.session.edit(self.form.draft())
        self.session.remember(self.form.passwords())
        self.keeper.save()

    def _complain(self, sentence: str) -> None:
        self.strip.tell(Severity.ERROR, sentence)

    def _tell_crash(self, error: str) -> None:
        template = self.tr("A fault in Mailcheck ended this ({error}). Nothing was changed.")
        self._complain(template.format(error=error))

    # Finding and checking

    def find_settings(self) -> None:
        """Look for the settings of the address in the form."""
        if not self.runner.running:
            self.finder.begin()

    @Slot(object)
    def fill(self, request: FillRequest) -> None:
        """Put settings that were found into the form; check them, or show them there."""
        self.session.fill(request)
        self._show_applied()
        self._show(View.FORM)
        if request.check:
            self.check()
            return
        if not any(request.candidate.proof(role) for role in SIDES):
            self.form.note_guess()
        self.form.take_focus()

    def check(self) -> None:
        """Check what is in the form, tidied, or say there what is in the way."""
        if not self.runner.running and not self.finder.running:
            self.form.settle()
            self.starter.begin(practice=self.practice)

    @Slot(object)
    def _start(self, ready: ReadyCheck) -> None:
        self.strip.hide()
        self.trips.leave()
        self.checking.start(self.session.title, ready.account)
        self.runner.start(ready.job)
        self._show(View.CHECKING)

    def go(self) -> None:
        """Do the obvious next step of what is shown: check, use or apply (Ctrl+Enter)."""
        if self.view is View.RESULT:
            self.result.apply()
        elif self.view is View.FINDING:
            self._views.finding.press_primary()
        else:
            self.check()

    def cancel(self) -> None:
        """Stop what runs; what is known until then is shown."""
        self.finder.cancel()
        self.trips.runner.cancel()
        if self.runner.running:
            self._was_on_cancel = self.checking.cancel_has_focus()
            self.checking.show_cancelling()
            self.runner.cancel()

    @Slot(object)
    def _on_event(self, event: CheckEvent | RunStopped | RunCrashed) -> None:
        if isinstance(event, CheckFinished):
            self._finish(event.report)
        elif isinstance(event, RunStopped):
            self._show(View.FORM)
        elif isinstance(event, RunCrashed):
            self._show(View.FORM)
            self._tell_crash(event.error)
        else:
            self.checking.handle(event)

    def _finish(self, report: Report) -> None:
        """Build the result a step a turn of the event loop, so that the window stays awake."""
        self.session.take_report(report)
        self.keeper.keep_verdict()
        context = self.session.context(practice=self.practice)
        self._go_on_showing(self.result.showing(report, context))

    def _go_on_showing(self, steps: Iterator[None]) -> None:
        if self.runner.running:  # F5 was faster
            return
        if next(steps, _LAST) is _LAST:
            self._show_finished()
        else:
            QTimer.singleShot(0, self, lambda: self._go_on_showing(steps))

    def _show_finished(self) -> None:
        self._show_heading()
        focus = self._was_on_cancel or self.checking.cancel_has_focus()
        self._was_on_cancel = False
        self._show(View.RESULT)
        if focus:
            self.result.focus_verdict()

    def _fill_result(self) -> None:
        if self.session.report is not None:
            context = self.session.context(practice=self.practice)
            self.result.show_report(self.session.report, context)
            self._show_heading()

    def _show_report(self) -> None:
        if self.session.report is not None:
            self._fill_result()
            self._show(View.RESULT)

    # What a result page asks for

    @Slot(object)
    def apply(self, request: ApplyRequest) -> None:
        """Put suggested values into the form and check them."""
        self.session.apply(request)
        self._show_applied()
        self.keeper.keep_settings()
        self.check()

    def undo(self) -> None:
        """Go back to the settings and the result from before Apply."""
        if self.session.can_undo and not self.runner.running:
            self.session.undo()
            self._show_applied()
            self.keeper.keep_settings()
            self._show_report()

    def _show_applied(self) -> None:
        self.starter.withdraw()
        self.form.show_draft(self.session.draft)
        self.form.show_passwords(self.session.typed_passwords())
        self.session.show(self.form.draft())

    @Slot(object)
    def _on_passwords(self, typed: TypedPasswords) -> None:
        self.session.add_passwords(typed)
        self.form.show_passwords(self.session.typed_passwords())
        self.check()

    def shut_down(self) -> None:
        """Stop everything that runs, before the window closes."""
        self.keeper.desk.cancel()
        self.runner.stop()
        self.finder.runner.stop()
        self.trips.leave()
