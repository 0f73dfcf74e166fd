"""The section of CHANGELOG.md that belongs to a version, and whether it may be released."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from bundling import project

_HEADING: Final = re.compile(r"^## (?P<version>\d+\.\d+\.\d+) \((?P<when>[^)\n]+)\)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """What changed in one version."""

    version: str
    when: str
    """What stands in brackets behind the version: the day of the release, once there is one."""
    body: str

    @property
    def is_dated(self) -> bool:
        """Whether it has the day of a release, as in 2026-11-30."""
        try:
            date.fromisoformat(self.when)
        except ValueError:
            return False
        return True


def section(text: str, version: str) -> Section:
    """Return the section of a version. Raises ValueError where there is none or it is empty."""
    for found in _HEADING.finditer(text):
        if found["version"] == version:
            following = re.search(r"^## ", text[found.end() :], re.MULTILINE)
            end = found.end() + following.start() if following else len(text)
            body = text[found.end() : end].strip()
            if not body:
                break
            return Section(version, found["when"], body)
    raise ValueError(f"CHANGELOG.md says nothing of version {version}")


def complaints(tag: str, root: Path = project.ROOT) -> list[str]:
    """Return why a tag cannot be released, in sentences."""
    version = project.version(root)
    stated = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    found = []
    if tag != f"v{version}":
        found.append(f"The tag is {tag}, but the program says that it is version {version}.")
    if stated != version:
        found.append(f"pyproject.toml says {stated}, but the program says {version}.")
    try:
        changes = section((root / "CHANGELOG.md").read_text("utf-8"), version)
    except ValueError as error:
        return [*found, f"{error}."]
    if not changes.is_dated:
        found.append(f"CHANGELOG.md has no date for {version}, but '{changes.when}'.")
    return found
