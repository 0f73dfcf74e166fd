"""One tile of the port map: number, what speaks there, and a picture of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from mailcheck_gui.model.account import Security
from mailcheck_gui.reporting.wording import PROTOCOLS
from mailcheck_gui.ui.icons import draw_icon
from mailcheck_gui.ui.labels import plain_tool_tip
from mailcheck_gui.ui.port_tiles import Mark, Tile, TileState
from mailcheck_gui.ui.severity import RingTimer, Shape, draw_shape
from mailcheck_gui.ui.theme import Radius, Roles, Space, Type, roles, scaled, type_font

TILE_HEIGHT = 76
_PADDING = 10
_ICON = 18
_HATCH_STEP = 8


def encryption_name(security: Security) -> str:
    """Return an encryption as the form names it."""
    names = {
        Security.IMPLICIT_TLS: QCoreApplication.translate("core", "SSL/TLS"),
        Security.STARTTLS: QCoreApplication.translate("core", "STARTTLS"),
        Security.NONE: QCoreApplication.translate("core", "None"),
    }
    return names[security]


def tile_words(state: TileState) -> str:
    """Return the short words of a tile."""
    words = {
        TileState.TLS: QCoreApplication.translate("PortMap", "SSL/TLS"),
        TileState.STARTTLS: QCoreApplication.translate("PortMap", "STARTTLS"),
        TileState.UNENCRYPTED: QCoreApplication.translate("PortMap", "unencrypted"),
        TileState.OTHER: QCoreApplication.translate("PortMap", "not mail"),
        TileState.CLOSED: QCoreApplication.translate("PortMap", "closed"),
        TileState.BLOCKED: QCoreApplication.translate("PortMap", "blocked"),
        TileState.NO_ANSWER: QCoreApplication.translate("PortMap", "no answer"),
        TileState.RUNNING: QCoreApplication.translate("PortMap", "trying"),
        TileState.WAITING: QCoreApplication.translate("PortMap", "next"),
    }
    return words[state]


def _differing_setting(tile: Tile) -> str:
    if tile.protocol is not None:
        return PROTOCOLS[tile.protocol]
    return encryption_name(tile.configured) if tile.configured is not None else ""


def mark_words(tile: Tile) -> str:
    """Return what hangs below a tile, empty for nothing."""
    if tile.mark is Mark.USE_THIS:
        return QCoreApplication.translate("PortMap", "Use this")
    if tile.mark is Mark.YOURS_DIFFERS:
        template = QCoreApplication.translate("PortMap", "Yours: {setting}")
        return template.format(setting=_differing_setting(tile))
    return "" if tile.mark is Mark.NONE else QCoreApplication.translate("PortMap", "Yours")


def spoken_tile(tile: Tile) -> str:
    """Return the whole tile in words, for those who cannot see it."""
    parts = [
        QCoreApplication.translate("PortMap", "Port {number}").format(number=tile.port),
        tile_words(tile.state),
    ]
    if tile.mark is Mark.USE_THIS:
        parts.append(QCoreApplication.translate("PortMap", "use this"))
    elif tile.mark is not Mark.NONE:
        parts.append(QCoreApplication.translate("PortMap", "yours"))
    if tile.mark is Mark.YOURS_DIFFERS:
        template = QCoreApplication.translate("PortMap", "set to {setting}, does not match")
        parts.append(template.format(setting=_differing_setting(tile)))
    if not tile.verified:
        parts.append(QCoreApplication.translate("PortMap", "certificate not accepted"))
    return ", ".join(parts)


def tile_details(tile: Tile) -> str:
    """Return the tool tip: greeting and certificate."""
    lines = [f"{tile.endpoint}"]
    if tile.greeting:
        lines.append(tile.greeting)
    if tile.certificate is not None and tile.certificate.chain:
        names = ", ".join(tile.certificate.chain[0].names[:3]) or tile.certificate.chain[0].subject
        template = QCoreApplication.translate("PortMap", "Certificate for {names}")
        lines.append(template.format(names=names))
    return "\n".join(lines)


_ICONS = {
    TileState.TLS: "lock",
    TileState.STARTTLS: "lock-rising",
    TileState.UNENCRYPTED: "lock-open",
    TileState.OTHER: "close",
    TileState.CLOSED: "close",
    TileState.BLOCKED: "blocked",
    TileState.NO_ANSWER: "more",
}
_RINGS = {TileState.RUNNING: Shape.RUNNING, TileState.WAITING: Shape.WAITING}
_KINDS = {
    TileState.TLS: "works",
    TileState.STARTTLS: "works",
    TileState.UNENCRYPTED: "warning",
    TileState.BLOCKED: "error",
}
_DASHED = frozenset({TileState.NO_ANSWER, TileState.RUNNING, TileState.WAITING})
MARK_ROLES = {Mark.USE_THIS: "accent", Mark.YOURS: "text", Mark.YOURS_DIFFERS: "error"}


def mark_colour(mark: Mark, colours: Roles) -> QColor:
    """Return the colour of a mark and of the frame that goes with it."""
    return QColor(getattr(colours, MARK_ROLES[mark]))


class PortTile(QWidget):
    """A painted tile that the arrow keys can reach."""

    def __init__(self, tile: Tile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tile = tile
        self._timer = RingTimer(self)
        self.show_tile(tile)

    def show_tile(self, tile: Tile) -> None:
        """Show another state of the same port."""
        self.tile = tile
        self.setAccessibleName(spoken_tile(tile))
        details = tile_details(tile)
        self.setAccessibleDescription(details)
        self.setToolTip(plain_tool_tip(details))
        self._timer.follow(running=tile.state is TileState.RUNNING)
        self.update()

    def least_width(self) -> int:
        """Return the width below which number or words would be cut."""
        words = QFontMetrics(type_font(Type.CAPTION)).horizontalAdvance(tile_words(self.tile.state))
        number = QFontMetrics(type_font(Type.PORT)).horizontalAdvance(str(self.tile.port))
        pad = scaled(_PADDING)
        return max(pad + words + 2, pad + number + Space.XS + scaled(_ICON) + pad - 2)

    def sizeHint(self) -> QSize:
        """Return the least width and the height of the design."""
        return QSize(self.least_width(), scaled(TILE_HEIGHT))

    def event(self, event: QEvent) -> bool:
        """Show the tool tip to the keyboard as well."""
        if event.type() == QEvent.Type.FocusIn:
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), self.toolTip(), self)
        return super().event(event)

    def hideEvent(self, event: object) -> None:
        """Rest while hidden."""
        self._timer.stop()

    def showEvent(self, event: object) -> None:
        """Turn only while visible."""
        self._timer.follow(running=self.tile.state is TileState.RUNNING)

    def _kind(self) -> str:
        return _KINDS.get(self.tile.state, "") if self.tile.verified else "warning"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, number, words and picture."""
        colours = roles()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, colours)
        pad = scaled(_PADDING)
        known = bool(self._kind())
        painter.setFont(type_font(Type.PORT))
        painter.setPen(QColor(colours.text if known else colours.secondary))
        top = QRectF(pad, 0, self.width() - pad, self.height() * 0.58)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(top, flags, str(self.tile.port))
        ink = getattr(colours, self._kind() or "secondary")
        painter.setFont(type_font(Type.CAPTION))
        painter.setPen(QColor(ink))
        bottom = QRectF(pad, self.height() * 0.55, self.width(), self.height() * 0.37)
        painter.drawText(bottom, flags, tile_words(self.tile.state))
        self._paint_picture(painter, top, ink)
        if self.hasFocus():
            self._paint_focus(painter, colours)

    def _paint_ground(self, painter: QPainter, colours: Roles) -> None:
        kind = self._kind()
        fill = QColor(getattr(colours, f"{kind}_tint") if kind else colours.sunken)
        marked = self.tile.mark is not Mark.NONE
        pen = QPen(QColor(getattr(colours, f"{kind}_edge") if kind else colours.card_edge), 1)
        if marked:
            pen = QPen(mark_colour(self.tile.mark, colours), 2)
        elif self.tile.state in _DASHED:
            pen = QPen(QColor(colours.button_edge), 1, Qt.PenStyle.DashLine)
        half = pen.widthF() / 2
        place = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(place, Radius.INNER, Radius.INNER)
        if self.tile.state is TileState.BLOCKED:
            self._paint_hatching(painter, place, colours)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, Radius.INNER, Radius.INNER)

    def _paint_hatching(self, painter: QPainter, place: QRectF, colours: Roles) -> None:
        path = QPainterPath()
        path.addRoundedRect(place, Radius.INNER, Radius.INNER)
        painter.save()
        painter.setClipPath(path)
        painter.setPen(QPen(QColor(colours.error_edge), 1))
        bottom = float(self.height())
        for start in range(-self.height(), self.width(), _HATCH_STEP):
            painter.drawLine(QPointF(start, bottom), QPointF(start + bottom, 0))
        painter.restore()
        ground = QColor(colours.error_tint)
        for place in self._text_places():
            painter.fillRect(place, ground)

    def _text_places(self) -> tuple[QRectF, QRectF]:
        pad = scaled(_PADDING)
        number = QFontMetrics(type_font(Type.PORT))
        words = QFontMetrics(type_font(Type.CAPTION))
        number_width = number.horizontalAdvance(str(self.tile.port))
        words_width = words.horizontalAdvance(tile_words(self.tile.state))
        upper = self.height() * 0.29 - number.height() / 2 + 2
        lower = self.height() * 0.735 - words.height() / 2
        return (
            QRectF(pad - 2, upper, number_width + 4, number.height() - 4),
            QRectF(pad - 2, lower, words_width + 4, words.height()),
        )

    def _paint_picture(self, painter: QPainter, top: QRectF, ink: str) -> None:
        side = float(scaled(_ICON))
        place = QRectF(
            self.width() - scaled(_PADDING) - side, top.center().y() - side / 2, side, side
        )
        ring = _RINGS.get(self.tile.state)
        if ring is not None:
            draw_shape(painter, ring, place)
        else:
            draw_icon(painter, _ICONS[self.tile.state], place, ink)

    def _paint_focus(self, painter: QPainter, colours: Roles) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.accent), 2))
        place = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        painter.drawRoundedRect(place, Radius.CONTROL - 1, Radius.CONTROL - 1)
