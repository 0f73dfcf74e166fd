"""Every place for passwords passes the same tests; a keychain's moods become states."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from credential_contract import SECRET, CredentialStoreContract
from keyring.backend import KeyringBackend, get_all_keyring
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.backends.SecretService import Keyring as SecretServiceKeyring
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

from mailcheck_gui.storage import credentials
from mailcheck_gui.storage.credentials import (
    CredentialStore,
    KeychainStore,
    MemoryStore,
    StoreState,
    is_allowed,
    system_back_end,
)
from mailcheck_gui.storage.saved_account import KeychainEntry


class BackEnd(KeyringBackend):
    """A keychain in memory that behaves as keyring's own do, with a mood to raise instead."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.mood: Exception | None = None

    def _feel(self) -> None:
        if self.mood is not None:
            raise self.mood

    def get_password(self, service: str, username: str) -> str | None:
        self._feel()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._feel()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._feel()
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not there")
        del self.kept[service, username]


KeyringBackend._classes.discard(BackEnd)  # keyring must not choose it in other tests


class TestMemoryStore(CredentialStoreContract):
    @pytest.fixture
    def store(self) -> CredentialStore:
        return MemoryStore()

    def test_it_is_not_permanent(self, store: CredentialStore) -> None:
        assert not store.permanent


class TestKeychainStore(CredentialStoreContract):
    @pytest.fixture
    def back_end(self) -> BackEnd:
        return BackEnd()

    @pytest.fixture
    def store(self, back_end: BackEnd) -> CredentialStore:
        return KeychainStore(lambda: back_end)

    @pytest.mark.parametrize(
        ("mood", "state"),
        [
            (KeyringLocked("closed"), StoreState.LOCKED),
            (InitError("prompt dismissed"), StoreState.LOCKED),
            (NoKeyringError("none"), StoreState.NONE),
            (OSError(SECRET), StoreState.BROKEN),
            (RuntimeError(SECRET), StoreState.BROKEN),
        ],
    )
    def test_moods_are_states_and_their_words_are_not_logged(
        self,
        store: CredentialStore,
        back_end: BackEnd,
        entry: KeychainEntry,
        mood: Exception,
        state: StoreState,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        back_end.mood = mood
        answers = (store.read(entry), store.write(entry, SECRET), store.delete(entry))
        assert [answer.state for answer in answers] == [state] * 3
        assert not any(answer.done for answer in answers)
        assert SECRET not in caplog.text

    def test_a_keychain_that_forgets_is_broken(
        self, store: CredentialStore, back_end: BackEnd, entry: KeychainEntry
    ) -> None:
        back_end.kept = _Forgetful()
        assert store.write(entry, SECRET).state is StoreState.BROKEN

    def test_what_does_not_come_back_as_it_was_is_taken_back(
        self, store: CredentialStore, back_end: BackEnd, entry: KeychainEntry
    ) -> None:
        back_end.kept = _Garbling()
        answer = store.write(entry, SECRET)
        assert (answer.state, answer.left_behind) == (StoreState.BROKEN, False)
        assert back_end.kept == {}

    @pytest.mark.parametrize(
        ("mood", "state"),
        [
            (KeyringLocked("closed"), StoreState.LOCKED),
            (RuntimeError(SECRET), StoreState.BROKEN),
        ],
    )
    def test_what_cannot_be_read_back_is_taken_back(
        self, entry: KeychainEntry, mood: Exception, state: StoreState
    ) -> None:
        back_end = _Unreadable(mood)
        answer = KeychainStore(lambda: back_end).write(entry, SECRET)
        assert (answer.state, answer.left_behind) == (state, False)
        assert back_end.kept == {}

    def test_what_cannot_be_taken_back_is_told(self, entry: KeychainEntry) -> None:
        back_end = _Unreadable(KeyringLocked("closed"), for_good=True)
        answer = KeychainStore(lambda: back_end).write(entry, SECRET)
        assert (answer.state, answer.left_behind) == (StoreState.LOCKED, True)
        assert back_end.kept

    def test_without_a_back_end_there_is_none(self, entry: KeychainEntry) -> None:
        store = KeychainStore(lambda: None)
        assert store.state() is StoreState.NONE
        assert store.write(entry, SECRET).state is StoreState.NONE


class _Forgetful(dict[tuple[str, str], str]):
    def __setitem__(self, key: tuple[str, str], value: str) -> None:
        return None


class _Garbling(dict[tuple[str, str], str]):
    def __setitem__(self, key: tuple[str, str], value: str) -> None:
        super().__setitem__(key, value[:1])


class _Unreadable(BackEnd):
    """Takes a secret and raises when it is asked for it; for good, it does nothing else either."""

    def __init__(self, mood: Exception, *, for_good: bool = False) -> None:
        super().__init__()
        self._after = mood
        self._for_good = for_good

    def get_password(self, service: str, username: str) -> str | None:
        self.mood = self._after if self._for_good else None
        raise self._after


def _chain(*links: KeyringBackend) -> ChainerBackend:
    class_ = type("ChainerBackend", (ChainerBackend,), {"backends": list(links)})
    class_.__module__ = ChainerBackend.__module__
    class_.__qualname__ = ChainerBackend.__qualname__
    chain = class_()
    assert isinstance(chain, ChainerBackend)
    return chain


@pytest.fixture(autouse=True)
def only_known_back_ends() -> Iterator[None]:
    """Take the classes made here out of keyring's registry again."""
    get_all_keyring()  # imports keyring's own: a module registers its classes only once
    before = set(KeyringBackend._classes)
    yield
    KeyringBackend._classes.intersection_update(before)


def test_only_the_systems_keychains_are_allowed() -> None:
    assert is_allowed(SecretServiceKeyring())
    for other in (NullKeyring(), FailKeyring(), BackEnd()):
        assert not is_allowed(other)


def test_a_chain_is_as_good_as_its_weakest_link() -> None:
    assert is_allowed(_chain(SecretServiceKeyring(), SecretServiceKeyring()))
    assert not is_allowed(_chain(SecretServiceKeyring(), NullKeyring()))
    assert not is_allowed(_chain())


def test_the_allowed_names_are_those_of_keyring() -> None:
    import importlib

    for name in credentials.ALLOWED_BACK_ENDS:
        module, _, class_name = name.rpartition(".")
        assert issubclass(getattr(importlib.import_module(module), class_name), KeyringBackend)


def test_a_plaintext_choice_of_keyring_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring

    monkeypatch.setattr(keyring, "get_keyring", NullKeyring)
    assert system_back_end() is None
    monkeypatch.setattr(keyring, "get_keyring", SecretServiceKeyring)
    assert isinstance(system_back_end(), SecretServiceKeyring)
