"""The trip of a test message as text and as JSON; no secret is in it by construction."""

from __future__ import annotations

import json
from collections.abc import Iterator

from mailcheck_gui.model.event import StepState
from mailcheck_gui.model.finding import message
from mailcheck_gui.model.message_trip import MessageTrip, TripLine, TripStep
from mailcheck_gui.model.quoting import quote
from mailcheck_gui.reporting.json_report import transcript_object
from mailcheck_gui.reporting.text_report import Line, Tone, wrapped
from mailcheck_gui.reporting.wording import Translate, say, untranslated

VERSION = 1
"""Of the JSON object."""

TRIP_STEPS = {
    TripStep.SEND: message("Send"),
    TripStep.ARRIVE: message("Arrive"),
    TripStep.REMOVE: message("Remove"),
}

_REPLY_LIMIT = 400
_TONES = {
    StepState.WORKS: Tone.WORKS,
    StepState.WARNING: Tone.WARNING,
    StepState.ERROR: Tone.ERROR,
}


def trip_lines(trip: MessageTrip, translate: Translate = untranslated) -> Iterator[Line]:
    """Yield the lines of a trip, 80 columns wide."""
    heading = message("Test message: {subject}", subject=trip.subject)
    yield Line(say(heading, translate), Tone.HEADING)
    for line in trip.lines:
        name = say(TRIP_STEPS[line.step], translate)
        tone = _TONES.get(line.state, Tone.PLAIN)
        yield from wrapped(f"{name}: {say(line.detail, translate)}", tone=tone)
        if line.reply:
            yield Line("  " + quote(line.reply, _REPLY_LIMIT), Tone.QUOTE)


def trip_to_json(trip: MessageTrip, translate: Translate = untranslated) -> str:
    """Return a trip as one JSON object."""
    document = {
        "version": VERSION,
        "subject": trip.subject,
        "sent": trip.sent,
        "seconds": None if trip.seconds is None else round(trip.seconds, 1),
        "removed": trip.removed,
        "cancelled": trip.cancelled,
        "steps": [_step_object(line, translate) for line in trip.lines],
        "transcript": [transcript_object(line) for line in trip.transcript],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _step_object(line: TripLine, translate: Translate) -> dict[str, str]:
    return {
        "step": line.step.value,
        "state": line.state.value,
        "detail": say(line.detail, translate),
        "quote": quote(line.reply, _REPLY_LIMIT),
    }
