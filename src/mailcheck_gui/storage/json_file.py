"""Versioned JSON files: bounded reading, and replacement that leaves the old file or the new one.

`NotJson` is raised for text that is no JSON object; `OSError` passes through.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from mailcheck_gui.model.quoting import visible_text

MAX_BYTES = 4 * 1024 * 1024
"""No file of Mailcheck is larger; a larger one is not read at all."""


class JsonProblem(StrEnum):
    """Why a text is not one JSON object."""

    TOO_LARGE = "too-large"
    NOT_UTF8 = "not-utf-8"
    EMPTY = "empty"
    NOT_JSON = "not-json"
    LONG_NUMBER = "long-number"
    TOO_DEEP = "too-deep"
    NOT_AN_OBJECT = "not-an-object"
    KEY_TWICE = "key-twice"


class NotJson(ValueError):
    """The text is not one JSON object.

    `line` is where reading stopped, for NOT_JSON; `key` is the doubled one, for KEY_TWICE.
    """

    def __init__(self, problem: JsonProblem, *, line: int = 0, key: str = "") -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.line = line
        self.key = key


def _refuse_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read: dict[str, object] = {}
    for name, value in pairs:
        if name in read:
            raise NotJson(JsonProblem.KEY_TWICE, key=visible_text(name, 60))
        read[name] = value
    return read


def parse_object(raw: bytes) -> dict[str, object]:
    """Return the JSON object in UTF-8 bytes (a byte order mark is allowed). Raises `NotJson`."""
    if len(raw) > MAX_BYTES:
        raise NotJson(JsonProblem.TOO_LARGE)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotJson(JsonProblem.NOT_UTF8) from error
    if not text.strip():
        raise NotJson(JsonProblem.EMPTY)
    parsed = _parse(text)
    if not isinstance(parsed, dict):
        raise NotJson(JsonProblem.NOT_AN_OBJECT)
    return parsed


def _parse(text: str) -> object:
    try:
        parsed: object = json.loads(text, object_pairs_hook=_refuse_twice)
    except json.JSONDecodeError as error:
        raise NotJson(JsonProblem.NOT_JSON, line=error.lineno) from error
    except RecursionError as error:
        raise NotJson(JsonProblem.TOO_DEEP) from error
    except NotJson:
        raise
    except ValueError as error:  # a number of thousands of digits
        raise NotJson(JsonProblem.LONG_NUMBER) from error
    return parsed


def read_bytes(path: Path) -> bytes:
    """Return a file's content, at most one byte more than `MAX_BYTES`. Raises OSError."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def replace_file(path: Path, document: object) -> None:
    """Write a JSON document beside a file, then put it in its place. Raises OSError.

    The new content is on the disk before the name changes, so a crash or a full disk leaves the
    old file. Only the user may read it.
    """
    import tempfile  # with all that it brings along: most sessions of the window write late

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    content = text.encode(
        "utf-8", "backslashreplace"
    )  # half a surrogate pair becomes its JSON escape
    handle, name = tempfile.mkstemp(prefix=path.name + ".", suffix=".new", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # the new file is in place: it would be wrong to say it is not
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable where the system can sync a folder (not on Windows)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
