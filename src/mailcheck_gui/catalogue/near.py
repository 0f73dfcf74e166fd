"""Names one or two slips of the finger away from a known one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

MAX_SLIPS = 2
"""Slips that still count as the same name misspelt."""

_SHORT_NAME = 8
"""A name shorter than this is allowed one slip: two would reach foreign names."""

_SLIPS_BY_LENGTH = (0, 0, 0, 0, 1, 1, 1, 1)
"""Slips in the label that tells names apart, by its length; longer ones are allowed `MAX_SLIPS`.

Three letters have too many honest neighbours to guess at (`web.de`, `ewe.net`), and two slips in
seven letters still reach foreign firms (`hotmail`, `hotmart`).
"""


def slips(typed: str, known: str, limit: int = MAX_SLIPS) -> int:
    """Return the Damerau-Levenshtein distance (adjacent swaps count one), at most `limit` + 1."""
    if abs(len(typed) - len(known)) > limit:
        return limit + 1
    start = _common(typed, known)
    typed, known = typed[start:], known[start:]
    end = _common(typed[::-1], known[::-1])
    return _distance(typed[: len(typed) - end], known[: len(known) - end], limit)


def _common(one: str, other: str) -> int:
    """Return how many characters two names begin with alike: no slip is among them."""
    length = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        length += 1
    return length


def _distance(typed: str, known: str, limit: int) -> int:
    before_last: list[int] = []
    last = list(range(len(known) + 1))
    for row, here in enumerate(typed, start=1):
        current = [row]
        for column, there in enumerate(known, start=1):
            cost = min(
                last[column] + 1,
                current[column - 1] + 1,
                last[column - 1] + (here != there),
            )
            swapped = row > 1 and column > 1 and here == known[column - 2]
            if swapped and typed[row - 2] == there:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before_last, last = last, current
    return min(last[-1], limit + 1)


def near_names(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names that `typed` may be a misspelling of, nearest first.

    A name that is itself known is no misspelling: the answer is then empty.
    """
    names = tuple(dict.fromkeys(known))
    return () if typed in names else _near(typed, names)


@lru_cache(maxsize=32)  # the rules of one check ask for the same names several times
def _near(typed: str, names: tuple[str, ...]) -> tuple[str, ...]:
    limit = 1 if len(typed) < _SHORT_NAME else MAX_SLIPS
    letters = _letters(typed)
    measured = (
        (slips(typed, name, limit), name)
        for name in names
        if abs(len(typed) - len(name)) <= limit
        and (letters ^ _letters(name)).bit_count() <= 2 * limit
    )
    near = sorted((distance, name) for distance, name in measured if distance <= limit)
    endings = {_ending(name) for name in names} if near else set()
    return tuple(
        name
        for _, name in near
        if _same_owner(typed, name) and _same_ending(_ending(typed), _ending(name), endings)
    )


@lru_cache(maxsize=2048)  # the known names are the same at every key press
def _letters(name: str) -> int:
    """Return the set of characters as bits: one slip changes at most two of them."""
    bits = 0
    for character in name:
        bits |= 1 << (ord(character) & 63)
    return bits


def _ending(name: str) -> str:
    return name.rpartition(".")[2]


def _same_ending(typed: str, known: str, endings: set[str]) -> bool:
    """Whether another last label is a slip; that of other names, or of another country, is none."""
    if typed == known:
        return True
    countries = len(typed) == len(known) == 2 and typed[::-1] != known
    return typed not in endings and not countries


def _same_owner(typed: str, known: str) -> bool:
    """Whether the labels that tell owners apart are near enough for their length."""
    typed_labels, known_labels = typed.split("."), known.split(".")
    if len(typed_labels) != len(known_labels):
        return True  # a dot was mistyped: the letters around it agree
    place = _telling(known_labels)
    telling = known_labels[place]
    length = len(telling)
    allowed = _SLIPS_BY_LENGTH[length] if length < len(_SLIPS_BY_LENGTH) else MAX_SLIPS
    return slips(typed_labels[place], telling, allowed) <= allowed


def _telling(labels: list[str]) -> int:
    """Return the place of the label that tells owners apart: the longest in front of the last.

    The first of three or more is what the server does: imap, smtp, mail.
    """
    first = 1 if len(labels) > 2 else 0
    places = range(first, max(len(labels) - 1, first + 1))
    return max(places, key=lambda place: len(labels[place]))
