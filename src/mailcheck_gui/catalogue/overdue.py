"""Facts that nobody has confirmed for too long."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

OLDEST_MONTHS = 36
"""Months after which a fact is to be confirmed again. Providers move about once in five years."""


def overdue(file: str, text: str, today: date) -> Iterator[str]:
    """Yield one sentence for each fact of a provider file that is too old, or not yet known.

    Args:
        file: The file's name, for messages.
        text: Its content, which the schema has read.
        today: The day against which ages are measured.
    """
    for key, day in _dates("", tomllib.loads(text)):
        months = (today.year - int(day[:4])) * 12 + today.month - int(day[5:7])
        if months > OLDEST_MONTHS:
            yield (
                f"{file}: {key}: {day} is more than {OLDEST_MONTHS} months before {today}: "
                "confirm the fact and write today's date, or remove it"
            )
        elif day > today.isoformat()[: len(day)]:
            yield f"{file}: {key}: {day} is later than {today}"


def _dates(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "date":
                yield f"{path}{key}", inner
            else:
                yield from _dates(f"{path}{key}.", inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _dates(f"{path[:-1]}[{number}].", inner)
