"""The head of the verdict card: a large shape, what is the matter, and why."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.report import Report, Verdict
from mailcheck_gui.reporting.headline import headline
from mailcheck_gui.ui.card import INNER, Ground, HeadBand
from mailcheck_gui.ui.labels import WrapLabel
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import Space, Type, roles
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
_MARK = 34


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


class VerdictHead(HeadBand):
    """Says the verdict. Takes the keyboard when the check's Cancel button had it."""

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        super().__init__(verdict_ground(report), parent)
        words = headline(report)
        self._title = WrapLabel(translate_message(words.title), Type.VERDICT)
        parts = (translate_message(words.body), translate_message(words.outlook))
        self._body = WrapLabel(" ".join(_sentence(part) for part in parts if part))
        if not self._body.text():
            self._body.hide()  # never show() before it has a parent: it would be a window
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.spoken())
        self._build(verdict_shape(report))

    def _build(self, shape: Shape) -> None:
        column = QVBoxLayout()
        column.setSpacing(Space.XS - 1)
        column.addWidget(self._title)
        column.addWidget(self._body)
        row = QHBoxLayout(self)
        row.setContentsMargins(INNER, Space.L - 2, INNER, Space.L)
        row.setSpacing(Space.L)
        row.addWidget(ShapeMark(shape, _MARK), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def spoken(self) -> str:
        """Return title and reason in one go."""
        return f"{_sentence(self._title.plain_text())} {self._body.plain_text()}".strip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip; a bar at its edge shows that the keyboard is here.

        Nothing can be pressed here, so the ring of buttons and fields would promise too much.
        """
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(roles().accent))
            place = QRectF(Space.XS, Space.M, 3, self.height() - 2 * Space.M)
            painter.drawRoundedRect(place, 1.5, 1.5)


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".?!…。" else f"{text}."
