"""Severities and progress as shapes: never told by colour alone."""

from __future__ import annotations

import math
import time
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mailcheck_gui.ui.theme import Roles, roles, scaled, wants_less_motion

TURN_SECONDS = 1.2
_FRAME_MS = 33
_UNIT = 20.0


class Shape(Enum):
    """The states."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    WORKS = "works"
    RUNNING = "running"
    WAITING = "waiting"
    NOTHING = "nothing"  # asked, and done: there is nothing here
    NOT_TESTED = "not-tested"


def _fill(painter: QPainter, colour: str) -> None:
    painter.setBrush(QColor(colour))
    painter.setPen(QPen(QColor(colour), 1.6, j=Qt.PenJoinStyle.RoundJoin))


def _glyph(painter: QPainter, colours: Roles, width: float = 2.0) -> None:
    pen = QPen(QColor(colours.glyph), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _error(painter: QPainter, colours: Roles) -> None:
    corners = [math.radians(22.5 + 45 * index) for index in range(8)]
    points = [QPointF(10 + 9.7 * math.cos(a), 10 + 9.7 * math.sin(a)) for a in corners]
    _fill(painter, colours.error)
    painter.drawPolygon(QPolygonF(points))
    _glyph(painter, colours)
    painter.drawLine(QPointF(6.9, 6.9), QPointF(13.1, 13.1))
    painter.drawLine(QPointF(13.1, 6.9), QPointF(6.9, 13.1))


def _warning(painter: QPainter, colours: Roles) -> None:
    _fill(painter, colours.warning)
    painter.drawPolygon(QPolygonF([QPointF(10, 2.3), QPointF(18.6, 17.4), QPointF(1.4, 17.4)]))
    _glyph(painter, colours)
    painter.drawLine(QPointF(10, 8), QPointF(10, 11.8))
    painter.drawPoint(QPointF(10, 14.8))


def _info(painter: QPainter, colours: Roles) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.info))
    painter.drawRoundedRect(QRectF(1, 1, 18, 18), 4, 4)
    _glyph(painter, colours)
    painter.drawPoint(QPointF(10, 6))
    painter.drawLine(QPointF(10, 9.4), QPointF(10, 14.2))


def _works(painter: QPainter, colours: Roles) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.works))
    painter.drawEllipse(QRectF(0.5, 0.5, 19, 19))
    _glyph(painter, colours)
    painter.drawPolyline([QPointF(6, 10.4), QPointF(8.8, 13.2), QPointF(14, 7.4)])


def _ring(painter: QPainter, colour: str, width: float = 1.4) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), width))


def _waiting(painter: QPainter, colours: Roles) -> None:
    _ring(painter, colours.field_edge)
    painter.drawEllipse(QRectF(1.5, 1.5, 17, 17))


def _nothing(painter: QPainter, colours: Roles) -> None:
    _ring(painter, colours.secondary)
    painter.drawEllipse(QRectF(1.5, 1.5, 17, 17))
    pen = QPen(QColor(colours.secondary), 2.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(6.5, 10), QPointF(13.5, 10))


def _not_tested(painter: QPainter, colours: Roles) -> None:
    _ring(painter, colours.secondary)
    pen = painter.pen()
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    dash = math.pi * 17 / 8 / pen.widthF() / 2
    pen.setDashPattern([dash * 1.3, dash * 0.7])
    painter.setPen(pen)
    painter.drawEllipse(QRectF(1.5, 1.5, 17, 17))


def _running(painter: QPainter, colours: Roles, turn: float) -> None:
    place = QRectF(1.75, 1.75, 16.5, 16.5)
    _ring(painter, colours.card_edge, 2.5)
    painter.drawEllipse(place)
    pen = QPen(QColor(colours.accent), 2.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawArc(place, round((90 - 360 * turn) * 16), -(130 * 16))


_DRAWERS = {
    Shape.ERROR: _error,
    Shape.WARNING: _warning,
    Shape.INFO: _info,
    Shape.WORKS: _works,
    Shape.WAITING: _waiting,
    Shape.NOTHING: _nothing,
    Shape.NOT_TESTED: _not_tested,
}


def draw_shape(painter: QPainter, shape: Shape, place: QRectF) -> None:
    """Paint a shape into a square; the running ring stands where it is at this moment."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.topLeft())
    painter.scale(place.width() / _UNIT, place.height() / _UNIT)
    if shape is Shape.RUNNING:
        _running(painter, roles(), turn_now())
    else:
        _DRAWERS[shape](painter, roles())
    painter.restore()


def turn_now() -> float:
    """Return how far the running ring has turned, 0 to 1; it stands under less motion."""
    if wants_less_motion():
        return 0.0
    return time.monotonic() % TURN_SECONDS / TURN_SECONDS


class RingTimer(QTimer):
    """Repaints a widget while it shows a running ring and can be seen."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.setInterval(_FRAME_MS)
        self.timeout.connect(widget.update)

    def follow(self, *, running: bool) -> None:
        """Run or stop; nothing runs under less motion."""
        if running and not wants_less_motion():
            if not self.isActive():
                self.start()
        else:
            self.stop()


class ShapeMark(QWidget):
    """One shape as a widget, of a size at the standard text size."""

    def __init__(self, shape: Shape, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = shape
        self._size = size
        self._timer = RingTimer(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_shape(self, shape: Shape) -> None:
        """Show another state, at once."""
        self._shape = shape
        self._timer.follow(running=shape is Shape.RUNNING and self.isVisible())
        self.update()

    def shape(self) -> Shape:
        """Return the state that is shown."""
        return self._shape

    def sizeHint(self) -> QSize:
        """Return the square, grown with the text size."""
        return QSize(scaled(self._size), scaled(self._size))

    def minimumSizeHint(self) -> QSize:
        """Return the same square."""
        return self.sizeHint()

    def showEvent(self, event: object) -> None:
        """Turn only while visible."""
        self._timer.follow(running=self._shape is Shape.RUNNING)

    def hideEvent(self, event: object) -> None:
        """Rest while hidden."""
        self._timer.follow(running=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shape."""
        draw_shape(QPainter(self), self._shape, QRectF(self.rect()))
