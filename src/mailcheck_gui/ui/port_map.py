"""What speaks on which port: tiles in three groups, with marks for yours and for the better one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.ui.port_tile import TILE_HEIGHT, PortTile, mark_colour, mark_words
from mailcheck_gui.ui.port_tiles import Tile
from mailcheck_gui.ui.roving import RovingFocus
from mailcheck_gui.ui.theme import Space, Type, roles, scaled, type_font

_TILE_GAP = 7
_GROUP_GAP = 20
_WIDEST_TILE = 120
_MARK_HEIGHT = 20
_MARK_GAP = 7
_MARK_PADDING = 7
_POINTER = 5

Group = list[PortTile]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A group's heading: the place it has, the words, and shorter words for little room."""

    place: QRect
    words: str
    short: str


@dataclass(frozen=True, slots=True)
class _MarkSpot:
    """Where a mark hangs: its pill and the tip of its pointer."""

    place: QRectF
    tip: QPointF
    tile: Tile


class PortMap(QWidget):
    """The tiles of a check. Takes two or three rows where one is too narrow.

    One tab stop; the arrow keys move between tiles. Every tile reads itself out.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: dict[Endpoint, PortTile] = {}
        self._hosts: dict[Protocol, str] = {}
        self._headings: list[_Heading] = []
        self._least = 0
        self._marks: list[_MarkSpot] = []
        self._roving = RovingFocus(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("What speaks on which port"))

    def show_tiles(self, tiles: Iterable[Tile], hosts: dict[Protocol, str] | None = None) -> None:
        """Show these tiles in this order. `hosts` are the names for the groups' headings."""
        wanted = list(tiles)
        if wanted and self._shows(wanted) and self._hosts == (hosts or {}):
            return  # a second address of a port mostly tells nothing new
        self._hosts = dict(hosts or {})
        endpoints = [tile.endpoint for tile in wanted]
        if endpoints != list(self._tiles):
            self._rebuild(wanted)
        for tile in wanted:
            if self._tiles[tile.endpoint].tile != tile:
                self._tiles[tile.endpoint].show_tile(tile)
        self.fit_text()

    def _shows(self, tiles: list[Tile]) -> bool:
        return [each.tile for each in self._tiles.values()] == tiles

    def _rebuild(self, tiles: list[Tile]) -> None:
        for old in self._tiles.values():
            old.hide()
            old.deleteLater()
        self._tiles = {tile.endpoint: PortTile(tile, self) for tile in tiles}
        for fresh in self._tiles.values():
            fresh.show()
        self._roving.set_members(list(self._tiles.values()))

    def tiles(self) -> list[PortTile]:
        """Return the tiles in their order."""
        return list(self._tiles.values())

    def hasHeightForWidth(self) -> bool:
        """Return True: a narrow map takes more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the rows that a width needs."""
        return self._arrange(width, place=False)

    def sizeHint(self) -> QSize:
        """Return the size of one row."""
        width = self._needed(self._groups())
        return QSize(width, self._arrange(width, place=False))

    def minimumSizeHint(self) -> QSize:
        """Return room for two tiles side by side."""
        return QSize(2 * self._least + _TILE_GAP, self._row_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place tiles, headings and marks anew."""
        self._arrange(self.width(), place=True)

    def _groups(self) -> list[Group]:
        groups: dict[Protocol, Group] = {}
        for endpoint, tile in self._tiles.items():
            groups.setdefault(endpoint.protocol, []).append(tile)
        return list(groups.values())

    def _measure(self) -> None:
        """Take the width of the widest tile once, not with every question for a height."""
        self._least = max((tile.least_width() for tile in self._tiles.values()), default=0)

    def fit_text(self) -> None:
        """Measure and place everything anew in the text size of this moment."""
        self._measure()
        self._arrange(self.width(), place=True)
        self.updateGeometry()
        self.update()

    def _needed(self, groups: list[Group]) -> int:
        return self._gaps(groups) + sum(map(len, groups)) * self._least

    def _gaps(self, groups: list[Group]) -> int:
        inside = sum(len(group) - 1 for group in groups) * _TILE_GAP
        return inside + max(0, len(groups) - 1) * _GROUP_GAP

    def _rows(self, width: int) -> list[list[Group]]:
        groups = self._groups()
        if not groups or self._needed(groups) <= width:
            return [groups]
        first, rest = groups[:1], groups[1:]
        if rest and max(self._needed(first), self._needed(rest)) <= width:
            return [first, rest]
        per_row = max(1, (width + _TILE_GAP) // (self._least + _TILE_GAP))
        return [
            [group[start : start + per_row]]
            for group in groups
            for start in range(0, len(group), per_row)
        ]

    def _heading_height(self) -> int:
        return QFontMetrics(type_font(Type.CAPTION_STRONG)).height() + Space.S

    def _row_height(self) -> int:
        marks = scaled(_MARK_GAP) + scaled(_MARK_HEIGHT)
        return self._heading_height() + scaled(TILE_HEIGHT) + marks

    def _arrange(self, width: int, *, place: bool) -> int:
        rows = self._rows(width)
        if place:
            self._headings = []
            for index, (row, tile_width) in enumerate(self._widths(rows, width)):
                top = index * (self._row_height() + Space.M)
                self._place_row(row, top, tile_width, width)
            self._marks = self._hang_marks(width)
        return len(rows) * (self._row_height() + Space.M) - Space.M

    def _tile_width(self, row: list[Group], width: int) -> float:
        return min((width - self._gaps(row)) / _count(row), float(scaled(_WIDEST_TILE)))

    def _widths(self, rows: list[list[Group]], width: int) -> list[tuple[list[Group], float]]:
        """Give all rows the narrowest tiles, but let full rows end on one line at the right."""
        common = min(self._tile_width(row, width) for row in rows)
        ends = [self._gaps(row) + _count(row) * common for row in rows]
        spare = [max(ends) - end for end in ends]
        return [
            (row, common + (left / _count(row) if left < common else 0.0))
            for row, left in zip(rows, spare, strict=True)
        ]

    def _place_row(self, row: list[Group], top: int, tile_width: float, width: int) -> None:
        tile_top = top + self._heading_height()
        left = 0.0
        for group in row:
            start = round(left)
            for tile in group:
                right = round(left + tile_width)
                tile.setGeometry(round(left), tile_top, right - round(left), scaled(TILE_HEIGHT))
                left += tile_width + _TILE_GAP
            end = round(left) - _TILE_GAP if group is not row[-1] else width
            words, short = self._heading_words(group[0].tile.endpoint.protocol)
            self._headings.append(
                _Heading(QRect(start, top, end - start, self._heading_height()), words, short)
            )
            left += _GROUP_GAP - _TILE_GAP

    def _heading_words(self, protocol: Protocol) -> tuple[str, str]:
        host = self._hosts.get(protocol, "")
        names = {
            Protocol.SMTP: (self.tr("Outgoing: {host}"), self.tr("Outgoing mail")),
            Protocol.IMAP: ("IMAP: {host}", "IMAP"),
            Protocol.POP3: ("POP3: {host}", "POP3"),
        }
        template, short = names[protocol]
        return (template.format(host=host) if host else short), short

    def _hang_marks(self, width: int) -> list[_MarkSpot]:
        metrics = QFontMetrics(type_font(Type.CAPTION_STRONG))
        height = max(scaled(_MARK_HEIGHT), metrics.height() + 2)
        spots: list[_MarkSpot] = []
        for widget in self._tiles.values():
            words = mark_words(widget.tile)
            if not words:
                continue
            pill = metrics.horizontalAdvance(words) + 2 * scaled(_MARK_PADDING)
            tip = QPointF(widget.geometry().center().x() + 0.5, widget.geometry().bottom() + 3)
            left = max(0.0, min(tip.x() - pill / 2, width - pill))
            top = tip.y() + _POINTER - 1
            spots.append(_MarkSpot(QRectF(left, top, pill, height), tip, widget.tile))
        return _apart(spots)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint headings and marks; the tiles paint themselves."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(type_font(Type.CAPTION_STRONG))
        painter.setPen(QColor(roles().secondary))
        metrics = QFontMetrics(painter.font())
        for heading in self._headings:
            fits = metrics.horizontalAdvance(heading.words) <= heading.place.width()
            words = heading.words if fits else heading.short
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, heading.place.width())
            painter.drawText(heading.place, Qt.AlignmentFlag.AlignLeft, words)
        for spot in self._marks:
            self._paint_mark(painter, spot)

    def _paint_mark(self, painter: QPainter, spot: _MarkSpot) -> None:
        colours = roles()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mark_colour(spot.tile.mark, colours))
        radius = spot.place.height() / 2
        painter.drawRoundedRect(spot.place, radius, radius)
        foot = spot.place.top() + 1
        left, right = spot.tip.x() - _POINTER, spot.tip.x() + _POINTER
        painter.drawPolygon(QPolygonF([spot.tip, QPointF(right, foot), QPointF(left, foot)]))
        painter.setPen(QColor(colours.card))
        painter.drawText(spot.place, Qt.AlignmentFlag.AlignCenter, mark_words(spot.tile))


def _count(row: list[Group]) -> int:
    """Return the number of tiles, 1 for none: lengths are divided by it."""
    return max(1, sum(map(len, row)))


def _apart(spots: list[_MarkSpot]) -> list[_MarkSpot]:
    """Push neighbouring marks of one row apart, so that none covers another."""
    moved: list[_MarkSpot] = []
    for spot in spots:
        overlap = _overlap(moved[-1], spot) if moved else 0.0
        if overlap > 0:
            moved[-1] = _shifted(moved[-1], -overlap / 2)
        moved.append(_shifted(spot, overlap / 2))
    return moved


def _overlap(left: _MarkSpot, right: _MarkSpot) -> float:
    if left.place.top() != right.place.top():
        return 0.0
    return max(0.0, left.place.right() + Space.XS - right.place.left())


def _shifted(spot: _MarkSpot, by: float) -> _MarkSpot:
    return replace(spot, place=spot.place.translated(by, 0))
