"""What holds for every place that keeps passwords; each place has a test class derived from it."""

from __future__ import annotations

import pytest

from mailcheck_gui.model.account import Role
from mailcheck_gui.storage.credentials import CredentialStore, StoreState
from mailcheck_gui.storage.saved_account import KeychainEntry

SECRET = " pä & \"ss\\ <wörd> '"


class CredentialStoreContract:
    """What holds for every place that keeps passwords."""

    @pytest.fixture
    def store(self) -> CredentialStore:
        raise NotImplementedError

    @pytest.fixture
    def entry(self) -> KeychainEntry:
        return KeychainEntry.of("contract-test", Role.INCOMING, "us er@exämple.com")

    def test_it_says_that_it_is_there(self, store: CredentialStore) -> None:
        assert store.state() is StoreState.AVAILABLE

    def test_nothing_is_kept_before(self, store: CredentialStore, entry: KeychainEntry) -> None:
        answer = store.read(entry)
        assert answer.done
        assert answer.secret is None

    @pytest.mark.parametrize("secret", [SECRET, "", "x" * 500, "two\nlines"])
    def test_what_is_kept_comes_back(
        self, store: CredentialStore, entry: KeychainEntry, secret: str
    ) -> None:
        assert store.write(entry, secret).done
        assert store.read(entry).secret == secret
        store.delete(entry)

    def test_a_new_secret_replaces_the_old(
        self, store: CredentialStore, entry: KeychainEntry
    ) -> None:
        store.write(entry, "old")
        store.write(entry, SECRET)
        assert store.read(entry).secret == SECRET
        store.delete(entry)

    def test_sides_and_users_are_kept_apart(
        self, store: CredentialStore, entry: KeychainEntry
    ) -> None:
        other_side = KeychainEntry.of("contract-test", Role.OUTGOING, entry.username)
        other_user = KeychainEntry(entry.service, "someone")
        store.write(entry, SECRET)
        assert store.read(other_side).secret is None
        assert store.read(other_user).secret is None
        store.delete(entry)

    def test_what_is_deleted_is_gone(self, store: CredentialStore, entry: KeychainEntry) -> None:
        store.write(entry, SECRET)
        assert store.delete(entry).done
        assert store.read(entry).secret is None

    def test_deleting_what_is_not_there_is_done(
        self, store: CredentialStore, entry: KeychainEntry
    ) -> None:
        assert store.delete(entry).done

    def test_no_answer_shows_a_secret(self, store: CredentialStore, entry: KeychainEntry) -> None:
        assert SECRET not in repr(store.write(entry, SECRET))
        answer = store.read(entry)
        assert answer.secret == SECRET
        assert SECRET not in repr(answer)
        store.delete(entry)
