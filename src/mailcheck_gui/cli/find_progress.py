"""The sources of a running search, one live line each."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mailcheck_gui.cli.live_lines import LiveLine, LiveLines
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


def find_progress_for(translate: Translate) -> LiveLines[FindEvent]:
    """Return what shows each source that is asked, with the most telling of its outcomes."""
    outcomes: dict[tuple[Source, str], SourceOutcome] = {}

    def lines_after(event: FindEvent) -> Iterator[LiveLine] | None:
        if not isinstance(event, SourceChanged):
            return None
        outcomes[event.outcome.source, event.outcome.asked] = event.outcome
        return _asked(outcomes.values(), translate)

    return LiveLines(lines_after)


def _asked(outcomes: Collection[SourceOutcome], translate: Translate) -> Iterator[LiveLine]:
    for source in Source:
        own = [outcome for outcome in outcomes if outcome.source is source]
        if own:
            telling = min(own, key=lambda outcome: _TELLING.index(outcome.state))
            sentence = " ".join(say(telling.outcome, translate).split())
            yield *_MARKS[telling.state], f"{say(SOURCES[source], translate)}: {sentence}"
