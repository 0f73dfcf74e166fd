"""What the catalogue adds to settings: a provider's limits, and where its sources disagree."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.model.finding import Message, Provider, ProviderRemark, message
from mailcheck_gui.reporting.text_report import Line, Tone, wrapped
from mailcheck_gui.reporting.wording import Translate, say

_LIMITS = message("Limits at {provider}")
_CONFLICTS = message("Where sources on {provider} disagree")
_SINCE = message("since {since}")


def remark_lines(provider: Provider, translate: Translate) -> Iterator[Line]:
    """Yield two lists, each under its heading; one that is empty is left out."""
    for heading, remarks in ((_LIMITS, provider.limits), (_CONFLICTS, provider.conflicts)):
        if remarks:
            yield _heading(heading.with_values({"provider": provider.name}), translate)
        for remark in remarks:
            yield from wrapped(f"- {translate(remark.text)}", "    ", first="  ")
            yield from wrapped(_origin(remark, translate), "    ", tone=Tone.QUOTE)


def _heading(sentence: Message, translate: Translate) -> Line:
    return Line(say(sentence, translate), Tone.HEADING)


def _origin(remark: ProviderRemark, translate: Translate) -> str:
    since = say(_SINCE.with_values({"since": remark.since}), translate) if remark.since else ""
    return ", ".join(part for part in (since, remark.source, remark.date) if part)
