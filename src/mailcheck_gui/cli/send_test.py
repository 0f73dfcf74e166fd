"""`mailcheck send-test`: a message to oneself, looked for in the inbox and removed again."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Self

from mailcheck_gui.cli.arguments import Arguments
from mailcheck_gui.cli.check import intake_of, unconfirmed_hosts
from mailcheck_gui.cli.console import write_lines, write_out
from mailcheck_gui.cli.exit_status import ExitStatus
from mailcheck_gui.cli.live_lines import LiveLines
from mailcheck_gui.cli.passwords import given_credentials
from mailcheck_gui.cli.progress import STATE_MARKS
from mailcheck_gui.cli.settings import collect_settings
from mailcheck_gui.engine.message_trip import run_message_trip
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.event import StepState
from mailcheck_gui.model.message_trip import MessageTrip, TripEvent, TripLineChanged, TripStep
from mailcheck_gui.network.seam import Network
from mailcheck_gui.reporting.trip_report import trip_lines, trip_to_json
from mailcheck_gui.reporting.wording import Translate, say


def send_test(
    arguments: Arguments, translate: Translate, network: Callable[[], Network]
) -> ExitStatus:
    """Send the message and write what became of it. Raises `Unusable`.

    The status is 1 where the message was not taken or the inbox could not be looked into.
    """
    settings = collect_settings(arguments)
    intake = intake_of(settings.draft, translate)
    credentials = given_credentials(arguments, intake.account, settings.saved, translate)
    options = CheckOptions(unconfirmed_hosts=unconfirmed_hosts(arguments, settings.saved))
    with TripProgress(translate) as progress:
        trip = asyncio.run(
            run_message_trip(intake, credentials, network(), progress.report, options)
        )
    if arguments.json:
        write_out(trip_to_json(trip, translate) + "\n")
    else:
        write_lines(trip_lines(trip, translate))
    return _status_of(trip)


class TripProgress(AbstractContextManager["TripProgress"]):
    """The steps as live lines, where standard error is a terminal."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        self._lines = LiveLines() if sys.stderr.isatty() else None
        self._told: dict[TripStep, tuple[str, str, str]] = {}

    def __enter__(self) -> Self:
        if self._lines is not None:
            self._lines.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        if self._lines is not None:
            self._lines.__exit__(*error)

    def report(self, event: TripEvent) -> None:
        """Take an event."""
        if self._lines is not None and isinstance(event, TripLineChanged):
            line = event.line
            self._told[line.step] = (*STATE_MARKS[line.state], say(line.detail, self._translate))
            self._lines.show(self._told.values())


def _status_of(trip: MessageTrip) -> ExitStatus:
    if trip.cancelled:
        return ExitStatus.CANCELLED
    fails = any(line.state is StepState.ERROR for line in trip.lines)
    return ExitStatus.ERROR if fails else ExitStatus.FINE
