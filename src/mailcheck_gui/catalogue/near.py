"""Names one or two slips of the finger away from a known one."""

from __future__ import annotations

from collections.abc import Iterable

MAX_SLIPS = 2
"""Slips that still count as the same name misspelt."""

_SHORT_NAME = 8
"""A name shorter than this is allowed one slip: two would reach foreign names."""


def slips(typed: str, known: str, limit: int = MAX_SLIPS) -> int:
    """Return the Damerau-Levenshtein distance (adjacent swaps count one), at most `limit` + 1."""
    if abs(len(typed) - len(known)) > limit:
        return limit + 1
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
    names = list(dict.fromkeys(known))
    if typed in names:
        return ()
    limit = 1 if len(typed) < _SHORT_NAME else MAX_SLIPS
    measured = ((slips(typed, name, limit), name) for name in names)
    return tuple(name for distance, name in sorted(measured) if distance <= limit)
