"""The live lines of a search: one for each source, with its most telling outcome."""

from __future__ import annotations

import io
import re

import pytest

from mailcheck_gui.cli.find_progress import find_progress_for
from mailcheck_gui.model.discovery import (
    FindEvent,
    FindStarted,
    Source,
    SourceChanged,
    SourceOutcome,
    SourceState,
)
from mailcheck_gui.model.finding import message
from mailcheck_gui.reporting.wording import untranslated

_ERASE = "\x1b[2K"
_STYLES = re.compile(r"\x1b\[[?0-9;]*[hlm]")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def changed(source: Source, state: SourceState, text: str, asked: str = "") -> SourceChanged:
    return SourceChanged(SourceOutcome(source, state, message("{t}", t=text), asked))


def last_picture(monkeypatch: pytest.MonkeyPatch, *events: FindEvent) -> list[str]:
    """Return the lines that stand on a terminal after these events."""
    terminal = _Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr", terminal)
        with find_progress_for(untranslated) as progress:
            for event in events:
                progress.report(event)
    drawn = terminal.getvalue().rpartition(_ERASE)[2]
    return [line for line in _STYLES.sub("", drawn).split("\n") if line]


def test_each_source_has_one_line_with_what_tells_most(monkeypatch: pytest.MonkeyPatch) -> None:
    events = (
        FindStarted((Source.AUTOCONFIG, Source.SRV)),
        changed(Source.SRV, SourceState.ASKING, "Asking."),
        changed(Source.AUTOCONFIG, SourceState.NOTHING, "It has no file.", "https://a"),
        changed(Source.AUTOCONFIG, SourceState.FOUND, "It names servers.", "https://b"),
        changed(Source.AUTOCONFIG, SourceState.ASKING, "Asking.", "http://c"),
    )
    assert last_picture(monkeypatch, *events) == [
        "✓ autoconfig file: It names servers.",
        "… DNS service records: Asking.",
    ]


def test_an_answer_takes_the_place_of_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    events = (
        changed(Source.SRV, SourceState.ASKING, "Asking."),
        changed(Source.SRV, SourceState.UNUSABLE, "bad \x1b[31m[red]\r\nrecord"),
    )
    assert last_picture(monkeypatch, *events) == [
        "! DNS service records: bad ⟨0x1B⟩[31m[red] record"
    ]


def test_nothing_is_shown_where_no_one_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr", stream)
        with find_progress_for(untranslated) as progress:
            progress.report(changed(Source.SRV, SourceState.ASKING, "Asking."))
    assert stream.getvalue() == ""
