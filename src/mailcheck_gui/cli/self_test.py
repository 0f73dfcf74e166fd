"""`--self-test`: does this installation hold together? Touches no network but loopback."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mailcheck_gui import __version__
from mailcheck_gui.cli.console import complain, write_out
from mailcheck_gui.cli.exit_status import ExitStatus
from mailcheck_gui.cli.installation import Part, PartState, core_parts
from mailcheck_gui.cli.practice import Practice
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.reporting.wording import Translate, say

_STATES = {
    PartState.OK: message("ok"),
    PartState.NOT_AVAILABLE: message("not available"),
    PartState.BROKEN: message("does not work"),
}


def self_test(practice: Practice, translate: Translate) -> ExitStatus:
    """Try every part of the terminal program and write the table."""
    return tell_parts(core_parts(practice, with_qt=False), translate)


def tell_parts(parts: Sequence[Part], translate: Translate) -> ExitStatus:
    """Write the table of parts; to standard error, with status 3, where one does not work."""
    broken = [part for part in parts if part.state is PartState.BROKEN]
    table = "".join(f"{row}\n" for row in part_rows(parts, translate))
    if broken:
        complain(f"{say(_verdict(broken), translate)}\n{table}".rstrip("\n"))
        return ExitStatus.OUR_FAULT
    write_out(f"{table}{say(_verdict(broken), translate)}\n")
    return ExitStatus.FINE


def part_rows(parts: Iterable[Part], translate: Translate) -> list[str]:
    """Return one line for each part: its state, its name, what was seen."""
    cells = [
        tuple(say(cell, translate) for cell in (_STATES[part.state], part.name, part.detail))
        for part in parts
    ]
    states, names = (max((len(row[i]) for row in cells), default=0) for i in (0, 1))
    return [f"{state:{states}}  {name:{names}}  {detail}" for state, name, detail in cells]


def _verdict(broken: Sequence[Part]) -> Message:
    if broken:
        return message("Mailcheck {version} did not pass its self-test.", version=__version__)
    return message("Mailcheck {version} passed its self-test.", version=__version__)
