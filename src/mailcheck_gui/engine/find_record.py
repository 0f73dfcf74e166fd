"""What was asked in one search and what came of it, told as it happens and kept in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mailcheck_gui.discovery.answer import Inquiry, SourceAnswer
from mailcheck_gui.model.discovery import (
    FindEvent,
    Source,
    SourceChanged,
    SourceOutcome,
    SourceState,
)
from mailcheck_gui.model.finding import message

_ASKING = message("Asking.")
_NO_ANSWER = message("No answer until the search ended.")
_NOT_WANTED = message("Not asked: it was left out of this search.")
_OFFLINE = message("Not asked: this search sends nothing.")
_NOT_NEEDED = message("Not needed: what the catalogue says holds.")

Place = tuple[Source, str]


class SourceRecord:
    """The outcomes of one search. A question keeps its place from the moment when it is asked."""

    def __init__(self, report_event: Callable[[FindEvent], None]) -> None:
        self._emit = report_event
        self._rows: dict[Place, tuple[SourceOutcome, ...]] = {}

    def rows(self) -> tuple[SourceOutcome, ...]:
        """Return every outcome; what was still being asked has given no answer."""
        kept = (row for rows in self._rows.values() for row in rows)
        return tuple(_ended(row) for row in kept)

    def asking(self, inquiry: Inquiry) -> None:
        """Note that something is asked."""
        outcome = SourceOutcome(inquiry.source, SourceState.ASKING, _ASKING, inquiry.asked)
        self._note((inquiry.source, inquiry.asked), (outcome,))

    def answered(self, inquiry: Inquiry, answer: SourceAnswer) -> None:
        """Note what an inquiry brought."""
        self._note((inquiry.source, inquiry.asked), answer.outcomes)

    def leave_out(self, sources: tuple[Source, ...], *, offline: bool) -> None:
        """Note the sources that may not be asked in this search."""
        reason = _OFFLINE if offline else _NOT_WANTED
        for source in sources:
            self._note((source, ""), (SourceOutcome(source, SourceState.NOT_ASKED, reason),))

    def not_needed(self, source: Source) -> None:
        """Note that nothing is left for a source to find."""
        self._note((source, ""), (SourceOutcome(source, SourceState.NOT_ASKED, _NOT_NEEDED),))

    def guessing(self, domain: str) -> None:
        """Note that the usual names of a domain are tried."""
        outcome = SourceOutcome(Source.GUESS, SourceState.ASKING, _ASKING, domain)
        self._note((Source.GUESS, domain), (outcome,))

    def guessed(self, domain: str, outcomes: tuple[SourceOutcome, ...]) -> None:
        """Note what guessing brought."""
        self._note((Source.GUESS, domain), outcomes)

    def _note(self, place: Place, outcomes: tuple[SourceOutcome, ...]) -> None:
        self._rows[place] = outcomes
        for outcome in outcomes:
            self._emit(SourceChanged(outcome))


def _ended(row: SourceOutcome) -> SourceOutcome:
    if row.state is not SourceState.ASKING:
        return row
    return replace(row, state=SourceState.NO_ANSWER, outcome=_NO_ANSWER)
