"""The sources of a running search, one live line each, where standard error is a terminal."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from typing import Self

from mailcheck_gui.cli.live_lines import LiveLines
from mailcheck_gui.model.discovery import (
    FindEvent,
    Source,
    SourceChanged,
    SourceOutcome,
    SourceState,
)
from mailcheck_gui.reporting.find_words import SOURCES
from mailcheck_gui.reporting.wording import Translate, say

_MARKS = {
    SourceState.ASKING: ("…", "cyan"),
    SourceState.FOUND: ("✓", "green"),
    SourceState.NOTHING: ("-", "dim"),
    SourceState.UNUSABLE: ("!", "yellow"),
    SourceState.NO_ANSWER: ("×", "red"),
    SourceState.NOT_ASKED: ("·", "dim"),
}
_TELLING = (
    SourceState.FOUND,
    SourceState.ASKING,
    SourceState.UNUSABLE,
    SourceState.NO_ANSWER,
    SourceState.NOTHING,
    SourceState.NOT_ASKED,
)
"""Which of a source's several outcomes stands on its line."""


class FindProgress(AbstractContextManager["FindProgress"]):
    """Takes the events of a search and shows nothing of them."""

    def __exit__(self, *_: object) -> None:
        """Stop showing."""

    def report(self, event: FindEvent) -> None:
        """Take an event."""


class LiveFindProgress(FindProgress):
    """Shows each source that is asked, with the most telling of its outcomes."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        self._outcomes: dict[tuple[Source, str], SourceOutcome] = {}
        self._lines = LiveLines()

    def __enter__(self) -> Self:
        self._lines.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._lines.__exit__(*error)

    def report(self, event: FindEvent) -> None:
        """Take an event."""
        if isinstance(event, SourceChanged):
            outcome = event.outcome
            self._outcomes[outcome.source, outcome.asked] = outcome
            self._lines.show(self._line(source) for source in Source if self._of(source))

    def _of(self, source: Source) -> list[SourceOutcome]:
        return [outcome for outcome in self._outcomes.values() if outcome.source is source]

    def _line(self, source: Source) -> tuple[str, str, str]:
        outcome = min(self._of(source), key=lambda outcome: _TELLING.index(outcome.state))
        mark, style = _MARKS[outcome.state]
        sentence = " ".join(say(outcome.outcome, self._translate).split())
        return mark, style, f"{say(SOURCES[source], self._translate)}: {sentence}"


def find_progress_for(translate: Translate) -> FindProgress:
    """Return how progress is shown: live on a terminal, not at all in a file or a pipe."""
    return LiveFindProgress(translate) if sys.stderr.isatty() else FindProgress()
