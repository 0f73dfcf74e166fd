"""Everything goes together: passwords first, and nothing without them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailcheck_gui.model.account import AccountDraft, Protocol, Role, ServerDraft
from mailcheck_gui.storage.credentials import CredentialStore, MemoryStore, StoreAnswer, StoreState
from mailcheck_gui.storage.folders import HOME_VARIABLE, Folders, user_folders
from mailcheck_gui.storage.preferences import Preferences, save_preferences
from mailcheck_gui.storage.profiles import ProfileStore
from mailcheck_gui.storage.removal import Removal, remove_data
from mailcheck_gui.storage.saved_account import KeychainEntry, SavedAccount

ENTRY = KeychainEntry.of("an-id", Role.INCOMING, "anna@example.com")
ACCOUNT = SavedAccount(
    "an-id",
    "Office",
    AccountDraft("anna@example.com", ServerDraft(Protocol.IMAP, "imap.example.com")),
    keychain=(ENTRY,),
)


class LockedStore(MemoryStore):
    """A keychain that is locked: it lets go of nothing."""

    def delete(self, entry: KeychainEntry) -> StoreAnswer:
        return StoreAnswer(StoreState.LOCKED)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    found = user_folders({HOME_VARIABLE: str(tmp_path / "home")})
    assert ProfileStore(found.accounts_file).save(ACCOUNT) is None
    save_preferences(found.preferences_file, Preferences())
    return found


def full(store: CredentialStore) -> CredentialStore:
    store.write(ENTRY, "a secret")
    return store


def test_accounts_passwords_and_preferences_go(folders: Folders) -> None:
    keychain = full(MemoryStore())
    assert remove_data(folders, keychain) == Removal(accounts=1, passwords=1)
    assert keychain.read(ENTRY).secret is None
    assert not [path for path in (folders.data, folders.config, folders.state) if path.exists()]


def test_a_second_time_there_is_nothing_to_remove(folders: Folders) -> None:
    remove_data(folders, MemoryStore())
    assert remove_data(folders, MemoryStore()) == Removal()


def test_accounts_stay_where_the_keychain_is_locked(folders: Folders) -> None:
    assert remove_data(folders, full(LockedStore())) == Removal(left=(ENTRY,))
    assert ProfileStore(folders.accounts_file).load().accounts == (ACCOUNT,)


def test_a_damaged_file_is_said_and_nothing_is_removed(folders: Folders) -> None:
    folders.accounts_file.write_text("{", "utf-8")
    removal = remove_data(folders, MemoryStore())
    assert removal.problem is not None
    assert folders.preferences_file.exists()


def test_a_damaged_file_that_was_set_aside_still_keeps_everything(folders: Folders) -> None:
    keychain = full(MemoryStore())
    folders.accounts_file.write_bytes(folders.accounts_file.read_bytes()[:-3])
    remove_data(folders, keychain)
    (aside,) = folders.data.glob("accounts.damaged-*.json")
    for _ in range(2):
        removal = remove_data(folders, keychain)
        assert removal.problem is not None
        assert str(aside) in removal.problem.sentence.english()
        assert (removal.accounts, removal.passwords) == (0, 0)
    assert keychain.read(ENTRY).secret == "a secret"
    assert aside.exists()
    assert folders.preferences_file.exists()


def test_accounts_saved_beside_such_a_file_stay_too(folders: Folders) -> None:
    keychain = full(MemoryStore())
    aside = folders.data / "accounts.damaged-20260301-104205.json"
    aside.write_text("{", "utf-8")
    assert remove_data(folders, keychain).problem is not None
    assert keychain.read(ENTRY).secret == "a secret"
    aside.unlink()
    assert remove_data(folders, keychain) == Removal(accounts=1, passwords=1)
    assert not folders.data.exists()
