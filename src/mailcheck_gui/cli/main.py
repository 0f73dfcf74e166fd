"""The terminal program: one command, one exit status, and no traceback for the person."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

from mailcheck_gui.cli.arguments import Arguments, parse_arguments
from mailcheck_gui.cli.console import complain, prepare_streams, write_lines
from mailcheck_gui.cli.exit_status import ExitStatus, Unusable
from mailcheck_gui.cli.languages import translation_to
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.network.seam import Network
from mailcheck_gui.reporting.wording import Translate, say, untranslated

if TYPE_CHECKING:
    from mailcheck_gui.cli.practice import Practice


def main(argv: list[str], network: Callable[[], Network], practice: Callable[[], Practice]) -> int:
    """Run one command and return its exit status.

    `network` makes the Network of a check; `practice` is called only where practice is wanted.
    """
    prepare_streams()
    translate: Translate = untranslated
    try:
        arguments = parse_arguments(argv)
        translate = translation_to(arguments.lang)
        return _run(arguments, translate, network, practice)
    except Unusable as error:
        for sentence in error.sentences:
            complain(say(sentence, translate))
        return ExitStatus.UNUSABLE
    except KeyboardInterrupt:  # before a check ran, so that there is no report
        complain(say(message("Stopped."), translate))
        return ExitStatus.CANCELLED
    except Exception as error:  # noqa: BLE001 - the last line of defence of the program
        complain(say(_own_fault(error), translate))
        return ExitStatus.OUR_FAULT


def _run(
    arguments: Arguments,
    translate: Translate,
    network: Callable[[], Network],
    practice: Callable[[], Practice],
) -> ExitStatus:
    """Run the command; each imports what it needs, so that none waits for the others' parts."""
    if arguments.self_test:
        from mailcheck_gui.cli.self_test import self_test

        return self_test(practice(), translate)
    if arguments.remove_data:
        from mailcheck_gui.cli.remove_data import remove_own_data

        return remove_own_data(translate, agreed=arguments.yes)
    if arguments.command == "check":
        from mailcheck_gui.cli.check import check

        return check(arguments, translate, network)
    if arguments.command == "send-test":
        from mailcheck_gui.cli.send_test import send_test

        return send_test(arguments, translate, network)
    if arguments.command == "find":
        from mailcheck_gui.cli.find import find

        return find(arguments, translate, network)
    if arguments.command == "explain":
        from mailcheck_gui.cli.explain import explain_text

        return explain_text(" ".join(arguments.text), translate, wants_json=arguments.json)
    if arguments.command == "practice":
        from mailcheck_gui.cli.practice import practise

        return practise(arguments.name, translate, practice())
    from mailcheck_gui.cli.ports import port_lines

    write_lines(port_lines(arguments.port, translate))
    return ExitStatus.FINE


def _own_fault(error: Exception) -> Message:
    """Say where it broke, without the error's text: that could quote what was typed."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    frames = traceback.extract_tb(error.__traceback__)
    return message(
        "Mailcheck has a fault of its own ({kind} in {place}). Your settings were not judged.",
        kind=type(error).__name__,
        place=f"{frames[-1].name}, line {frames[-1].lineno}",
    )
