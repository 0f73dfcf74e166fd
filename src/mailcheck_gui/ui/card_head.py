"""The head of a card that gives an answer: a large shape, the answer, and why."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.ui.card import INNER, Ground, HeadBand
from mailcheck_gui.ui.labels import WrapLabel
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import Space, Type, roles

_MARK = 34


class CardHead(HeadBand):
    """Says the answer. Takes the keyboard when the Cancel button of the run had it."""

    def __init__(
        self, ground: Ground, shape: Shape, title: str, body: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(ground, parent)
        self._title = WrapLabel(title, Type.VERDICT)
        self._body = WrapLabel(body)
        if not body:
            self._body.hide()  # never show() before it has a parent: it would be a window
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.spoken())
        self._build(shape)

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
        return f"{sentence(self._title.plain_text())} {self._body.plain_text()}".strip()

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


def sentence(text: str) -> str:
    """Return a text that ends as a sentence does."""
    return text if not text or text[-1] in ".?!…。" else f"{text}."
