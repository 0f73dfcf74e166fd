"""The settings file: an account as JSON, version 1 (a contract; see ARCHITECTURE.md).

Values are kept as they were typed; cleaning and refusing them is the intake's work. The shape is
strict: an unknown key, a wrong type or an unknown version is named in a `SettingsFileError`, so
that a misspelt key is never silently without effect. A password has no place in the file, nor has
one that was pasted as a part of a server's address.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from mailcheck_gui.model.account import (
    AccountDraft,
    AuthMethod,
    Protocol,
    Role,
    Security,
    ServerDraft,
)
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.model.pasted_address import email_without_secrets, without_pasted_secrets
from mailcheck_gui.model.quoting import visible_text
from mailcheck_gui.storage.json_file import JsonProblem, NotJson, parse_object, read_bytes

VERSION: Final = 1

_ACCOUNT_KEYS = ("version", "name", "email", "same_credentials", "incoming", "outgoing")
_SERVER_KEYS = ("protocol", "host", "port", "security", "auth", "username")
_SECRET_KEYS = frozenset({"password", "secret", "token", "passwd"})
_PROTOCOLS = {
    Role.INCOMING: (Protocol.IMAP, Protocol.POP3),
    Role.OUTGOING: (Protocol.SMTP,),
}

_NO_SETTINGS_FILE = {
    JsonProblem.TOO_LARGE: message("{file} is too large for a settings file."),
    JsonProblem.EMPTY: message("{file} is empty, so there are no settings in it."),
    JsonProblem.NOT_UTF8: message("{file} is not a settings file. It is not text in UTF-8."),
    JsonProblem.NOT_JSON: message(
        "{file} is not a settings file. Line {line} is not written in JSON, the form of such files."
    ),
    JsonProblem.LONG_NUMBER: message("{file} is not a settings file. A number in it is too long."),
    JsonProblem.TOO_DEEP: message("{file} is not a settings file. It is nested too deeply."),
    JsonProblem.NOT_AN_OBJECT: message(
        "{file} is not a settings file. There are no braces around its content."
    ),
    JsonProblem.KEY_TWICE: message('The key "{key}" stands twice in {file}.'),
}

_Choice = TypeVar("_Choice", bound=StrEnum)


class SettingsFileError(Exception):
    """A settings file cannot be used; `sentence` says why in the user's words."""

    def __init__(self, sentence: Message) -> None:
        super().__init__(sentence.english())
        self.sentence = sentence


def read_settings_file(path: Path) -> AccountDraft:
    """Return the account of a settings file. Raises `SettingsFileError`."""
    try:
        document = parse_object(read_bytes(path))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsFileError(
            message("The file {file} could not be read ({reason}).", file=path, reason=reason)
        ) from error
    except NotJson as error:
        raise SettingsFileError(_no_settings_file(path, error)) from error
    return parse_settings(document)


def parse_settings(document: Mapping[str, object]) -> AccountDraft:
    """Return the account of a settings file's object. Raises `SettingsFileError`."""
    if "version" not in document:
        raise SettingsFileError(message('The settings file has no "version".'))
    version = document["version"]
    if type(version) is not int or version != VERSION:
        raise SettingsFileError(_wrong_version(version))
    return draft_from_object(document)


def draft_to_object(draft: AccountDraft) -> dict[str, object]:
    """Return an account as the settings file's keys (without its version)."""
    document: dict[str, object] = {"name": draft.name} if draft.name else {}
    document["email"] = email_without_secrets(draft.email)
    document["same_credentials"] = draft.same_credentials
    if draft.incoming is not None:
        document["incoming"] = _server_to_object(draft.incoming)
    if draft.outgoing is not None:
        document["outgoing"] = _server_to_object(draft.outgoing)
    return document


def draft_from_object(document: Mapping[str, object], *, any_port: bool = False) -> AccountDraft:
    """Return the account behind the settings file's keys. Raises `SettingsFileError`.

    A port is a number. With `any_port` it may be whatever text was typed, as in saved accounts.
    """
    _refuse_unknown(document, _ACCOUNT_KEYS, "")
    if "email" not in document:
        raise SettingsFileError(message('The settings file has no "email".'))
    return AccountDraft(
        email=_text(document, "email", ""),
        incoming=_side(document, Role.INCOMING, any_port=any_port),
        outgoing=_side(document, Role.OUTGOING, any_port=any_port),
        same_credentials=_flag(document, "same_credentials"),
        name=_text(document, "name", ""),
    )


def _server_to_object(server: ServerDraft) -> dict[str, object]:
    host = without_pasted_secrets(server.host)
    document: dict[str, object] = {"protocol": server.protocol.value, "host": host}
    if server.port:
        document["port"] = _port_to_value(server.port)
    if server.security is not None:
        document["security"] = server.security.value
    if server.auth is not None:
        document["auth"] = server.auth.value
    if server.username:
        document["username"] = server.username
    return document


def _port_to_value(port: str) -> int | str:
    """Return a number where the text is exactly how that number is written, else the text."""
    plain = port.isascii() and port.isdecimal() and len(port) <= 5
    return int(port) if plain and str(int(port)) == port else port


def _side(document: Mapping[str, object], role: Role, *, any_port: bool) -> ServerDraft | None:
    name = role.value
    if name not in document:
        return None
    side = document[name]
    if not isinstance(side, dict):
        raise SettingsFileError(message('"{key}" in the settings file is not an object.', key=name))
    _refuse_unknown(side, _SERVER_KEYS, name)
    for key in ("protocol", "host"):
        if key not in side:
            raise SettingsFileError(
                message('The settings file has no "{key}".', key=_path(name, key))
            )
    protocol = _choice(side, "protocol", name, _PROTOCOLS[role])
    assert protocol is not None
    return ServerDraft(
        protocol=protocol,
        host=_text(side, "host", name),
        port=_port(side, name, any_port=any_port),
        security=_choice(side, "security", name, tuple(Security)),
        auth=_choice(side, "auth", name, tuple(AuthMethod)),
        username=_text(side, "username", name),
    )


def _path(side: str, key: str) -> str:
    return f"{side}.{key}" if side else key


def _refuse_unknown(document: Mapping[str, object], known: Iterable[str], side: str) -> None:
    unknown = next((key for key in document if key not in known), None)
    if unknown is None:
        return
    key = visible_text(_path(side, unknown), 60)
    if unknown.lower() in _SECRET_KEYS:
        raise SettingsFileError(
            message('A settings file holds no password. Remove "{key}" from it.', key=key)
        )
    raise SettingsFileError(message('The settings file has an unknown key: "{key}".', key=key))


def _text(document: Mapping[str, object], key: str, side: str) -> str:
    value = document.get(key, "")
    if isinstance(value, str):
        return value
    raise SettingsFileError(
        message('"{key}" in the settings file is not a text.', key=_path(side, key))
    )


def _flag(document: Mapping[str, object], key: str) -> bool:
    value = document.get(key, True)
    if isinstance(value, bool):
        return value
    raise SettingsFileError(
        message('"{key}" in the settings file is neither true nor false.', key=key)
    )


def _port(document: Mapping[str, object], side: str, *, any_port: bool) -> str:
    if "port" not in document:
        return ""
    value = document["port"]
    if type(value) is int or (any_port and isinstance(value, str)):
        return str(value)
    raise SettingsFileError(
        message('"{key}" in the settings file is not a whole number.', key=_path(side, "port"))
    )


def _choice(
    document: Mapping[str, object], key: str, side: str, choices: tuple[_Choice, ...]
) -> _Choice | None:
    if key not in document:
        return None
    value = document[key]
    found = next((choice for choice in choices if choice.value == value), None)
    if found is not None:
        return found
    raise SettingsFileError(
        message(
            '"{key}" in the settings file is not one of: {choices}.',
            key=_path(side, key),
            choices=", ".join(choices),
        )
    )


def _no_settings_file(path: Path, error: NotJson) -> Message:
    values = {"file": path, "line": error.line, "key": error.key}
    return _NO_SETTINGS_FILE[error.problem].with_values(values)


def _wrong_version(version: object) -> Message:
    """Show it as it stands in the file: "1" in quotes is another version than 1."""
    return message(
        "The settings file has version {found}; this Mailcheck reads version {known}.",
        found=visible_text(json.dumps(version), 40),
        known=VERSION,
    )
