"""A saved account: settings, where its passwords lie, and what its last check said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck_gui.model.account import AccountDraft, Role

if TYPE_CHECKING:
    from datetime import datetime

    from mailcheck_gui.model.finding import Message
    from mailcheck_gui.model.report import Verdict


@dataclass(frozen=True, slots=True)
class KeychainEntry:
    """Where a password of an account lies in the system's keychain."""

    service: str
    username: str

    @classmethod
    def of(cls, account_id: str, role: Role, username: str) -> KeychainEntry:
        """Return the entry of one side of an account."""
        return cls(f"mailcheck/{account_id}/{role.value}", username)

    @property
    def role(self) -> Role:
        """The side whose password this is."""
        return Role(self.service.rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class LastCheck:
    """What is remembered of an account's last check. `broken` are the sides with an error."""

    verdict: Verdict
    at: datetime
    broken: tuple[Role, ...] = ()
    headline: Message | None = None  # the title of the first error or warning


@dataclass(frozen=True, slots=True)
class SavedAccount:
    """One saved account. `keychain` lists every entry that belongs to it.

    `unconfirmed` are hosts that came from a suggestion and that the person has not agreed to send
    the password to: saving them is no yes to that.
    """

    id: str
    name: str
    draft: AccountDraft
    keychain: tuple[KeychainEntry, ...] = ()
    last_check: LastCheck | None = None
    unconfirmed: tuple[str, ...] = ()

    def entry(self, role: Role) -> KeychainEntry | None:
        """Return the keychain entry of one side, or None where nothing was kept."""
        return next((entry for entry in self.keychain if entry.role is role), None)


def new_account_id() -> str:
    """Return an identifier that no other account has; it tells nothing about the account."""
    import secrets  # with hashes and random numbers: not before there is an account to name

    return secrets.token_hex(8)
