from __future__ import annotations

import io

import pytest

from mailcheck_gui.cli.progress import (
    LiveProgress,
    PlainProgress,
    Progress,
    progress_for,
)
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.event import CheckStarted, Step, StepChanged, StepState
from mailcheck_gui.model.finding import message
from mailcheck_gui.reporting.wording import untranslated


def step(
    state: StepState, detail: str = "Port 993 answered", ms: float | None = 12.4
) -> StepChanged:
    return StepChanged(Role.INCOMING, Step.CONNECT, state, message("{d}", d=detail), ms)


def test_plain_lines_for_steps_that_have_ended(capsys: pytest.CaptureFixture[str]) -> None:
    with PlainProgress(untranslated) as progress:
        progress.report(CheckStarted(()))
        progress.report(step(StepState.WAITING))
        progress.report(step(StepState.RUNNING))
        progress.report(step(StepState.WORKS))
        progress.report(step(StepState.WORKS, "Port 993 answered twice"))
        progress.report(step(StepState.ERROR, "server\r\nsaid \x1b[31m", None))
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "✓ Incoming mail, connection: Port 993 answered (12 ms)",
        "× Incoming mail, connection: server said ⟨0x1B⟩[31m",
    ]


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (StepState.WORKS, "✓ Outgoing mail, ready\n"),
        (StepState.NOT_TESTED, "- Outgoing mail, not ready\n"),
        (StepState.ERROR, "× Outgoing mail, not ready\n"),
    ],
)
def test_the_last_step(capsys: pytest.CaptureFixture[str], state: StepState, line: str) -> None:
    PlainProgress(untranslated).report(StepChanged(Role.OUTGOING, Step.READY, state, message("")))
    assert capsys.readouterr().err == line


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_live_lines_take_server_text_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with progress_for(untranslated, wants_json=True) as progress:
        assert isinstance(progress, LiveProgress)
        progress.report(step(StepState.WAITING, "not yet"))
        progress.report(step(StepState.RUNNING, "[red]trying[/red] :warning:"))
    text = screen.getvalue()
    assert "[red]trying[/red] :warning:" in text
    assert "not yet" not in text


@pytest.mark.parametrize(("wants_json", "kind"), [(True, Progress), (False, PlainProgress)])
def test_what_is_shown_without_a_terminal(wants_json: bool, kind: type[Progress]) -> None:
    assert type(progress_for(untranslated, wants_json=wants_json)) is kind


def test_nothing_is_shown_beside_json(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_for(untranslated, wants_json=True) as progress:
        progress.report(step(StepState.ERROR))
    assert capsys.readouterr() == ("", "")
