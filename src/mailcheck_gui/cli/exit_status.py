"""What the program's exit status means (part of the contract), and the errors behind it."""

from __future__ import annotations

from enum import IntEnum

from mailcheck_gui.model.finding import Message
from mailcheck_gui.model.report import Report, Verdict


class ExitStatus(IntEnum):
    """1 exactly when the verdict is error. UNUSABLE and OUR_FAULT leave standard output empty."""

    FINE = 0  # ok, warning or incomplete
    ERROR = 1
    UNUSABLE = 2  # usage, input that cannot be read, output that cannot be written
    OUR_FAULT = 3
    CANCELLED = 130


class Unusable(Exception):
    """What was given cannot be used. `sentences` say why; they hold no secret."""

    def __init__(self, *sentences: Message) -> None:
        super().__init__(" ".join(sentence.english() for sentence in sentences))
        self.sentences = sentences


def status_of(report: Report) -> ExitStatus:
    """Return the exit status for a report."""
    if report.cancelled:
        return ExitStatus.CANCELLED
    return ExitStatus.ERROR if report.verdict is Verdict.ERROR else ExitStatus.FINE
