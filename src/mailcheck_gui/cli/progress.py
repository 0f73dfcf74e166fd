"""The steps of a running check, one live line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mailcheck_gui.cli.live_lines import LiveLine, LiveLines
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


_Steps = Mapping[tuple[Role, Step], StepChanged]


def progress_for(translate: Translate) -> LiveLines[CheckEvent]:
    """Return what shows the steps that have begun."""
    steps: dict[tuple[Role, Step], StepChanged] = {}

    def lines_after(event: CheckEvent) -> Iterator[LiveLine] | None:
        if not isinstance(event, StepChanged):
            return None
        steps[event.role, event.step] = event
        return _begun(steps, translate)

    return LiveLines(lines_after)


def _begun(
    steps: Mapping[tuple[Role, Step], StepChanged], translate: Translate
) -> Iterator[LiveLine]:
    for event in (steps[key] for key in _ORDER if key in steps):
        if event.state is not StepState.WAITING:
            yield *STATE_MARKS[event.state], _sentence(event, translate)


def _sentence(event: StepChanged, translate: Translate) -> str:
    lost = event.step is Step.READY and event.state in (StepState.ERROR, StepState.NOT_TESTED)
    name = _NOT_READY if lost else _STEPS[event.step]
    step = f"{say(side_name(event.role), translate)}, {say(name, translate)}"
    detail = " ".join(say(event.detail, translate).split())
    time = "" if event.elapsed_ms is None else f" ({event.elapsed_ms:.0f} ms)"
    return f"{step}: {detail}{time}" if detail else f"{step}{time}"
