"""Badges: small rounded words that tell a proof, a progress or a kind."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mailcheck_gui.ui.icons import draw_icon
from mailcheck_gui.ui.theme import Roles, Size, Type, roles, scaled, type_font

_PADDING = 10
_ICON = 14
_ICON_GAP = 5
_LEAST_WIDTH = 170


class BadgeKind(Enum):
    """Ground, edge, ink, whether the edge is dashed, and the icon."""

    SIGNED_IN = ("works_tint", "works_edge", "works", False, "check")
    HANDSHAKE = ("info_tint", "info", "info", False, "shield")
    DOCUMENTED = ("sunken", "field_edge", "secondary", True, "book")
    PLAIN = ("sunken", "card_edge", "secondary", False, "")
    PROGRESS = ("info_tint", "info_edge", "info", False, "")
    PROBLEM = ("error_tint", "error_edge", "error", False, "")
    WORKS = ("works_tint", "works_edge", "works", False, "")


def _colour(colours: Roles, name: str) -> QColor:
    return QColor(getattr(colours, name))


class Badge(QWidget):
    """One badge: fill, line and dash differ as well as the colour."""

    def __init__(self, kind: BadgeKind, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def show_state(self, kind: BadgeKind, text: str) -> None:
        """Change kind and words."""
        self._kind = kind
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the words."""
        return self._text

    def sizeHint(self) -> QSize:
        """Return the room for icon and words."""
        metrics = QFontMetrics(type_font(Type.CAPTION_STRONG))
        width = metrics.horizontalAdvance(self._text) + 2 * scaled(_PADDING)
        if self._kind.value[4]:
            width += scaled(_ICON) + scaled(_ICON_GAP)
        return QSize(width, max(scaled(Size.BADGE), metrics.height() + 4))

    def minimumSizeHint(self) -> QSize:
        """Return room for icon and a few words: a long source may be shortened."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), scaled(_LEAST_WIDTH)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the badge."""
        fill, edge, ink, dashed, icon = self._kind.value
        colours = roles()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(_colour(colours, edge), 1, style))
        painter.setBrush(_colour(colours, fill))
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        left = float(scaled(_PADDING))
        if icon:
            size = float(scaled(_ICON))
            spot = QRectF(left - 1, (self.height() - size) / 2, size, size)
            draw_icon(painter, icon, spot, getattr(colours, ink))
            left += size + scaled(_ICON_GAP) - 1
        painter.setPen(_colour(colours, ink))
        painter.setFont(type_font(Type.CAPTION_STRONG))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        room = self.width() - left - scaled(_PADDING) + 2
        words = QFontMetrics(painter.font()).elidedText(
            self._text, Qt.TextElideMode.ElideRight, round(room)
        )
        painter.drawText(QRectF(left, 0, self.width() - left, self.height()), flags, words)
