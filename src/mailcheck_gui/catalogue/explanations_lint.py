"""Faults in the book of error texts that its schema cannot see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from re import _constants, _parser  # type: ignore[attr-defined]

from mailcheck_gui.model.known_error import ErrorBook, KnownError

LONGEST = 600
"""Characters that one pattern may take in at most, so that no text takes long to search."""


def lint_explanations(
    book: ErrorBook, codes: Iterable[str], replies: Iterable[str]
) -> tuple[str, ...]:
    """Return one sentence for each fault, empty where there is none.

    `codes` are all finding codes, `replies` all causes that `diagnosis.replies` can name: each of
    these wants exactly one error.
    """
    known = frozenset(codes)
    return (
        *_duplicates(book),
        *_replies(book, frozenset(replies)),
        *(sentence for error in book.errors for sentence in _error(error, known)),
    )


def _duplicates(book: ErrorBook) -> Iterator[str]:
    for name, count in Counter(error.id for error in book.errors).items():
        if count > 1:
            yield f"{name}: stands in the book {count} times"
    for error in book.errors:
        counted = Counter((sign.words.pattern, sign.names) for sign in error.signs)
        for (words, _), count in counted.items():
            if count > 1:
                yield f"{error.id}: {words}: stands there {count} times"


def _replies(book: ErrorBook, replies: frozenset[str]) -> Iterator[str]:
    counted = Counter(reply for error in book.errors for reply in error.replies)
    for reply in sorted(replies | set(counted)):
        if reply not in replies:
            yield f"{reply}: no server's reply is read as this"
        elif counted[reply] != 1:
            yield f"{reply}: {counted[reply]} errors explain this reply"


def _error(error: KnownError, codes: frozenset[str]) -> Iterator[str]:
    if not error.signs and not error.replies:
        yield f"{error.id}: nothing leads to it"
    if not error.codes and not (error.title.template and error.checks):
        yield f"{error.id}: without codes it needs a title and checks of its own"
    for code in error.codes:
        if code not in codes:
            yield f"{error.id}: {code}: is no finding"
    for sign in error.signs:
        if (length := longest_match(sign.words)) > LONGEST:
            yield f"{error.id}: {sign.words.pattern}: takes in {length} characters"
        if sign.words.search(""):
            yield f"{error.id}: {sign.words.pattern}: fits every text"


def longest_match(words: re.Pattern[str]) -> int:
    """Return how many characters a pattern takes in at most, looks ahead and behind included."""
    own = _parser.parse(words.pattern).getwidth()[1]
    return max([int(own), *_looks(_parser.parse(words.pattern))])


def _looks(parsed: Iterable[tuple[object, object]]) -> Iterator[int]:
    """Yield the longest that each look ahead or behind takes in."""
    for kind, value in parsed:
        for inner in _inner(value):
            if kind in (_constants.ASSERT, _constants.ASSERT_NOT):
                yield int(inner.getwidth()[1])
            yield from _looks(inner)


def _inner(value: object) -> Iterator[_parser.SubPattern]:
    """Yield the patterns inside a part of a pattern."""
    if isinstance(value, _parser.SubPattern):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _inner(item)
