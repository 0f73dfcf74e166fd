"""The open accounts: makes their pages when they are first shown, and keeps the rows in step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mailcheck_gui.storage.credentials import StoreState
from mailcheck_gui.ui.accounts_model import AccountsModel
from mailcheck_gui.ui.translation import translate_message

if TYPE_CHECKING:
    from mailcheck_gui.model.account import AccountDraft
    from mailcheck_gui.practice.accounts import PracticeAccount
    from mailcheck_gui.storage.saved_account import SavedAccount
    from mailcheck_gui.ui.account_page import AccountPage
    from mailcheck_gui.ui.account_rows import AccountRow
    from mailcheck_gui.ui.services import Services


class AccountPages(QObject):
    """One page an account; a new one is listed from its first check or its saving on."""

    made = Signal(object)  # AccountPage
    closed = Signal(object)  # AccountPage
    changed = Signal(object)  # AccountPage: its state
    leave_practice_requested = Signal()

    def __init__(self, services: Services, model: AccountsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._model = model
        self._pages: dict[str, AccountPage] = {}
        self._practising: dict[str, str] = {}  # practice account, account
        self._keychain = StoreState.AVAILABLE
        self.practice = False
        services.book.changed.connect(self.show_rows)
        self.show_rows()

    def all(self) -> tuple[AccountPage, ...]:
        """Return the open pages."""
        return tuple(self._pages.values())

    def shown_in(self, widget: QWidget) -> AccountPage | None:
        """Return the account page that a widget is; None for other pages."""
        return next((page for page in self._pages.values() if page is widget), None)

    def find(self, account_id: str) -> AccountPage | None:
        """Return the page of an account, made anew where it is only saved so far."""
        if account_id in self._pages:
            return self._pages[account_id]
        saved = self._services.book.find(account_id)
        return None if saved is None else self._open(saved)

    def fresh(self) -> AccountPage:
        """Return the page of a new check: the one that nothing was done with yet, or a new one."""
        for page in self._pages.values():
            if not self._is_listed(page) and not page.practice_account:
                return page
        return self._open()

    def start_practice(self, account: PracticeAccount) -> AccountPage:
        """Open a practice account as it was made, in place of an earlier try."""
        from mailcheck_gui.ui.requests import TypedPasswords

        earlier = self._pages.get(self._practising.get(account.id, ""))
        if earlier is not None and earlier.session.saved is None:
            self.close(earlier)
        page = self._open(draft=replace(account.draft, name=translate_message(account.name)))
        page.practice_account = account.id
        incoming, outgoing = account.credentials.incoming, account.credentials.outgoing
        page.show_passwords(
            TypedPasswords(incoming.secret if incoming else "", outgoing.secret if outgoing else "")
        )
        self._practising[account.id] = page.session.id
        return page

    def _open(
        self, saved: SavedAccount | None = None, *, draft: AccountDraft | None = None
    ) -> AccountPage:
        """Make the page of a saved account, of a given draft, or of a new check."""
        from mailcheck_gui.ui.account_page import AccountPage
        from mailcheck_gui.ui.account_session import AccountSession

        session = AccountSession(self._services.memory, saved)
        session.draft = draft or session.draft
        page = AccountPage(self._services, session, practice=self.practice)
        page.form.show_keychain(self._keychain)
        page.row_changed.connect(lambda: self._on_row_changed(page))
        page.removed.connect(lambda: self.close(page))
        page.leave_practice_requested.connect(self.leave_practice_requested)
        self._pages[session.id] = page
        self.made.emit(page)
        return page

    def close(self, page: AccountPage) -> None:
        """Stop what runs and forget the page."""
        page.shut_down()
        page.session.forget_passwords()
        self._pages.pop(page.session.id, None)
        self.show_rows()
        self.closed.emit(page)
        page.deleteLater()

    def leave_practice(self) -> None:
        """Close the practice accounts that were not saved; everything else becomes real."""
        self.practice = False
        for page in self.all():
            page.set_practice(practice=False)
            if page.practice and page.session.saved is None:
                self.close(page)

    def show_keychain(self, state: StoreState) -> None:
        """Show in every form whether there is a keychain."""
        self._keychain = state
        for page in self.all():
            page.form.show_keychain(state)

    def shut_down(self) -> None:
        """Stop everything that runs."""
        for page in self.all():
            page.shut_down()

    # Rows

    def _is_listed(self, page: AccountPage) -> bool:
        session = page.session
        return bool(session.saved or page.runner.running or session.report or page.practice_account)

    def _on_row_changed(self, page: AccountPage) -> None:
        self.show_rows()
        self.changed.emit(page)

    def show_rows(self) -> None:
        """Show every account in its present state: the saved ones, then the open ones."""
        saved = self._services.book.accounts
        known = {account.id for account in saved}
        rows = [self._saved_row(account.id) for account in saved]
        rows += [
            page.row()
            for page in self._pages.values()
            if page.session.id not in known and self._is_listed(page)
        ]
        self._model.set_rows(rows)

    def _saved_row(self, account_id: str) -> AccountRow:
        from mailcheck_gui.ui.account_rows import account_row

        if account_id in self._pages:
            return self._pages[account_id].row()
        account = self._services.book.find(account_id)
        assert account is not None
        title = account.name or account.draft.email
        return account_row(account.id, title, account.draft, account.last_check)
