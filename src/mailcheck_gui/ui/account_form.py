"""The form of an account: what is typed, what is said about it at once, and Check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from mailcheck_gui.model.account import (
    SIDES,
    AccountDraft,
    Cleaning,
    Field,
    Protocol,
    Role,
)
from mailcheck_gui.model.finding import Provider, Severity
from mailcheck_gui.model.intake import Hint, Refusal
from mailcheck_gui.model.quoting import visible_text
from mailcheck_gui.storage.credentials import StoreState
from mailcheck_gui.ui.drafts import hosts, side_of, with_fix
from mailcheck_gui.ui.focus import ENTER_KEYS, press_focused
from mailcheck_gui.ui.form_fields import HINT_DELAY_MS, HintSlot, TextField
from mailcheck_gui.ui.form_foot import FormFoot
from mailcheck_gui.ui.identity_form import IdentityForm
from mailcheck_gui.ui.layouts import ColumnsLayout
from mailcheck_gui.ui.page import Page
from mailcheck_gui.ui.page_header import PageHeader
from mailcheck_gui.ui.requests import TypedPasswords
from mailcheck_gui.ui.server_form import OutgoingForm, ServerForm
from mailcheck_gui.ui.translation import translate_message

_LONGEST_QUOTE = 60
"""Characters of a typed value that a sentence repeats."""

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)

Providers = Callable[[], tuple[Provider, ...]]
Place = tuple[Role, Field]


class AccountForm(QWidget):
    """Three cards that scroll, and a foot with Save account and Check that does not.

    Below each field stands at most one sentence: a refusal, else the most serious hint, else what
    was tidied when the field was left.
    """

    check_requested = Signal()
    find_requested = Signal()
    save_requested = Signal()
    keychain_wanted = Signal()
    edited = Signal()

    def __init__(self, providers: Providers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._providers = providers
        self._hints: dict[HintSlot, Hint] = {}
        self._refused: dict[HintSlot, Refusal] = {}
        self._noted: dict[Place, str] = {}
        self._name = ""
        self.header = PageHeader(self.tr("New check"))
        self.identity = IdentityForm()
        self.incoming = ServerForm(Role.INCOMING, (Protocol.IMAP, Protocol.POP3))
        self.outgoing = OutgoingForm()
        self.foot = FormFoot()
        self.page = Page()
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HINT_DELAY_MS)
        self._timer.timeout.connect(self.show_hints)
        self._connect()
        self._show_destinations()

    def _build(self) -> None:
        sides = QWidget()
        columns = ColumnsLayout(sides)
        columns.addWidget(self.incoming)
        columns.addWidget(self.outgoing)
        for widget in (self.header, self.identity, sides):
            self.page.column.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.page, 1)
        whole.addWidget(self.foot)

    def _connect(self) -> None:
        for form in (self.identity, self.incoming, self.outgoing):
            form.changed.connect(self._on_changed)
        self.identity.left.connect(lambda field: self._on_left(Role.ACCOUNT, field))
        self.incoming.left.connect(lambda field: self._on_left(Role.INCOMING, field))
        self.outgoing.left.connect(lambda field: self._on_left(Role.OUTGOING, field))
        self.identity.keychain_wanted.connect(self.keychain_wanted)
        self.identity.find_wanted.connect(self.find_requested)
        self.foot.check.clicked.connect(self.check_requested)
        self.foot.save.clicked.connect(self.save_requested)
        for slot in self._slots():
            slot.pressed.connect(lambda slot=slot: self._apply_fix(slot))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that has the keyboard on Enter, else Check, the default one."""
        if press_focused(event):
            return
        if event.key() in ENTER_KEYS and event.modifiers() in _PLAIN:
            self.foot.check.click()
            return
        super().keyPressEvent(event)

    # What is typed

    def draft(self) -> AccountDraft:
        """Return what is typed, as it is typed."""
        incoming, outgoing = self.incoming.draft(), self.outgoing.draft()
        same = self.outgoing.same.isChecked()
        if outgoing is not None and same:
            shared = "" if incoming is not None else self.incoming.username.text()
            outgoing = with_fix(
                AccountDraft(outgoing=outgoing), [(Role.OUTGOING, Field.USERNAME, shared)]
            ).outgoing
        return AccountDraft(self.identity.email.text(), incoming, outgoing, same, self._name)

    def passwords(self) -> TypedPasswords:
        """Return the passwords in the fields; one for both sides where they share it."""
        password = self.identity.password.text()
        same = self.outgoing.same.isChecked()
        return TypedPasswords(password, password if same else self.outgoing.password.text())

    def show_draft(self, draft: AccountDraft) -> None:
        """Show settings; nothing is said about them yet but the hints."""
        self._name = draft.name
        self.identity.email.show_text(draft.email)
        self.incoming.show_draft(draft.incoming)
        self.outgoing.show_draft(draft.outgoing)
        self.outgoing.show_same(same=_shares_credentials(draft))
        self._noted.clear()
        self._show_destinations()
        self.show_hints()

    def show_passwords(self, typed: TypedPasswords) -> None:
        """Put passwords into the fields, as dots."""
        for field, text in (
            (self.identity.password, typed.incoming or typed.outgoing),
            (self.outgoing.password, typed.outgoing),
        ):
            field.show_text(text)
            field.hide_again()

    def show_kept(self, *, incoming: bool, outgoing: bool) -> None:
        """Say in an empty password field that the keychain has the password."""
        words = self.tr("Kept in the keychain")
        same = self.outgoing.same.isChecked()
        self.identity.password.setPlaceholderText(words if incoming or (same and outgoing) else "")
        self.outgoing.password.setPlaceholderText(words if outgoing else "")

    def show_keychain(self, state: StoreState) -> None:
        """Show whether there is a keychain that can be used."""
        self.identity.show_keychain(state)

    def take_focus(self) -> None:
        """Move the keyboard to the first empty field, or to Check where nothing is missing."""
        lines = (self.identity.email, self.identity.password, self.incoming.host)
        empty = [line for line in lines if not line.text() and not line.placeholderText()]
        first = self.identity.email if not self.identity.email.text() else None
        target = first or next(iter(empty), self.foot.check)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is said about it

    def show_hints(self) -> None:
        """Say at each field what is known about what is typed, without any network."""
        self._timer.stop()
        self._hints.clear()
        if self.draft() != AccountDraft(name=self._name):
            self._collect_hints()
        for slot in self._slots():
            self._show_slot(slot)

    def _collect_hints(self) -> None:
        from mailcheck_gui.diagnosis.hints import hints_for

        for hint in hints_for(self.draft(), self._providers()):
            slot = self._slot((hint.role, hint.field))
            if slot not in self._hints or _weight(hint) < _weight(self._hints[slot]):
                self._hints[slot] = hint

    def show_refusals(self, refusals: Sequence[Refusal]) -> None:
        """Say at each field why nothing can be made of it; the keyboard goes to the first.

        It stays there until something is typed.
        """
        self._refused = {self._slot((each.role, each.field)): each for each in refusals}
        self.show_hints()
        if refusals:
            first = self._editor((refusals[0].role, refusals[0].field))
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.ensureWidgetVisible(first)

    def note_guess(self) -> None:
        """Say at both servers that nobody confirmed them."""
        for role in SIDES:
            if self._server_form(role).host.text():
                words = self.tr("A guess. Compare it with what your provider says.")
                self._noted[role, Field.HOST] = words
        self.show_hints()

    def refuse_empty(self, sentence: str) -> None:
        """Say that there is nothing to check yet; the keyboard goes to the first server."""
        slot = self.incoming.slot(Field.HOST)
        slot.say(Severity.ERROR, sentence, field=self.incoming.host)
        self.incoming.host.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_cure(self, slot: HintSlot) -> bool:
        """Whether an error with a button stands there already: that helps more than a refusal."""
        hint = self._hints.get(slot)
        return hint is not None and hint.severity is Severity.ERROR and bool(hint.fix)

    def _show_slot(self, slot: HintSlot) -> None:
        hint, refusal = self._hints.get(slot), self._refused.get(slot)
        if refusal is not None and not self._has_cure(slot):
            field = self._editor((refusal.role, refusal.field))
            slot.say(Severity.ERROR, translate_message(refusal.sentence), field=field)
            return
        if hint is not None:
            button = translate_message(hint.button) if hint.button and hint.fix else ""
            field = self._editor((hint.role, hint.field))
            slot.say(hint.severity, translate_message(hint.sentence), button, field)
            return
        said = [text for place, text in self._noted.items() if self._slot(place) is slot]
        if said:
            slot.say(Severity.INFO, said[0])
        else:
            slot.clear()

    def _on_changed(self) -> None:
        self._refused.clear()
        self._show_destinations()
        self._timer.start()
        self.edited.emit()

    def _on_left(self, role: Role, field: Field) -> None:
        """Tidy what was typed, now that the person has gone on."""
        self._noted.pop((role, field), None)
        if field is Field.PASSWORD:
            self._note_password(role)
        for cleaning in self._cleanings():
            if (
                cleaning.role is role
                and self._editor_of(cleaning) is not QApplication.focusWidget()
            ):
                self._tidy(cleaning)
        self._show_destinations()
        self.show_hints()

    def settle(self) -> None:
        """Tidy also the side that has the keyboard, which a shortcut does not leave.

        On macOS the mouse does not leave it either when it presses a button.
        """
        cleanings = self._cleanings()
        here = {each.role for each in cleanings if self._editor_of(each) is self.focusWidget()}
        for cleaning in cleanings:
            if cleaning.role in here:
                self._tidy(cleaning)
        self._show_destinations()
        self.show_hints()

    def _cleanings(self) -> tuple[Cleaning, ...]:
        from mailcheck_gui.diagnosis.intake import take_in

        return take_in(self.draft(), self._providers()).cleaned

    def _note_password(self, role: Role) -> None:
        """Say what copying may have added to a password; nothing of it is shown."""
        from mailcheck_gui.diagnosis.case import password_traits
        from mailcheck_gui.diagnosis.texts.inputs import PASSWORD_TRAITS

        line = self.outgoing.password if role is Role.OUTGOING else self.identity.password
        traits = password_traits(line.text(), self._username_of(role))
        for name in ("outer_blank", "hard_blank", "smart_quote", "same_as_user"):
            if getattr(traits, name):
                self._noted[role, Field.PASSWORD] = translate_message(PASSWORD_TRAITS[name])

    def _username_of(self, role: Role) -> str:
        own = self._server_form(role).username.text()
        typed = (own, self.incoming.username.text(), self.identity.email.text())
        return next(filter(None, map(str.strip, typed)), "")

    def _tidy(self, cleaning: Cleaning) -> None:
        place = (cleaning.role, cleaning.field)
        if cleaning.typed == cleaning.used:
            return
        self._put([(cleaning.role, cleaning.field, cleaning.used)])
        if cleaning.typed.strip():
            words = self.tr("Tidied: “{typed}” became “{used}”.")
            typed = visible_text(cleaning.typed, _LONGEST_QUOTE)
            self._noted[place] = words.format(typed=typed, used=cleaning.used)

    def _apply_fix(self, slot: HintSlot) -> None:
        hint = self._hints.get(slot)
        if hint is None:
            return
        self._put(hint.fix)
        editor = self._editor((hint.role, hint.field))
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()
        self._show_destinations()
        self.show_hints()

    def _put(self, fix: Iterable[tuple[Role, Field, str]]) -> None:
        """Set fields without touching the others."""
        for role, field, value in fix:
            if field is Field.EMAIL:
                self.identity.email.show_text(value)
                continue
            form = self._server_form(role)
            fixed = with_fix(self.draft(), [(role, field, value)])
            if field is Field.USERNAME and form is self.outgoing:
                self.outgoing.show_same(same=False)
            form.show_draft(side_of(fixed, role))

    def _show_destinations(self) -> None:
        self.foot.show_destinations(self._usable_hosts())

    def _usable_hosts(self) -> tuple[str, ...]:
        """Return the servers that a check would really go to, as far as they are typed by now."""
        draft = self.draft()
        if not hosts(draft):
            return ()
        from mailcheck_gui.diagnosis.intake import take_in

        account = take_in(draft, self._providers()).account
        servers = account.sides() if account is not None else ()
        return tuple(dict.fromkeys(server.host for _, server in servers))

    # Which widget a role and field mean

    def _server_form(self, role: Role) -> ServerForm:
        return self.outgoing if role is Role.OUTGOING else self.incoming

    def _slot(self, place: Place) -> HintSlot:
        role, field = place
        shared = role is not Role.OUTGOING or self.outgoing.same.isChecked()
        if role is Role.ACCOUNT or field is Field.EMAIL or (field is Field.PASSWORD and shared):
            return self.identity.slots.get(field, self.identity.slots[Field.EMAIL])
        return self._server_form(role).slot(field)

    def _slots(self) -> list[HintSlot]:
        servers = [self._server_form(role).slots.values() for role in SIDES]
        return [*self.identity.slots.values(), *servers[0], *servers[1]]

    def _editor_of(self, cleaning: Cleaning) -> QWidget:
        return self._editor((cleaning.role, cleaning.field))

    def _editor(self, place: Place) -> QWidget:
        role, field = place
        if role is Role.ACCOUNT or field is Field.EMAIL:
            own: dict[Field, TextField] = {Field.PASSWORD: self.identity.password}
            return own.get(field, self.identity.email)
        return self._server_form(role).editor(field)


def _weight(hint: Hint) -> int:
    return list(Severity).index(hint.severity)


def _shares_credentials(draft: AccountDraft) -> bool:
    """Whether the check box stands: an own user name for sending means an own field for it."""
    if draft.outgoing is None or not draft.outgoing.username:
        return draft.same_credentials
    incoming = draft.incoming.username if draft.incoming else draft.email
    return draft.same_credentials and draft.outgoing.username == incoming
