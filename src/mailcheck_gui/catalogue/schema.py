"""Read a provider file strictly: every error names file and key, an unknown key is an error."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mailcheck_gui.model.account import AuthMethod, Protocol, Security
from mailcheck_gui.model.finding import PreparationStep, Provider, ProviderServer

USERNAME_FORMS = ("full", "local")
"""The whole address, or the part before the @."""

PREPARATION_KINDS = ("app-password", "mail-password", "protocol-switch", "smtp-switch")
"""What is refused until a step is done: the account's password, or a protocol as a whole."""


class CatalogueError(ValueError):
    """A provider file is not as it should be. The text names file, key and reason."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}")
        self.file = file
        self.key = key


class _Table:
    """One TOML table that notes which keys were read."""

    def __init__(self, file: str, path: str, content: object) -> None:
        if not isinstance(content, Mapping):
            raise CatalogueError(file, path, "is not a table")
        self._file = file
        self._path = path
        self._content: Mapping[str, Any] = content
        self._read: set[str] = set()

    def error(self, key: str, reason: str) -> CatalogueError:
        return CatalogueError(self._file, self._name(key), reason)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.error(key, "is not a text")
        return value

    def number(self, key: str) -> int:
        value = self._take(key, None)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error(key, "is not a number")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(key, "is not a list of texts")
        return tuple(value)

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.text(key)
        if value not in allowed:
            raise self.error(key, f"is none of {', '.join(allowed)}")
        return value

    def date(self, key: str = "date") -> str:
        """Return an ISO 8601 date; year and month suffice."""
        value = self.text(key)
        parts = value.split("-")
        lengths = [len(part) for part in parts]
        if lengths not in ([4, 2], [4, 2, 2]) or not all(part.isdigit() for part in parts):
            raise self.error(key, "is not a date like 2026-03 or 2026-03-14")
        return value

    def has(self, key: str) -> bool:
        return key in self._content

    def table(self, key: str) -> _Table | None:
        if not self.has(key):
            return None
        return _Table(self._file, self._name(key), self._take(key, None))

    def tables(self, key: str) -> list[_Table]:
        value = self._take(key, [])
        if not isinstance(value, list):
            raise self.error(key, "is not a list of tables")
        return [
            _Table(self._file, f"{self._name(key)}[{number}]", item)
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


def parse_provider(file: str, text: str) -> Provider:
    """Return the provider that a TOML file describes.

    Args:
        file: The file's name, for messages.
        text: Its content.

    Raises:
        CatalogueError: where the content is no TOML, or a key is missing, unknown or wrong.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(file, "(file)", str(error)) from error
    table = _Table(file, "", content)
    provider = Provider(
        id=table.text("id"),
        name=table.text("name"),
        domains=table.texts("domains"),
        servers=tuple(s for item in table.tables("server") for s in _servers(item)),
        mx_patterns=table.texts("mx_patterns"),
        username_forms=_username_forms(table),
        retired_hosts=tuple(_retired(item) for item in table.tables("retired")),
        web_hosts=table.texts("web_hosts"),
        preparation=tuple(_preparation(item) for item in table.tables("preparation")),
        unsupported=_unsupported(table),
    )
    table.finish()
    return provider


def _servers(table: _Table) -> Iterator[ProviderServer]:
    """Yield one server, or one for each of `hosts` where they differ only in the name."""
    hosts = table.texts("hosts") or (table.text("host"),)
    first = ProviderServer(
        protocol=Protocol(table.one_of("protocol", tuple(Protocol))),
        host=hosts[0],
        port=table.number("port"),
        security=Security(table.one_of("security", tuple(Security))),
        auth=_auth(table),
        source=table.text("source"),
        date=table.date(),
    )
    table.finish()
    yield from (replace(first, host=host) for host in hosts)


def _auth(table: _Table) -> tuple[AuthMethod, ...]:
    names = table.texts("auth")
    unknown = [name for name in names if name not in tuple(AuthMethod)]
    if unknown or not names:
        raise table.error("auth", f"is none of {', '.join(AuthMethod)}")
    return tuple(AuthMethod(name) for name in names)


def _username_forms(table: _Table) -> tuple[tuple[Protocol, str], ...]:
    forms = table.table("usernames")
    if forms is None:
        return ()
    pairs = tuple(
        (protocol, forms.one_of(protocol, USERNAME_FORMS))
        for protocol in Protocol
        if forms.has(protocol)
    )
    _sourced(forms)
    return pairs


def _retired(table: _Table) -> tuple[str, str]:
    pair = (table.text("host"), table.text("today"))
    _sourced(table)
    return pair


def _preparation(table: _Table) -> PreparationStep:
    step = PreparationStep(
        text=table.text("text"),
        url=table.text("url", ""),
        source=table.text("source"),
        date=table.date(),
        kind=table.one_of("kind", PREPARATION_KINDS) if table.has("kind") else "",
    )
    table.finish()
    return step


def _unsupported(table: _Table) -> str:
    unsupported = table.table("unsupported")
    if unsupported is None:
        return ""
    reason = unsupported.text("text")
    _sourced(unsupported)
    return reason


def _sourced(table: _Table) -> None:
    """Check what the model does not keep: a fact without source and date is no fact."""
    table.text("source")
    table.date()
    table.finish()
