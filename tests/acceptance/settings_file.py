"""One row of the settings-file tables: what the file holds, and what has to come of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from acceptance.contract import assert_report
from acceptance.harness import (
    USAGE,
    Json,
    Run,
    assert_clean_text,
    assert_refused,
    message,
    wording_faults,
)
from acceptance.loaded import LoadedPrograms

QUICK = ("--no-sign-in", "--no-neighbours", "--timeout", "4", "--json")
INCOMING: Json = {"protocol": "imap", "host": "imap.example.invalid"}
OUTGOING: Json = {"protocol": "smtp", "host": "smtp.example.invalid"}
EMAIL = "anna@example.invalid"


@dataclass(frozen=True, eq=False)
class SettingsRow:
    """A settings file and what the contract makes of it.

    read: a report whose account holds *account* (keys such as incoming.port). refused: exit 2,
    the *mentions* on standard error, nothing is asked of the network. either: the contract
    leaves it open, but there is nothing in between.
    """

    name: str
    content: bytes | Json | list[Any]
    outcome: Literal["read", "refused", "either"] = "read"
    mentions: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    account: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    file: str = "settings.json"


def document(**changes: Any) -> Json:
    """A complete document with *changes*; a value of ... leaves the key out."""
    whole: Json = {"version": 1, "email": EMAIL, "incoming": INCOMING, "outgoing": OUTGOING}
    return {key: value for key, value in {**whole, **changes}.items() if value is not ...}


def incoming(**changes: Any) -> Json:
    """A document whose incoming side has *changes*; a value of ... leaves the key out."""
    return document(incoming=_with(INCOMING, changes))


def outgoing(**changes: Any) -> Json:
    """A document whose outgoing side has *changes*; a value of ... leaves the key out."""
    return document(outgoing=_with(OUTGOING, changes))


def _with(side: Json, changes: Json) -> Json:
    return {key: value for key, value in {**side, **changes}.items() if value is not ...}


def check_settings(programs: LoadedPrograms, row: SettingsRow, folder: Path) -> Run:
    """Write the file of *row* and run a check with it."""
    folder.mkdir(parents=True, exist_ok=True)
    content = row.content
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / "settings.json").write_bytes(raw)
    return programs.run(("check", "--settings", row.file, *row.options, *QUICK), folder)


def assert_row(row: SettingsRow, done: Run) -> None:
    """Hold *done* against what *row* expects."""
    assert_clean_text(done.err)
    for secret in row.hidden:
        assert secret not in done.err, f"{secret!r} is repeated: {done.err!r}"
        assert secret not in done.out, f"{secret!r} is repeated: {done.out!r}"
    if row.outcome == "refused" or (row.outcome == "either" and done.status == USAGE):
        assert_refused(done, *row.mentions)
        return
    report = done.report
    assert_report(report, done.status)
    found = {path: _at(report["account"], path) for path in row.account}
    assert found == dict(row.account), report["account"]


def _at(account: Json, path: str) -> Any:
    value: Any = account
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def refusal_wording_faults(done: Run) -> list[str]:
    """Where the sentence of a refused run breaks the rules for words."""
    return wording_faults(message(done)) if done.status == USAGE else []
