"""Saves, renames and deletes one account, with its entries in the keychain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from mailcheck_gui.model.account import SIDES, Field, Role, holds_control
from mailcheck_gui.model.finding import Severity, message
from mailcheck_gui.model.intake import Refusal
from mailcheck_gui.model.pasted_address import email_without_secrets
from mailcheck_gui.storage.credentials import StoreAnswer, StoreState
from mailcheck_gui.storage.problem import StorageProblem
from mailcheck_gui.storage.saved_account import KeychainEntry, SavedAccount
from mailcheck_gui.ui.account_form import AccountForm
from mailcheck_gui.ui.account_session import AccountSession
from mailcheck_gui.ui.drafts import side_of
from mailcheck_gui.ui.keychain_desk import Answers, KeychainDesk
from mailcheck_gui.ui.services import Services
from mailcheck_gui.ui.strips import CLOSE, Answer, QuestionStrip
from mailcheck_gui.ui.translation import translate_message

_SAVE, _DELETE, _ANYWAY, _AGAIN, _GO_ON, _KEEP = (
    "save",
    "delete",
    "anyway",
    "again",
    "go-on",
    "keep",
)


class AccountKeeper(QObject):
    """Asks inside the page. What could not be kept is said, and stays in the window.

    An entry is listed in the account before the keychain gets it, so that no password is ever
    in the keychain without an account that knows of it.
    """

    changed = Signal()
    removed = Signal()

    def __init__(
        self,
        services: Services,
        session: AccountSession,
        form: AccountForm,
        strip: QuestionStrip,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._session = session
        self._form = form
        self._strip = strip
        self._answers: dict[str, Callable[[], None]] = {}
        self._refusal = ""
        self.desk = KeychainDesk(self)
        self.desk.waiting.connect(self._show_waiting)
        strip.answered.connect(self._on_answer)

    def _ask(
        self,
        severity: Severity,
        sentence: str,
        answers: dict[str, tuple[str, Callable[[], None]]],
        *,
        text: str | None = None,
    ) -> None:
        self._answers = {key: act for key, (_, act) in answers.items()}
        buttons = [Answer(key, words) for key, (words, _) in answers.items()]
        self._strip.ask(severity, sentence, buttons, text=text)

    def _on_answer(self, key: str) -> None:
        act = self._answers.get(key)
        if act is not None and key != CLOSE:
            act()

    def _tell(self, problem: StorageProblem | None) -> bool:
        """Say a problem; return whether there was none."""
        if problem is not None:
            self._strip.tell(Severity.ERROR, translate_message(problem.sentence))
        return problem is None

    def _nothing(self) -> None:
        """Do nothing: the answer only closes the question."""

    # The keychain

    def look_at_keychain(self) -> None:
        """Find out whether there is a keychain, and show it in the form."""
        keychain = self._services.keychain
        steps = [partial(keychain.read, entry) for entry in self._session.unread_entries()]
        self.desk.ask(
            steps or [lambda: StoreAnswer(keychain.state())],
            lambda answers: self._form.show_keychain(answers[0].state),
        )

    def _show_waiting(self, waiting: bool) -> None:
        words = self.tr("Waiting for the keychain. It may ask for your permission.")
        if waiting:
            cancel = (self.tr("Cancel"), self.desk.cancel)
            self._ask(Severity.INFO, words, {"cancel": cancel})
        elif self._strip.sentence() == words:
            self._strip.hide()

    def ask_without_keychain(
        self, state: StoreState, go_on: Callable[[], None], again: Callable[[], None]
    ) -> None:
        """Say that the password cannot be read; go on without it, try again, or stay."""
        self._form.show_keychain(state)
        template = self.tr("The keychain does not give the password: {reason}.")
        self._refusal = template.format(reason=self._reason(state))
        self._ask(
            Severity.WARNING,
            self._refusal,
            {
                _AGAIN: (self.tr("Try again"), again),
                _GO_ON: (self.tr("Check without password"), go_on),
                _KEEP: (self.tr("Cancel"), self._nothing),
            },
        )

    def stop_asking(self) -> None:
        """Take back the question of `ask_without_keychain`, where it still stands."""
        if self._refusal and self._strip.sentence() == self._refusal:
            self._strip.hide()

    def tell_withdrawn(self) -> None:
        """Say that a check was not started: its settings changed while the keychain was read."""
        sentence = self.tr("The settings changed meanwhile. Press Check when they are complete.")
        self._strip.tell(Severity.INFO, sentence)

    def _reason(self, state: StoreState) -> str:
        reasons = {
            StoreState.NONE: self.tr("this computer has no keychain"),
            StoreState.LOCKED: self.tr("it is locked"),
            StoreState.BROKEN: self.tr("it does not answer"),
        }
        return reasons.get(state, "")

    def show_kept(self) -> None:
        """Show which passwords the keychain has."""
        saved = self._session.saved
        kept = {entry.role for entry in saved.keychain} if saved is not None else set()
        self._form.show_kept(incoming=Role.INCOMING in kept, outgoing=Role.OUTGOING in kept)

    def password_refusals(self) -> tuple[Refusal, ...]:
        """Refuse passwords that no protocol can carry: nothing of them is sent."""
        return tuple(
            Refusal(
                Role.ACCOUNT if role is Role.INCOMING else role,
                Field.PASSWORD,
                message("The password holds a control character. Type it anew."),
            )
            for role in SIDES
            if holds_control(self._session.secret(role))
        )

    # Save

    def save(self) -> None:
        """Save settings, and the password in the keychain where that is wanted."""
        if not self._session.title:
            sentence = self.tr("Enter an address or a server first. There is nothing to save yet.")
            self._strip.tell(Severity.INFO, sentence)
            return
        saved = self._session.to_save()
        wanted = self._wanted_entries() if self._form.identity.wants_keychain() else ()
        listed = tuple(dict.fromkeys((*saved.keychain, *(entry for entry, _ in wanted))))
        if not self._keep(replace(saved, keychain=listed)):
            return
        self._write(wanted, saved.keychain)

    def _wanted_entries(self) -> tuple[tuple[KeychainEntry, str], ...]:
        """Return what goes into the keychain: one entry where both sides share the password."""
        draft = self._session.draft
        found: list[tuple[KeychainEntry, str]] = []
        for role in SIDES:
            secret = self._session.secret(role)
            shared = role is Role.OUTGOING and draft.same_credentials and bool(found)
            if secret and not shared and side_of(draft, role) is not None:
                found.append((KeychainEntry.of(self._session.id, role, self._user(role)), secret))
        return tuple(found)

    def _user(self, role: Role) -> str:
        """Return who a side signs in as: without a name of its own, sending takes the incoming."""
        draft = self._session.draft
        sides = (side_of(draft, role), draft.incoming)
        typed = (side.username.strip() for side in sides if side is not None)
        return next(filter(None, typed), email_without_secrets(draft.email.strip()))

    def _write(
        self, wanted: tuple[tuple[KeychainEntry, str], ...], known: tuple[KeychainEntry, ...]
    ) -> None:
        keychain = self._services.keychain
        new = tuple(entry for entry, _ in wanted)
        unread = self._session.unread_entries() if self._form.identity.wants_keychain() else ()
        old = tuple(entry for entry in known if entry not in new and entry not in unread)
        steps = [
            *(partial(keychain.write, entry, secret) for entry, secret in wanted),
            *(partial(keychain.delete, entry) for entry in old),
        ]

        def settle(answers: Answers) -> None:
            ends = dict(zip((*new, *old), answers, strict=True))
            there = [e for e in new if ends[e].done or ends[e].left_behind or e in known]
            stuck = [e for e in old if not ends[e].done]
            self._keep(self._with_entries((*there, *unread, *stuck)))
            self._say_kept(answers)

        self.desk.ask(steps, settle)

    def _with_entries(self, entries: tuple[KeychainEntry, ...]) -> SavedAccount:
        return replace(self._session.to_save(), keychain=entries)

    def _say_kept(self, answers: Answers) -> None:
        refused = next((answer.state for answer in answers if not answer.done), None)
        self.show_kept()
        if refused is None:
            self._strip.tell(Severity.INFO, self.tr("The account is saved."))
            return
        self._form.show_keychain(refused)
        self._strip.tell(
            Severity.WARNING,
            self.tr(
                "The account is saved. The password is kept until you close Mailcheck: {reason}."
            ).format(reason=self._reason(refused)),
        )

    def _keep(self, account: SavedAccount) -> bool:
        if not self._tell(self._services.book.keep(account)):
            return False
        self._session.saved = self._services.book.find(account.id)
        self.changed.emit()
        return True

    def keep_settings(self) -> None:
        """Keep the changed settings of an account that is saved already."""
        if self._session.saved is not None:
            self._keep(self._session.to_save())

    def keep_verdict(self) -> None:
        """Keep what the last check said about the saved settings."""
        if self._session.matches_saved:
            self._keep(self._session.to_save())

    # Rename, delete

    def ask_name(self) -> None:
        """Ask for another name."""
        self._ask(
            Severity.INFO,
            self.tr("New name of the account"),
            {
                _SAVE: (self.tr("Rename"), self._rename),
                _KEEP: (self.tr("Cancel"), self._nothing),
            },
            text=self._session.title,
        )

    def _rename(self) -> None:
        name = self._strip.line.text().strip()
        saved = self._session.saved
        if name and saved is not None:
            self._keep(replace(saved, name=name))

    def ask_delete(self) -> None:
        """Ask whether the account is to be deleted, and say what goes with it."""
        saved = self._session.saved
        if saved is None:
            return
        sentence = (
            self.tr("Delete {name}? Its password in the keychain is deleted too.")
            if saved.keychain
            else self.tr("Delete {name}?")
        )
        self._ask(
            Severity.WARNING,
            sentence.format(name=self._session.title),
            {
                _DELETE: (self.tr("Delete"), self.delete),
                _KEEP: (self.tr("Keep it"), self._nothing),
            },
        )

    def delete(self) -> None:
        """Delete the keychain entries, then the account."""
        saved = self._session.saved
        if saved is None:
            return
        keychain = self._services.keychain
        steps = [partial(keychain.delete, entry) for entry in saved.keychain]

        def settle(answers: Answers) -> None:
            refused = next((answer.state for answer in answers if not answer.done), None)
            if refused is None:
                self._remove()
            else:
                self._ask_delete_anyway(refused)

        self.desk.ask(steps, settle)

    def _ask_delete_anyway(self, state: StoreState) -> None:
        self._ask(
            Severity.WARNING,
            self.tr("The password is still in the keychain: {reason}.").format(
                reason=self._reason(state)
            ),
            {
                _AGAIN: (self.tr("Try again"), self.delete),
                _ANYWAY: (self.tr("Delete the account only"), self._remove),
                _KEEP: (self.tr("Keep it"), self._nothing),
            },
        )

    def _remove(self) -> None:
        if self._tell(self._services.book.remove(self._session.id)):
            self._session.forget_passwords()
            self.removed.emit()
