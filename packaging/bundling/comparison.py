"""Two builds beside each other: which files differ, and what is known to make them differ."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

REASONS: Final[dict[str, str]] = {}
"""Names of files that differ from build to build although the source is the same, and why."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One file that is not the same in both builds."""

    name: str
    what: str
    reason: str = ""

    @property
    def unexplained(self) -> bool:
        """Whether nobody knows why."""
        return not self.reason

    def __str__(self) -> str:
        return f"{self.name}: {self.what} ({self.reason or 'unexplained'})"


def contents(folder: Path) -> dict[str, str]:
    """Return what lies below a folder: the name of each file, its permissions and its content."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            found[name] = f"{path.stat().st_mode & 0o777:o} {digest}"
    return found


def compare(first: Path, second: Path) -> list[Difference]:
    """Return all differences between two folders, in the order of the names."""
    one, two = contents(first), contents(second)
    found = []
    for name in sorted(one.keys() | two.keys()):
        reason = REASONS.get(Path(name).name, "")
        if name not in two:
            found.append(Difference(name, "only in the first"))
        elif name not in one:
            found.append(Difference(name, "only in the second"))
        elif one[name] != two[name]:
            found.append(Difference(name, "other content", reason))
    return found
