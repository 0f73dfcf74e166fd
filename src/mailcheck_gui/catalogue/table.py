"""Read TOML tables strictly: every error names file and key, a key that nobody read is one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)


class CatalogueError(ValueError):
    """A provider file is not as it should be. The text names file, key and reason."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}")
        self.file = file
        self.key = key


class Table:
    """One TOML table that notes which keys were read."""

    def __init__(self, file: str, path: str, content: object) -> None:
        if not isinstance(content, Mapping):
            raise CatalogueError(file, path, "is not a table")
        self._file = file
        self._path = path
        self._content: Mapping[str, Any] = content
        self._read: set[str] = set()

    def error(self, key: str, reason: str) -> CatalogueError:
        """Return the error for one key of this table."""
        return CatalogueError(self._file, self._name(key), reason)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there and say something."""
        value = self._take(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.error(key, "is not a text")
        return value

    def number(self, key: str) -> int:
        """Return a whole number."""
        value = self._take(key, None)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error(key, "is not a number")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where the key is missing."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(key, "is not a list of texts")
        return tuple(value)

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return a text that is one of a few."""
        value = self.text(key)
        if value not in allowed:
            raise self.error(key, f"is none of {', '.join(allowed)}")
        return value

    def date(self, key: str = "date", default: str | None = None) -> str:
        """Return an ISO 8601 date; year and month suffice."""
        value = self.text(key, default)
        if value != default and not _is_date(value):
            raise self.error(key, "is not a date like 2026-03 or 2026-03-14")
        return value

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._content

    def table(self, key: str) -> Table:
        """Return a table inside this one."""
        return Table(self._file, self._name(key), self._take(key, None))

    def tables(self, key: str) -> list[Table]:
        """Return a list of tables, empty where the key is missing."""
        value = self._take(key, [])
        if not isinstance(value, list):
            raise self.error(key, "is not a list of tables")
        return [
            Table(self._file, f"{self._name(key)}[{number}]", item)
            for number, item in enumerate(value)
        ]

    def finish(self) -> None:
        """Raise where a key was not read: a slip in a key's name must not go unseen."""
        for key in self._content:
            if key not in self._read:
                raise self.error(key, "is not known")

    def _take(self, key: str, default: object) -> object:
        self._read.add(key)
        if key not in self._content and default is None:
            raise self.error(key, "is missing")
        return self._content.get(key, default)

    def _name(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key


def _is_date(value: str) -> bool:
    match = _DATE.fullmatch(value)
    if match is None:
        return False
    year, month, day = match.groups(default="1")
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
