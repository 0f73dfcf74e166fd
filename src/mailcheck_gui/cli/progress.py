"""The steps of a running check, one live line each, where standard error is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Self

from mailcheck_gui.cli.live_lines import LiveLines
from mailcheck_gui.model.account import SIDES, Role
from mailcheck_gui.model.event import CheckEvent, Step, StepChanged, StepState
from mailcheck_gui.model.finding import message
from mailcheck_gui.reporting.wording import Translate, say, side_name

_STEPS = {
    Step.NAME: message("name"),
    Step.CONNECT: message("connection"),
    Step.ENCRYPTION: message("encryption"),
    Step.CERTIFICATE: message("certificate"),
    Step.SIGN_IN: message("sign-in"),
    Step.READY: message("ready"),
}
_NOT_READY = message("not ready")
STATE_MARKS = {
    StepState.WAITING: ("·", "dim"),
    StepState.RUNNING: ("…", "cyan"),
    StepState.WORKS: ("✓", "green"),
    StepState.WARNING: ("!", "yellow"),
    StepState.ERROR: ("×", "red"),
    StepState.NOT_TESTED: ("-", "dim"),
}
"""A mark and its style for each state of a step."""

_ORDER = [(role, step) for role in SIDES for step in Step]


class Progress(AbstractContextManager["Progress"]):
    """Takes the engine's events and shows nothing of them."""

    def __exit__(self, *_: object) -> None:
        """Stop showing."""

    def report(self, event: CheckEvent) -> None:
        """Take an event."""


class LiveProgress(Progress):
    """Shows all steps that have begun, each on a line that changes in place."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        self._steps: dict[tuple[Role, Step], StepChanged] = {}
        self._lines = LiveLines()

    def __enter__(self) -> Self:
        self._lines.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._lines.__exit__(*error)

    def report(self, event: CheckEvent) -> None:
        """Take an event."""
        if isinstance(event, StepChanged):
            self._steps[event.role, event.step] = event
            self._lines.show(self._begun())

    def _begun(self) -> Iterator[tuple[str, str, str]]:
        begun = (self._steps[key] for key in _ORDER if key in self._steps)
        for event in begun:
            if event.state is not StepState.WAITING:
                yield *STATE_MARKS[event.state], _sentence(event, self._translate)


def progress_for(translate: Translate) -> Progress:
    """Return how progress is shown: live on a terminal, not at all in a file or a pipe."""
    return LiveProgress(translate) if sys.stderr.isatty() else Progress()


def _sentence(event: StepChanged, translate: Translate) -> str:
    lost = event.step is Step.READY and event.state in (StepState.ERROR, StepState.NOT_TESTED)
    name = _NOT_READY if lost else _STEPS[event.step]
    step = f"{say(side_name(event.role), translate)}, {say(name, translate)}"
    detail = " ".join(say(event.detail, translate).split())
    time = "" if event.elapsed_ms is None else f" ({event.elapsed_ms:.0f} ms)"
    return f"{step}: {detail}{time}" if detail else f"{step}{time}"
