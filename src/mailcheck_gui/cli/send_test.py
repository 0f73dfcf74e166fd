"""`mailcheck send-test`: a message to oneself, looked for in the inbox and removed again."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mailcheck_gui.cli.arguments import Arguments
from mailcheck_gui.cli.check import intake_of, unconfirmed_hosts
from mailcheck_gui.cli.console import write_lines, write_out
from mailcheck_gui.cli.exit_status import ExitStatus
from mailcheck_gui.cli.interrupts import INTERRUPTS
from mailcheck_gui.cli.live_lines import LiveLine, LiveLines
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
    with INTERRUPTS.held():
        with _progress_for(translate) as progress:
            trip = INTERRUPTS.run(
                run_message_trip(intake, credentials, network(), progress.report, options)
            )
        if arguments.json:
            write_out(trip_to_json(trip, translate) + "\n")
        else:
            write_lines(trip_lines(trip, translate))
    return _status_of(trip)


def _progress_for(translate: Translate) -> LiveLines[TripEvent]:
    told: dict[TripStep, LiveLine] = {}

    def lines_after(event: TripEvent) -> Iterable[LiveLine] | None:
        if not isinstance(event, TripLineChanged):
            return None
        line = event.line
        told[line.step] = (*STATE_MARKS[line.state], say(line.detail, translate))
        return told.values()

    return LiveLines(lines_after)


def _status_of(trip: MessageTrip) -> ExitStatus:
    if trip.cancelled:
        return ExitStatus.CANCELLED
    fails = any(line.state is StepState.ERROR for line in trip.lines)
    return ExitStatus.ERROR if fails else ExitStatus.FINE
