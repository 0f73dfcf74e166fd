"""Take away everything that Mailcheck keeps for one user: accounts, their passwords, preferences.

For the uninstaller, and for a person who gives a computer away. The saved accounts list their
keychain entries, so those go first; where one cannot be removed, the accounts stay and name it.
A damaged list that was set aside is the only trace of its entries, so it keeps everything too.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from mailcheck_gui.model.finding import message
from mailcheck_gui.storage.credentials import CredentialStore
from mailcheck_gui.storage.folders import Folders
from mailcheck_gui.storage.problem import StorageProblem, removal_problem
from mailcheck_gui.storage.profiles import ProfileStore
from mailcheck_gui.storage.saved_account import KeychainEntry
from mailcheck_gui.storage.set_aside import copies_aside


@dataclass(frozen=True, slots=True)
class Removal:
    """What was removed. With `left` or a `problem` the files are still there."""

    accounts: int = 0
    passwords: int = 0
    left: tuple[KeychainEntry, ...] = ()
    problem: StorageProblem | None = None


def remove_data(folders: Folders, keychain: CredentialStore) -> Removal:
    """Remove passwords, then files. Never raises for what the keychain or the disk may do."""
    profiles = ProfileStore(folders.accounts_file).load()
    if profiles.problem is not None:
        return Removal(problem=profiles.problem)
    if unread := copies_aside(folders.accounts_file):
        return Removal(problem=_unread_problem(unread[0]))
    entries = [entry for account in profiles.accounts for entry in account.keychain]
    left = tuple(entry for entry in entries if not keychain.delete(entry).done)
    removed = len(entries) - len(left)
    if left:
        return Removal(0, removed, left)
    problem = _remove_folders(folders)
    return Removal(0 if problem else len(profiles.accounts), removed, problem=problem)


def _unread_problem(file: Path) -> StorageProblem:
    return StorageProblem(
        message(
            "{file} may list passwords that the keychain keeps under mailcheck/. "
            "Nothing is removed while that file is there.",
            file=file,
        )
    )


def _remove_folders(folders: Folders) -> StorageProblem | None:
    for folder in dict.fromkeys((folders.data, folders.config, folders.state)):
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            return removal_problem(folder, error)
    return None
