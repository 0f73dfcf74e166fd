from __future__ import annotations

import io
import re

import pytest

from mailcheck_gui.cli.progress import progress_for
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.event import CheckEvent, CheckStarted, Step, StepChanged, StepState
from mailcheck_gui.model.finding import message
from mailcheck_gui.reporting.wording import untranslated

_ERASE = "\x1b[2K"
_STYLES = re.compile(r"\x1b\[[?0-9;]*[hlm]")


def step(
    state: StepState, detail: str = "Port 993 answered", ms: float | None = 12.4
) -> StepChanged:
    return StepChanged(Role.INCOMING, Step.CONNECT, state, message("{d}", d=detail), ms)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def last_picture(monkeypatch: pytest.MonkeyPatch, *events: CheckEvent) -> list[str]:
    """Return the lines that stand on a terminal after these events."""
    terminal = _Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr", terminal)
        with progress_for(untranslated) as progress:
            for event in events:
                progress.report(event)
    drawn = terminal.getvalue().rpartition(_ERASE)[2]
    return [line for line in _STYLES.sub("", drawn).split("\n") if line]


def test_each_step_has_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    events = (
        CheckStarted(()),
        StepChanged(Role.INCOMING, Step.NAME, StepState.WAITING, message("")),
        StepChanged(Role.OUTGOING, Step.NAME, StepState.RUNNING, message("Looking it up")),
        step(StepState.RUNNING),
        step(StepState.WORKS, "Port 993 answered twice"),
    )
    assert last_picture(monkeypatch, *events) == [
        "✓ Incoming mail, connection: Port 993 answered twice (12 ms)",
        "… Outgoing mail, name: Looking it up",
    ]


def test_server_text_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    event = step(StepState.ERROR, "[red]no\r\nway[/red] :warning: \x1b[31m", None)
    assert last_picture(monkeypatch, event) == [
        "× Incoming mail, connection: [red]no way[/red] :warning: ⟨0x1B⟩[31m"
    ]


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (StepState.WORKS, "✓ Outgoing mail, ready"),
        (StepState.NOT_TESTED, "- Outgoing mail, not ready"),
        (StepState.ERROR, "× Outgoing mail, not ready"),
    ],
)
def test_the_last_step(monkeypatch: pytest.MonkeyPatch, state: StepState, line: str) -> None:
    event = StepChanged(Role.OUTGOING, Step.READY, state, message(""))
    assert last_picture(monkeypatch, event) == [line]


def test_nothing_is_shown_where_standard_error_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress_for(untranslated) as progress:
        progress.report(step(StepState.ERROR))
    assert capsys.readouterr() == ("", "")
