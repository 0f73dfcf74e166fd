"""The accounts file's JSON: saved accounts to plain objects and back, versions and migrations.

Reading is strict: what Mailcheck never writes raises `DamagedDocument`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from mailcheck_gui.model.account import Role
from mailcheck_gui.model.finding import Message
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.storage.saved_account import KeychainEntry, LastCheck, SavedAccount
from mailcheck_gui.storage.settings_file import (
    SettingsFileError,
    draft_from_object,
    draft_to_object,
)

Document = dict[str, object]
Migration = Callable[[Document], Document]

MIGRATIONS: Final[tuple[Migration, ...]] = ()
"""The step from version n to n + 1 stands at place n - 1; each returns a new document."""


_NOT_OURS: Final = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)
"""What reading raises for values of another kind; a time out of range is an ArithmeticError."""


class UnknownVersion(Exception):
    """The document was written by a newer Mailcheck."""


class DamagedDocument(Exception):
    """The document is not what Mailcheck writes."""


def profiles_to_document(
    accounts: Sequence[SavedAccount], migrations: Sequence[Migration] = MIGRATIONS
) -> Document:
    """Return the document for some accounts, in today's version."""
    objects = [_account_to_object(account) for account in accounts]
    return {"version": len(migrations) + 1, "accounts": objects}


def profiles_from_document(
    document: Document, migrations: Sequence[Migration] = MIGRATIONS
) -> tuple[SavedAccount, ...]:
    """Return the accounts of a document of today's or an older version.

    Raises `UnknownVersion`, `DamagedDocument`.
    """
    version = document.get("version")
    if not isinstance(version, int) or version < 1:
        raise DamagedDocument
    if version > len(migrations) + 1:
        raise UnknownVersion
    try:
        for migration in migrations[version - 1 :]:
            document = migration(document)
        accounts = _list(document["accounts"])
        return tuple(_account_from_object(_object(account)) for account in accounts)
    except (*_NOT_OURS, SettingsFileError) as error:
        raise DamagedDocument from error


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise DamagedDocument
    return value


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise DamagedDocument
    return value


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise DamagedDocument
    return value


def _account_to_object(account: SavedAccount) -> Document:
    document: Document = {
        "id": account.id,
        "name": account.name,
        "settings": draft_to_object(account.draft),
        "keychain": [
            {"service": entry.service, "username": entry.username} for entry in account.keychain
        ],
    }
    if account.unconfirmed:
        document["unconfirmed"] = list(account.unconfirmed)
    if account.last_check is not None:
        document["last_check"] = _last_check_to_object(account.last_check)
    return document


def _account_from_object(document: Mapping[str, object]) -> SavedAccount:
    last_check = document.get("last_check")
    return SavedAccount(
        id=_string(document["id"]),
        name=_string(document["name"]),
        draft=draft_from_object(_object(document["settings"]), any_port=True),
        keychain=tuple(_entry(_object(entry)) for entry in _list(document["keychain"])),
        last_check=None if last_check is None else _last_check(_object(last_check)),
        unconfirmed=tuple(_string(host) for host in _list(document.get("unconfirmed", []))),
    )


def _entry(document: Mapping[str, object]) -> KeychainEntry:
    entry = KeychainEntry(_string(document["service"]), _string(document["username"]))
    assert entry.role  # raises ValueError for a service that is not ours
    return entry


def _last_check_to_object(check: LastCheck) -> Document:
    document: Document = {
        "verdict": check.verdict.value,
        "at": check.at.isoformat(),
        "broken": [role.value for role in check.broken],
    }
    if check.headline is not None:
        document["headline"] = {
            "template": check.headline.template,
            "values": dict(check.headline.values),
        }
    return document


def _last_check(document: Mapping[str, object]) -> LastCheck:
    headline = document.get("headline")
    return LastCheck(
        verdict=Verdict(_string(document["verdict"])),
        at=_moment(_string(document["at"])),
        broken=tuple(Role(_string(role)) for role in _list(document["broken"])),
        headline=None if headline is None else _headline(_object(headline)),
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:  # what it would mean depends on this computer
        raise DamagedDocument
    return moment.astimezone(UTC)


def _headline(document: Mapping[str, object]) -> Message:
    values = _object(document["values"])
    pairs = tuple((name, _string(value)) for name, value in values.items())
    found = Message(_string(document["template"]), pairs)
    found.english()  # a template without its values is as good as damaged
    return found
