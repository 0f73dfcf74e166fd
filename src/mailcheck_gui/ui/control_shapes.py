"""The shapes that are painted where the platform has none of its own: buttons, the edge of a field.

They need no style: the first picture of the window is painted before Qt's style is extended.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from mailcheck_gui.ui.theme import ATTENTION, Radius, mix, roles

FUSION = "fusion"
SOFTENED = "mailcheck"
"""The name of Fusion once it is extended."""

_ALWAYS_FUSION = sys.platform.startswith("linux")
_FUSION_NAMES = frozenset({FUSION, SOFTENED})
_MACOS = "macos"


def is_fusion() -> bool:
    """Return whether the platform has no style of its own, as on Linux.

    Elsewhere the style is asked, for which PySide makes the long lists of `QStyle`.
    """
    return _ALWAYS_FUSION or _style_name() in _FUSION_NAMES


def fills_default_button() -> bool:
    """Return whether the platform fills a default button; Qt gives it on Windows an edge only."""
    return not _ALWAYS_FUSION and _style_name() == _MACOS


def _style_name() -> str:
    return QApplication.style().objectName().lower()


def draw_focus_ring(painter: QPainter, place: QRectF, radius: float) -> None:
    """Paint the two pixels of accent that show where the keyboard is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(roles().accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), radius, radius)


def draw_button(
    painter: QPainter, place: QRectF, *, focused: bool, down: bool, hovered: bool
) -> None:
    """Paint a button without its words."""
    colours = roles()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if focused:
        draw_focus_ring(painter, place, Radius.CONTROL)
        place = place.adjusted(3, 3, -3, -3)
    shade = 0.12 if down else 0.05 if hovered else 0.0
    painter.setBrush(QColor(mix(colours.text, colours.button, shade)))
    painter.setPen(QPen(QColor(colours.button_edge), 1))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), Radius.CONTROL, Radius.CONTROL)
    painter.restore()


def edge_pen(*, focused: bool, enabled: bool, attention: str = "") -> QPen:
    """Return the pen for the edge of a field; `attention` is the role that a sentence gives it."""
    colours = roles()
    if focused:
        return QPen(QColor(colours.accent), 2)
    if attention:
        return QPen(QColor(getattr(colours, attention)), 2)
    return QPen(QColor(colours.field_edge if enabled else colours.button_edge), 1)


def attention_of(widget: QWidget | None) -> str:
    """Return the role in which a sentence about a field draws its edge, empty for none."""
    return str(widget.property(ATTENTION) or "") if widget is not None else ""


def draw_field(painter: QPainter, place: QRectF, pen: QPen, ground: QColor | None = None) -> None:
    """Paint the ground, that of a card where none is given, and the edge of a field."""
    half = pen.widthF() / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(ground or QColor(roles().card))
    inside = place.adjusted(half, half, -half, -half)
    painter.drawRoundedRect(inside, Radius.CONTROL, Radius.CONTROL)
    painter.restore()
