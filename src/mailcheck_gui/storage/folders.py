"""Where Mailcheck keeps its files on each system.

The environment variable `MAILCHECK_HOME` moves all of them into one folder: for a copy on a stick,
and for tests, which must never meet the accounts of the person who runs them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "MAILCHECK_HOME"
"""Names a folder that takes the place of the system's own ones."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one user. None of them needs to exist yet.

    `data` holds the accounts, `config` the preferences, `state` the log.
    """

    data: Path
    config: Path
    state: Path

    @property
    def accounts_file(self) -> Path:
        """The saved accounts."""
        return self.data / "accounts.json"

    @property
    def preferences_file(self) -> Path:
        """Language, theme and window size."""
        return self.config / "preferences.json"

    @property
    def log_file(self) -> Path:
        """What went wrong inside Mailcheck itself."""
        return self.state / "mailcheck.log"


def user_folders(environment: Mapping[str, str] = os.environ) -> Folders:
    """Return the folders of this user, or those below `MAILCHECK_HOME` where that is set."""
    home = environment.get(HOME_VARIABLE, "")
    if home:
        root = _absolute(Path(home))
        return Folders(root / "data", root / "config", root / "state")
    from platformdirs import PlatformDirs

    system = PlatformDirs("mailcheck", appauthor=False)
    return Folders(system.user_data_path, system.user_config_path, system.user_log_path)


def _absolute(folder: Path) -> Path:
    try:
        return folder.expanduser().absolute()
    except RuntimeError:  # "~name" of a user who is not known here: as in a shell, it is a name
        return folder.absolute()
