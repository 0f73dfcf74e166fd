"""`mailcheck explain`: an error text in, its meaning out."""

from __future__ import annotations

import sys
from typing import BinaryIO

from mailcheck_gui.cli.console import write_lines, write_out
from mailcheck_gui.cli.exit_status import ExitStatus, Unusable
from mailcheck_gui.diagnosis.explain import explain, safe_text
from mailcheck_gui.diagnosis.pasted_text import PASTE_LIMIT
from mailcheck_gui.model.finding import message
from mailcheck_gui.reporting.explanation_json import explanations_to_json
from mailcheck_gui.reporting.explanation_text import explanation_lines
from mailcheck_gui.reporting.wording import Translate

STANDARD_INPUT = "-"


def explain_text(argument: str, translate: Translate, *, wants_json: bool) -> ExitStatus:
    """Explain a text, or what standard input holds. Raises `Unusable` where there is nothing."""
    text = read_text(sys.stdin.buffer) if argument == STANDARD_INPUT else argument
    if not text.strip():
        raise Unusable(message("There is no text to explain."))
    shown, found = safe_text(text), explain(text)
    if wants_json:
        write_out(explanations_to_json(shown, found, translate) + "\n")
    else:
        write_lines(explanation_lines(found, translate))
    return ExitStatus.FINE


def read_text(stream: BinaryIO) -> str:
    r"""Return at most `PASTE_LIMIT` bytes of a stream: UTF-8, other bytes to be shown as \xNN.

    Raises `Unusable` where the stream cannot be read.
    """
    try:
        raw = stream.read(PASTE_LIMIT)
    except OSError as error:
        raise Unusable(message("The text on standard input cannot be read.")) from error
    return raw.decode("utf-8-sig", "surrogateescape")
