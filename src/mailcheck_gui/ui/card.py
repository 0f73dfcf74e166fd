"""Cards: rounded grounds painted from the theme, and the strips at their head and foot."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mailcheck_gui.ui.theme import Radius, Roles, Space, roles

INNER = Space.XL - 1
"""The padding of a card's strips: the card's line is outside them."""


class Ground(Enum):
    """What a card is painted with: the roles of its ground and of its edge."""

    PLAIN = ("card", "card_edge")
    SUNKEN = ("sunken", "card_edge")
    QUIET = ("sunken", "sunken")
    ACCENT = ("accent_soft", "accent_edge")
    ERROR = ("error_tint", "error_edge")
    WARNING = ("warning_tint", "warning_edge")
    WORKS = ("works_tint", "works_edge")
    INFO = ("info_tint", "info_edge")

    def fill(self, colours: Roles) -> QColor:
        """Return the colour of the ground."""
        return QColor(getattr(colours, self.value[0]))

    def edge(self, colours: Roles) -> QColor:
        """Return the colour of the line around it."""
        return QColor(getattr(colours, self.value[1]))


class Card(QFrame):
    """A rounded ground with a line around it. Add content to `column`.

    `edge` takes the line from another ground: a verdict is plain with an edge in its colour.
    """

    def __init__(
        self,
        ground: Ground = Ground.PLAIN,
        *,
        edge: Ground | None = None,
        padding: int = Space.XL,
        radius: int = Radius.CARD,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ground = ground
        self._edge = edge or ground
        self._radius = radius
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(padding, padding, padding, padding)
        self.column.setSpacing(0)

    def set_ground(self, ground: Ground, edge: Ground | None = None) -> None:
        """Change the colours."""
        self._ground = ground
        self._edge = edge or ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and line."""
        colours = roles()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._edge.edge(colours), 1))
        painter.setBrush(self._ground.fill(colours))
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(place, self._radius, self._radius)


class Band(QWidget):
    """A full-width strip of a card, inside its line. Give it a layout of its own."""

    def __init__(self, ground: Ground, line: Ground, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = ground
        self._line = line
        self._rounded_top = False
        self._rounded_bottom = False
        self._line_on_top = False
        self.lined = True

    def _shape(self) -> QPainterPath:
        radius = Radius.CARD - 1
        place = QRectF(self.rect())
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(place, radius, radius)
        half = place.height() / 2
        if not self._rounded_top:
            path.addRect(place.adjusted(0, 0, 0, -half))
        if not self._rounded_bottom:
            path.addRect(place.adjusted(0, half, 0, 0))
        return path

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip and the line towards the body."""
        colours = roles()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(self._shape(), self._ground.fill(colours))
        if not self.lined:
            return
        y = 0 if self._line_on_top else self.height() - 1
        painter.fillRect(0, y, self.width(), 1, self._line.edge(colours))


class HeadBand(Band):
    """The tinted strip at the head of a card."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        super().__init__(ground, ground, parent)
        self._rounded_top = True


class FootBand(Band):
    """The sunken strip at the foot of a card, where its buttons stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SUNKEN, Ground.PLAIN, parent)
        self._rounded_bottom = True
        self._line_on_top = True


class Rule(QWidget):
    """A thin line across a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        QPainter(self).fillRect(self.rect(), QColor(roles().card_edge))
