"""Find the known errors that a text names, and rank them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailcheck_gui.diagnosis.pasted_text import PastedText, cleaned, nameless
from mailcheck_gui.diagnosis.replies import SENDING_REPLIES, SIGN_IN_REPLIES, ReplyRow
from mailcheck_gui.model.known_error import ErrorBook, ErrorSign, KnownError

_REPLY_STRENGTH = {True: 7, False: 6}
"""How much a row of `diagnosis.replies` says, by whether it is sure."""

_CODES = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b|\[([a-z/-]{3,30})(?: [^\]]{0,200})?\]")


@dataclass(frozen=True, slots=True)
class Match:
    """A known error and the strongest sign of it in a text."""

    error: KnownError
    strength: int
    matched: str
    said_by: str = ""


def matches(text: str, book: ErrorBook) -> tuple[Match, ...]:
    """Return every known error that a text names: strongest first, then the longest sign."""
    named = cleaned(text)
    plain = nameless(named)
    if not plain.text.strip():
        return ()
    said = {row.cause: _reply_match(row, plain) for row in _replies(plain.text)}
    found = [_best(error, named, plain, said) for error in book.errors]
    ranked = sorted(filter(None, found), key=lambda match: -match.strength)
    return tuple(ranked)


def _best(
    error: KnownError, named: PastedText, plain: PastedText, said: dict[str, tuple[int, str]]
) -> Match | None:
    """Return the strongest sign of one error, or None where there is none."""
    found = [hit for sign in error.signs if (hit := _hit(error, sign, named, plain))]
    found += [Match(error, *said[cause]) for cause in error.replies if cause in said]
    return max(found, key=lambda match: (match.strength, len(match.matched)), default=None)


def _hit(error: KnownError, sign: ErrorSign, named: PastedText, plain: PastedText) -> Match | None:
    text = named if sign.names else plain
    hit = sign.words.search(text.text)
    if hit is None:
        return None
    return Match(error, sign.strength, text.quote(*hit.span()), sign.said_by)


def _replies(text: str) -> Iterator[ReplyRow]:
    """Yield what a server's words in the text name, by the tables that the check reads them by."""
    codes = frozenset(hit[1].upper() if hit[1] else hit[0] for hit in _CODES.finditer(text))
    for rows in (SIGN_IN_REPLIES, SENDING_REPLIES):
        row = next((row for row in rows if row.fits(codes, text)), None)
        if row is not None:
            yield row


def _reply_match(row: ReplyRow, plain: PastedText) -> tuple[int, str]:
    hit = row.words.search(plain.text) if row.words else None
    matched = plain.quote(*hit.span()) if hit else ""
    return _REPLY_STRENGTH[row.sure], matched
