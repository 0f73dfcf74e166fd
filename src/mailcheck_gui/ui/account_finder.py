"""From an address to a filled form: searches for one account, and hands on what was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.model.account import Field, Role
from mailcheck_gui.model.discovery import Discovery, FindEvent, FindFinished
from mailcheck_gui.model.intake import Refusal
from mailcheck_gui.ui.account_form import AccountForm
from mailcheck_gui.ui.account_session import AccountSession
from mailcheck_gui.ui.account_views import AccountViews, View
from mailcheck_gui.ui.engine_runner import EngineRunner
from mailcheck_gui.ui.engine_thread import RunCrashed, RunStopped
from mailcheck_gui.ui.services import Services, find_job

if TYPE_CHECKING:
    from mailcheck_gui.ui.find_view import FindView


class AccountFinder(QObject):
    """Owns the runner of the searches. Nothing is sent before `begin`, and never a password."""

    view_wanted = Signal(object)  # View
    crashed = Signal(str)  # the type of the error
    fill_requested = Signal(object)  # FillRequest

    def __init__(
        self,
        services: Services,
        session: AccountSession,
        form: AccountForm,
        views: AccountViews,
        in_practice: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._session = session
        self._form = form
        self._views = views
        self._options = FindOptions()
        self._in_practice = in_practice
        self._was_on_cancel = False
        self.runner = EngineRunner(self)
        self.runner.happened.connect(self._on_event)
        views.finding_made.connect(self._connect_view)
        form.find_requested.connect(self.begin)

    def _connect_view(self, view: FindView) -> None:
        view.cancel_requested.connect(self.cancel)
        view.again_requested.connect(self.begin)
        view.form_requested.connect(self._type)
        view.use_requested.connect(self.fill_requested)

    @property
    def running(self) -> bool:
        """Whether a search is running."""
        return self.runner.running

    def begin(self) -> None:
        """Search for the address in the form, or say there why nothing can be made of it."""
        from mailcheck_gui.diagnosis.mail_addresses import read_mail_address

        if self.running:
            return
        self._session.edit(self._form.draft())
        self._session.remember(self._form.passwords())
        address = read_mail_address(self._session.draft.email)
        if address.problem is not None:
            self.view_wanted.emit(View.FORM)
            self._form.show_refusals((Refusal(Role.ACCOUNT, Field.EMAIL, address.problem),))
            return
        self._start(address.email)

    def _start(self, email: str) -> None:
        services = self._services
        practice = self._in_practice()
        network = services.practice_network if practice else services.network
        # Practice servers are on this computer: there is nothing to switch off.
        self._options = FindOptions() if practice else services.find_options()
        self._was_on_cancel = False
        self._views.finding.start(email, self._options)
        self.runner.start(find_job(email, network, self._options))
        self.view_wanted.emit(View.FINDING)
        self._views.finding.focus_cancel()

    def cancel(self) -> None:
        """Stop the search; what is known until then is shown."""
        if self.running:
            self._was_on_cancel = self._views.finding.cancel_has_focus()
            self._views.finding.show_cancelling()
            self.runner.cancel()

    @Slot(object)
    def _on_event(self, event: FindEvent | RunStopped | RunCrashed) -> None:
        if isinstance(event, FindFinished):
            self._finish(event.discovery)
        elif isinstance(event, RunStopped):
            self.view_wanted.emit(View.FORM)
        elif isinstance(event, RunCrashed):
            self.view_wanted.emit(View.FORM)
            self.crashed.emit(event.error)
        else:
            self._views.finding.handle(event)

    def _finish(self, discovery: Discovery) -> None:
        """Show the answer one turn later, so that the window's own events come in between."""
        QTimer.singleShot(0, self, lambda: self._show(discovery))

    def _show(self, discovery: Discovery) -> None:
        if self.running:  # a new search was faster
            return
        view = self._views.finding
        focus = self._was_on_cancel or view.cancel_has_focus()
        view.show_discovery(
            discovery,
            has_password=bool(self._session.secret(Role.INCOMING)),
            offline=self._options.offline,
        )
        if focus:
            view.focus_answer()
        self.view_wanted.emit(View.FINDING)

    def _type(self) -> None:
        self.view_wanted.emit(View.FORM)
        self._form.take_focus()
