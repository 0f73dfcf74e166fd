"""The head of the verdict card: what is the matter, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mailcheck_gui.model.report import Report, Verdict
from mailcheck_gui.reporting.headline import headline
from mailcheck_gui.ui.card import Ground
from mailcheck_gui.ui.card_head import CardHead, sentence
from mailcheck_gui.ui.severity import Shape
from mailcheck_gui.ui.translation import translate_message

_GROUNDS = {
    Verdict.OK: Ground.WORKS,
    Verdict.WARNING: Ground.WARNING,
    Verdict.ERROR: Ground.ERROR,
    Verdict.INCOMPLETE: Ground.SUNKEN,
}
_SHAPES = {
    Verdict.OK: Shape.WORKS,
    Verdict.WARNING: Shape.WARNING,
    Verdict.ERROR: Shape.ERROR,
    Verdict.INCOMPLETE: Shape.NOT_TESTED,
}


def verdict_ground(report: Report) -> Ground:
    """Return the ground of a verdict; a stopped check is grey unless an error was found."""
    if report.cancelled and report.verdict is not Verdict.ERROR:
        return Ground.SUNKEN
    return _GROUNDS[report.verdict]


def verdict_shape(report: Report) -> Shape:
    """Return the shape of a verdict."""
    if report.cancelled and report.verdict is not Verdict.ERROR:
        return Shape.NOT_TESTED
    return _SHAPES[report.verdict]


class VerdictHead(CardHead):
    """Says the verdict of a report."""

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        words = headline(report)
        parts = (translate_message(words.body), translate_message(words.outlook))
        body = " ".join(sentence(part) for part in parts if part)
        title = translate_message(words.title)
        super().__init__(verdict_ground(report), verdict_shape(report), title, body, parent)
