"""Where passwords are kept: the system's keychain, or memory until the window closes.

`CredentialStore` is the interface; every call answers with a value, so that a locked keychain or
none at all is a state to show and not an exception. Calls of `KeychainStore` may wait for the
person to unlock something: the window makes them in a thread of their own.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

    from mailcheck_gui.storage.saved_account import KeychainEntry

_log = logging.getLogger(__name__)


class StoreState(StrEnum):
    """How a call ended. `NONE`: this computer has no keychain that Mailcheck uses."""

    AVAILABLE = "available"
    NONE = "none"
    LOCKED = "locked"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class StoreAnswer:
    """What a store answered. `secret` is None where nothing is kept; it is never shown.

    `left_behind`: a secret that could not be read back could not be taken back either.
    """

    state: StoreState
    secret: str | None = field(default=None, repr=False)
    left_behind: bool = False

    @property
    def done(self) -> bool:
        """Whether the store did what it was asked."""
        return self.state is StoreState.AVAILABLE


class CredentialStore(ABC):
    """Keeps one secret for each entry. No method raises for anything the store may do."""

    permanent: bool
    """Whether secrets outlive the program."""

    @abstractmethod
    def state(self) -> StoreState:
        """Return whether secrets can be kept, as far as that is known without unlocking."""

    @abstractmethod
    def read(self, entry: KeychainEntry) -> StoreAnswer:
        """Return the secret of an entry."""

    @abstractmethod
    def write(self, entry: KeychainEntry, secret: str) -> StoreAnswer:
        """Keep a secret, replacing the one that the entry had; done means: read back and equal."""

    @abstractmethod
    def delete(self, entry: KeychainEntry) -> StoreAnswer:
        """Forget a secret; one that is not there counts as done."""


class MemoryStore(CredentialStore):
    """Keeps secrets until Mailcheck is closed."""

    permanent = False

    def __init__(self) -> None:
        self._secrets: dict[KeychainEntry, str] = {}

    def state(self) -> StoreState:
        """Memory is always there."""
        return StoreState.AVAILABLE

    def read(self, entry: KeychainEntry) -> StoreAnswer:
        """Return the secret of an entry."""
        return StoreAnswer(StoreState.AVAILABLE, self._secrets.get(entry))

    def write(self, entry: KeychainEntry, secret: str) -> StoreAnswer:
        """Keep a secret."""
        self._secrets[entry] = secret
        return StoreAnswer(StoreState.AVAILABLE)

    def delete(self, entry: KeychainEntry) -> StoreAnswer:
        """Forget a secret."""
        self._secrets.pop(entry, None)
        return StoreAnswer(StoreState.AVAILABLE)


ALLOWED_BACK_ENDS: Final = frozenset(
    {
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
    }
)
"""The back ends that encrypt with the person's own log-in. Others write files, or nothing."""

_CHAINER: Final = "keyring.backends.chainer.ChainerBackend"


def _class_name(back_end: KeyringBackend) -> str:
    cls = type(back_end)
    return f"{cls.__module__}.{cls.__qualname__}"


def is_allowed(back_end: KeyringBackend) -> bool:
    """Return whether a back end is the system's keychain, or a chain of nothing else."""
    name = _class_name(back_end)
    if name != _CHAINER:
        return name in ALLOWED_BACK_ENDS
    links = tuple(getattr(back_end, "backends", ()))
    return bool(links) and all(_class_name(link) in ALLOWED_BACK_ENDS for link in links)


def system_back_end() -> KeyringBackend | None:
    """Return the back end that keyring chose, or None where it is not the system's keychain.

    Imports keyring, which looks at every installed back end: not at start-up.
    """
    import keyring

    back_end = keyring.get_keyring()
    return back_end if is_allowed(back_end) else None


class KeychainStore(CredentialStore):
    """The system's keychain through keyring.

    Holds one user for each service: a new user name for a side replaces the old entry, which the
    saved account lists.
    """

    permanent = True

    def __init__(self, find: Callable[[], KeyringBackend | None] = system_back_end) -> None:
        self._find = find

    def state(self) -> StoreState:
        """Return NONE without a usable back end; a locked keychain shows only when it is used."""
        return self._guarded(lambda _: None).state

    def read(self, entry: KeychainEntry) -> StoreAnswer:
        """Return the secret of an entry."""
        return self._guarded(lambda keychain: keychain.get_password(entry.service, entry.username))

    def write(self, entry: KeychainEntry, secret: str) -> StoreAnswer:
        """Keep a secret and read it back; one that does not come back is taken back."""

        def keep(keychain: KeyringBackend) -> None:
            keychain.set_password(entry.service, entry.username, secret)

        answer = self._guarded(keep)
        if not answer.done:
            return answer
        kept = self.read(entry)
        if kept.done and kept.secret == secret:
            return answer
        _log.error("The keychain did not give back what it was given.")
        state = StoreState.BROKEN if kept.done else kept.state
        return StoreAnswer(state, left_behind=not self._take_back(entry, kept))

    def _take_back(self, entry: KeychainEntry, kept: StoreAnswer) -> bool:
        """Delete what cannot be read as it was written; return whether nothing is there now."""
        if kept.done and kept.secret is None:
            return True

        def forget(keychain: KeyringBackend) -> None:
            keychain.delete_password(entry.service, entry.username)

        return self._guarded(forget).done

    def delete(self, entry: KeychainEntry) -> StoreAnswer:
        """Forget a secret."""

        def forget(keychain: KeyringBackend) -> None:
            if keychain.get_password(entry.service, entry.username) is not None:
                keychain.delete_password(entry.service, entry.username)

        return self._guarded(forget)

    def _guarded(self, use: Callable[[KeyringBackend], str | None]) -> StoreAnswer:
        """Use the keychain; whatever its back end raises becomes a state.

        Back ends raise what their platform raises (D-Bus, Win32, Security framework), far beyond
        `KeyringError`. The text is not logged: it may hold what was to be kept.
        """
        try:
            keychain = self._find()
            if keychain is None:
                return StoreAnswer(StoreState.NONE)
            return StoreAnswer(StoreState.AVAILABLE, use(keychain))
        except Exception as error:  # noqa: BLE001 - see above
            _log.warning("The keychain raised %s.", type(error).__name__)
            return StoreAnswer(_state_of(error))


_LOCKED: Final = frozenset(
    {"KeyringLocked", "InitError", "LockedException", "PromptDismissedException"}
)
"""Errors of keyring and secretstorage after a service answered: it could not be opened."""


def _state_of(error: Exception) -> StoreState:
    names = {cls.__name__ for cls in type(error).__mro__}
    if "NoKeyringError" in names:
        return StoreState.NONE
    return StoreState.LOCKED if names & _LOCKED else StoreState.BROKEN
