"""What every package says of the program: names, version, date, languages."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
"""The project's folder."""

DRAWING: Final = ROOT / "resources" / "mailcheck.svg"
"""The icon, from which all sizes and formats are made."""

DISPLAY_NAME: Final = "Mailcheck"
WINDOW_PROGRAM: Final = "mailcheck-gui"
TERMINAL_PROGRAM: Final = "mailcheck"
IDENTIFIER: Final = "org.mailcheck.Mailcheck"
"""The name in reverse domain style, for macOS and AppStream."""

HOMEPAGE: Final = "https://mailcheck.example/"
"""`example` is never registered (RFC 2606): whoever publishes builds sets it."""

SUMMARY: Final = "Find out which mail setting is wrong, and what works instead"
AUTHORS: Final = "the Mailcheck maintainers"

_VERSION = re.compile(r'^__version__ = "([0-9]+(?:\.[0-9]+){2})"$', re.MULTILINE)


def version(root: Path = ROOT) -> str:
    """Return the version, three numbers with points. Raises ValueError where there is none."""
    found = _VERSION.search((root / "src/mailcheck_gui/__init__.py").read_text("utf-8"))
    if found is None:
        raise ValueError("src/mailcheck_gui/__init__.py has no version of three numbers")
    return found[1]


def languages(root: Path = ROOT) -> tuple[str, ...]:
    """Return the codes of the translations that ship. English is no translation."""
    sources = sorted((root / "resources" / "translations").glob("mailcheck_*.ts"))
    return tuple(path.stem.removeprefix("mailcheck_") for path in sources)


def source_date(root: Path = ROOT) -> int:
    """Return SOURCE_DATE_EPOCH: as it is set, else the time of the commit, in seconds since 1970.

    Raises CalledProcessError outside of a git repository where it is not set.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        return int(given)
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
