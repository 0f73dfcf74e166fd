"""Load what is known of error texts: `resources/explain/*.toml`, read strictly.

A file holds tables `[[error]]`, each with `id`, `meaning`, `codes`, `source` and, where they serve,
`title` and `check` (else those of the codes are shown), `confidence`, `replies`, and `sign`: tables
with `words`, `strength`, `by` and `names`. The file `common.toml` holds the texts to pick from.

`words` are regular expressions for cleaned text, in which `…` stands for at most 100 characters of
anything, and `@` before a reply code (`@535`, `@5.7.8`) for what sets such a code apart from other
numbers. The linter refuses unlimited repeats, so that no text can take long to search.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from mailcheck_gui.model.finding import Confidence, Message
from mailcheck_gui.model.known_error import CommonText, ErrorBook, ErrorSign, KnownError

COMMON = "common.toml"

_GAP = r".{0,100}?"
_CODE = re.compile(r"@(\d{3}|\d\.\d{1,3}\.\d{1,3})\b")
_ESCAPE = re.compile(r"\\.")
_STRENGTHS = range(1, 10)
_ERROR_KEYS = frozenset(
    {"id", "title", "meaning", "codes", "check", "sign", "replies", "confidence", "source"}
)
_SIGN_KEYS = frozenset({"words", "strength", "by", "names"})
_COMMON_KEYS = frozenset({"by", "label", "text"})

T = TypeVar("T")


class ExplanationsError(ValueError):
    """A file of error texts is not as it should be. The text names file, entry and reason."""


@cache
def load_explanations() -> ErrorBook:
    """Return the errors in `resources/explain`, in the order of the file names; read once.

    Raises:
        ExplanationsError: names the file and the entry that is not as it should be.
    """
    entries = sorted(
        (entry for entry in _folder().iterdir() if entry.name.endswith(".toml")),
        key=lambda entry: entry.name,
    )
    texts = {entry.name: entry.read_text("utf-8") for entry in entries if entry.name != COMMON}
    errors = (error for name, text in texts.items() for error in parse_errors(name, text))
    return ErrorBook(tuple(errors))


@cache
def load_common() -> tuple[CommonText, ...]:
    """Return the texts to pick from alone: a small file. Raises as `load_explanations`."""
    return parse_common(COMMON, _folder().joinpath(COMMON).read_text("utf-8"))


def _folder() -> Traversable:
    return files("mailcheck_gui.resources").joinpath("explain")


def parse_errors(file: str, text: str) -> tuple[KnownError, ...]:
    """Return the errors that a TOML text describes. Raises as `load_explanations`."""
    return tuple(_error(file, table) for table in _tables(file, text, "error"))


def parse_common(file: str, text: str) -> tuple[CommonText, ...]:
    """Return the texts to pick from. Raises as `load_explanations`."""
    return tuple(_common(file, table) for table in _tables(file, text, "text"))


def _tables(file: str, text: str, key: str) -> list[Mapping[str, Any]]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ExplanationsError(f"{file}: {error}") from error
    if unknown := set(content) - {key}:
        raise ExplanationsError(f"{file}: {', '.join(sorted(unknown))}: not known")
    return _list(file, content, key, dict)


def _error(file: str, table: Mapping[str, Any]) -> KnownError:
    where = f"{file}: {table.get('id', '(entry without an id)')}"
    _only(where, table, _ERROR_KEYS)
    signs: list[dict[str, Any]] = _list(where, table, "sign", dict)
    return KnownError(
        id=_text(where, table, "id"),
        title=Message(_text(where, table, "title", "")),
        meaning=Message(_text(where, table, "meaning")),
        codes=tuple(_list(where, table, "codes", str)),
        checks=tuple(Message(check) for check in _list(where, table, "check", str)),
        signs=tuple(sign for entry in signs for sign in _signs(where, entry)),
        replies=tuple(_list(where, table, "replies", str)),
        confidence=_confidence(where, table),
        source=_text(where, table, "source"),
    )


def _signs(where: str, table: Mapping[str, Any]) -> Iterator[ErrorSign]:
    """Yield one sign for each of `words`; they share what stands beside them."""
    _only(where, table, _SIGN_KEYS)
    strength = table.get("strength")
    if not isinstance(strength, int) or strength not in _STRENGTHS:
        raise ExplanationsError(f"{where}: strength: is not 1 to 9")
    names = table.get("names", False)
    if not isinstance(names, bool):
        raise ExplanationsError(f"{where}: names: is not true or false")
    said_by = _text(where, table, "by", "")
    for words in _list(where, table, "words", str):
        yield ErrorSign(_pattern(where, words), strength, said_by, names)


def _pattern(where: str, words: str) -> re.Pattern[str]:
    if re.search("[A-Z]", _ESCAPE.sub("", words)):
        raise ExplanationsError(f"{where}: {words}: is not in lower case")
    try:
        return re.compile(_CODE.sub(_code, words).replace("…", _GAP))
    except re.error as error:
        raise ExplanationsError(f"{where}: {words}: {error}") from error


def _code(hit: re.Match[str]) -> str:
    """Return the expression for a reply code: no part of a time, an address or another number."""
    number = hit[1].replace(".", r"\.")
    return rf"(?<![\w.:/+-])(?<!\+\d\d ){number}(?![\w/%]|[.:]\d| \d{{3}})"


def _common(file: str, table: Mapping[str, Any]) -> CommonText:
    where = f"{file}: {table.get('label', '(text without a label)')}"
    _only(where, table, _COMMON_KEYS)
    return CommonText(
        *(_text(where, table, key) for key in ("by", "label", "text")),
    )


def _only(where: str, table: Mapping[str, Any], keys: frozenset[str]) -> None:
    if unknown := set(table) - keys:
        raise ExplanationsError(f"{where}: {', '.join(sorted(unknown))}: not known")


def _text(where: str, table: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise ExplanationsError(f"{where}: {key}: is not a text")
    return value


def _list(where: str, table: Mapping[str, Any], key: str, kind: type[T]) -> list[T]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
        raise ExplanationsError(f"{where}: {key}: is not a list of {kind.__name__}")
    return value


def _confidence(where: str, table: Mapping[str, Any]) -> Confidence:
    try:
        return Confidence(table.get("confidence", Confidence.LIKELY))
    except ValueError as error:
        raise ExplanationsError(f"{where}: confidence: {error}") from error
