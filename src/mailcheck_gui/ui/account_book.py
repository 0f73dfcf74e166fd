"""The saved accounts while the window is open: kept in step with the file, told to everyone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from mailcheck_gui.storage.problem import StorageProblem
    from mailcheck_gui.storage.profiles import ProfileStore
    from mailcheck_gui.storage.saved_account import SavedAccount


class AccountBook(QObject):
    """Every change goes to the disk first; what the disk refuses does not happen here either.

    `changed` tells that an account was added, changed or removed.
    """

    changed = Signal()

    def __init__(self, store: ProfileStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._accounts: tuple[SavedAccount, ...] = ()

    @property
    def accounts(self) -> tuple[SavedAccount, ...]:
        """The saved accounts, in the order in which they were saved."""
        return self._accounts

    def load(self) -> StorageProblem | None:
        """Read the file anew; return what is wrong with it."""
        found = self._store.load()
        self._accounts = found.accounts
        self.changed.emit()
        return found.problem

    def find(self, account_id: str) -> SavedAccount | None:
        """Return a saved account by its id."""
        return next((each for each in self._accounts if each.id == account_id), None)

    def by_name(self, name: str) -> SavedAccount | None:
        """Return the account with a name, address or id, as `--account` gives it."""
        wanted = name.strip().casefold()
        for each in self._accounts:
            if wanted in (each.id, each.name.casefold(), each.draft.email.strip().casefold()):
                return each
        return None

    def keep(self, account: SavedAccount) -> StorageProblem | None:
        """Add or change an account."""
        problem = self._store.save(account)
        if problem is None:
            self._reload()
        return problem

    def rename(self, account_id: str, name: str) -> StorageProblem | None:
        """Give an account another name."""
        account = self.find(account_id)
        return self.keep(replace(account, name=name)) if account is not None else None

    def remove(self, account_id: str) -> StorageProblem | None:
        """Forget an account. Its keychain entries are the caller's to delete first."""
        problem = self._store.remove(account_id)
        if problem is None:
            self._reload()
        return problem

    def _reload(self) -> None:
        """Take over what another window may have changed in the meantime as well."""
        found = self._store.load()
        if found.problem is None:
            self._accounts = found.accounts
        self.changed.emit()
