"""From settings to a check: refusals first, then passwords, then the yes to new hosts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.account import Account
from mailcheck_gui.model.finding import message
from mailcheck_gui.model.intake import Intake, Refusal
from mailcheck_gui.ui.account_form import AccountForm
from mailcheck_gui.ui.account_keeper import AccountKeeper
from mailcheck_gui.ui.account_session import AccountSession
from mailcheck_gui.ui.engine_thread import EngineJob
from mailcheck_gui.ui.keychain_desk import Answers
from mailcheck_gui.ui.services import Services, check_job
from mailcheck_gui.ui.translation import translate_message

if TYPE_CHECKING:
    from mailcheck_gui.ui.consent_card import ConsentCard


@dataclass(frozen=True, slots=True)
class ReadyCheck:
    """Everything is settled: this account can be checked with this job."""

    account: Account
    job: EngineJob


@dataclass(frozen=True, slots=True)
class _Start:
    """What stood in the form when Check was pressed: whatever is asked then is about this."""

    intake: Intake
    account: Account
    practice: bool


class CheckStarter(QObject):
    """Asks in the form what has to be asked; nothing is sent before it says `ready`.

    The form can be edited while the keychain or the person is asked. An edit takes the question
    back, and the check with it: an answer about other settings is no answer about these.
    """

    form_wanted = Signal()  # there is something to see or to answer in the form
    ready = Signal(object)  # ReadyCheck

    def __init__(
        self,
        services: Services,
        session: AccountSession,
        form: AccountForm,
        keeper: AccountKeeper,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._session = session
        self._form = form
        self._keeper = keeper
        self._start: _Start | None = None
        self._consent: ConsentCard | None = None
        form.edited.connect(self.withdraw)

    def begin(self, *, practice: bool) -> None:
        """Take what is in the form and make a check of it, or say what is in the way."""
        self.withdraw()
        self._session.edit(self._form.draft())
        self._session.remember(self._form.passwords())
        intake = self._intake()
        refusals = (*intake.refusals, *self._keeper.password_refusals())
        if refusals:
            self._refuse(refusals)
        elif intake.account is None:
            self._refuse_empty()
        else:
            self._start = _Start(intake, intake.account, practice)
            self._read_passwords(self._start)

    @Slot()
    def withdraw(self) -> None:
        """Ask no more, and start nothing: the settings are no longer those of the press."""
        self._start = None
        self._close_consent()
        self._keeper.stop_asking()

    def _intake(self) -> Intake:
        from mailcheck_gui.diagnosis.intake import take_in

        return take_in(self._session.draft, self._services.providers())

    def _refuse(self, refusals: tuple[Refusal, ...]) -> None:
        self.form_wanted.emit()
        self._form.show_refusals(refusals)

    def _refuse_empty(self) -> None:
        self.form_wanted.emit()
        sentence = message("Enter a server for receiving or for sending.")
        self._form.refuse_empty(translate_message(sentence))

    def _read_passwords(self, start: _Start) -> None:
        """Fetch what only the keychain knows; what it refuses can be done without."""
        entries = self._session.unread_entries()
        keychain = self._services.keychain
        go_on = partial(self._ask_consent, start)

        def take(answers: Answers) -> None:
            for entry, answer in zip(entries, answers, strict=True):
                if answer.secret:
                    self._session.take_secret(entry, answer.secret)
            refused = next((answer.state for answer in answers if not answer.done), None)
            if start is not self._start:
                self._keeper.tell_withdrawn()
            elif refused is None:
                go_on()
            else:
                again = partial(self.begin, practice=start.practice)
                self._keeper.ask_without_keychain(refused, go_on, again)

        self._keeper.desk.ask([partial(keychain.read, entry) for entry in entries], take)

    def _ask_consent(self, start: _Start) -> None:
        hosts = self._session.hosts_to_ask(start.account)
        if not hosts:
            self._hand_over(start)
            return
        from mailcheck_gui.ui.consent_card import ConsentCard

        consent = self._consent = ConsentCard(hosts)
        consent.agreed.connect(partial(self._answered, start, agreed=hosts))
        consent.declined.connect(partial(self._answered, start, agreed=()))
        consent.closed.connect(self.withdraw)
        self.form_wanted.emit()
        self._form.page.column.insertWidget(1, consent)
        consent.focus_safe_answer()
        self._form.page.ensureWidgetVisible(consent)

    def _answered(self, start: _Start, *, agreed: tuple[str, ...]) -> None:
        self._close_consent()
        self._session.agree(agreed)
        self._hand_over(start)

    def _close_consent(self) -> None:
        if self._consent is not None:
            self._consent.hide()
            self._consent.deleteLater()
            self._consent = None

    def _hand_over(self, start: _Start) -> None:
        if start is not self._start:
            return
        services, session = self._services, self._session
        network = services.practice_network if start.practice else services.network
        credentials = session.credentials(start.account)
        options = CheckOptions(
            agreed_hosts=session.agreed,
            unconfirmed_hosts=frozenset(session.unconfirmed),
            previous=session.begin(start.account, credentials),
            controls=services.may_ask_controls() and not start.practice,
        )
        job = check_job(start.intake, credentials, network, options)
        self._start = None
        self.ready.emit(ReadyCheck(start.account, job))
