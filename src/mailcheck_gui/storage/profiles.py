"""The saved accounts on the disk: one file, replaced as a whole, never with a password in it.

Every change reads the file again, changes one account and replaces the file, while no other program
does the same, so that two windows do not undo each other's work. What cannot be done comes back as
a `StorageProblem`; the file on the disk is then the one from before. A file that cannot be
understood is kept aside under another name, a file of a newer Mailcheck is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mailcheck_gui.storage.json_file import NotJson, parse_object, read_bytes, replace_file
from mailcheck_gui.storage.problem import StorageProblem, read_problem, write_problem
from mailcheck_gui.storage.set_aside import now, set_aside

if TYPE_CHECKING:  # a window without saved accounts opens before any of this is needed
    from datetime import datetime

    from mailcheck_gui.storage.profile_document import Migration
    from mailcheck_gui.storage.saved_account import SavedAccount


@dataclass(frozen=True, slots=True)
class Profiles:
    """What a look at the file found."""

    accounts: tuple[SavedAccount, ...] = ()
    problem: StorageProblem | None = None


class ProfileStore:
    """The saved accounts of one user, in the file at `path`."""

    def __init__(
        self,
        path: Path,
        migrations: Sequence[Migration] | None = None,
        now: Callable[[], datetime] = now,
    ) -> None:
        self._path = path
        self._given_migrations = migrations
        self._now = now

    def load(self) -> Profiles:
        """Return the accounts, in the order in which they were saved. Never raises."""
        try:
            raw = read_bytes(self._path)
        except FileNotFoundError:
            return Profiles()
        except OSError as error:
            return Profiles(problem=read_problem(self._path, error))
        return self._understand(raw)

    def _understand(self, raw: bytes) -> Profiles:
        from mailcheck_gui.storage.profile_document import (
            DamagedDocument,
            UnknownVersion,
            profiles_from_document,
        )

        try:
            return Profiles(profiles_from_document(parse_object(raw), self._migrations))
        except UnknownVersion:
            return Profiles(problem=self._newer())
        except (DamagedDocument, NotJson):
            return Profiles(problem=self._keep_aside())

    @property
    def _migrations(self) -> Sequence[Migration]:
        from mailcheck_gui.storage.profile_document import MIGRATIONS

        return MIGRATIONS if self._given_migrations is None else tuple(self._given_migrations)

    def save(self, account: SavedAccount) -> StorageProblem | None:
        """Add an account, or replace the one with its id."""

        def put(accounts: tuple[SavedAccount, ...]) -> tuple[SavedAccount, ...]:
            if all(known.id != account.id for known in accounts):
                return (*accounts, account)
            return tuple(account if known.id == account.id else known for known in accounts)

        return self._change(put)

    def remove(self, account_id: str) -> StorageProblem | None:
        """Remove an account; one that is not there is no problem."""
        return self._change(
            lambda accounts: tuple(known for known in accounts if known.id != account_id)
        )

    def rename(self, account_id: str, name: str) -> StorageProblem | None:
        """Give an account another name. Its id, and so its keychain entries, stay."""
        return self._change(
            lambda accounts: tuple(
                replace(known, name=name) if known.id == account_id else known for known in accounts
            )
        )

    def _change(
        self, change: Callable[[tuple[SavedAccount, ...]], tuple[SavedAccount, ...]]
    ) -> StorageProblem | None:
        from mailcheck_gui.storage.exclusive import exclusive

        try:
            with exclusive(self._path.parent):
                return self._change_alone(change)
        except OSError as error:
            return write_problem(error)

    def _change_alone(
        self, change: Callable[[tuple[SavedAccount, ...]], tuple[SavedAccount, ...]]
    ) -> StorageProblem | None:
        """Change the file while nobody else does. Raises OSError where it cannot be written."""
        found = self.load()
        if found.problem is not None:
            return found.problem
        from mailcheck_gui.storage.profile_document import profiles_to_document

        document = profiles_to_document(change(found.accounts), self._migrations)
        replace_file(self._path, document)
        return None

    def _newer(self) -> StorageProblem:
        from mailcheck_gui.model.finding import message

        return StorageProblem(
            message(
                "{file} was written by a newer Mailcheck. It is left as it is.",
                file=self._path.name,
            )
        )

    def _keep_aside(self) -> StorageProblem:
        from mailcheck_gui.model.finding import message

        return set_aside(
            self._path,
            lambda name: message(
                "The saved accounts could not be read. The file is kept as {file}.", file=name
            ),
            self._now,
        )
