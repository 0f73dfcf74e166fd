"""Paints the entries of the sidebar: wide with words, or as a rail of icons and initials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from mailcheck_gui.ui.control_shapes import draw_focus_ring
from mailcheck_gui.ui.icons import draw_icon
from mailcheck_gui.ui.labels import Tone, unbroken
from mailcheck_gui.ui.navigation_model import CURRENT_ROLE, ENTRY_ROLE, Entry, EntryKind
from mailcheck_gui.ui.severity import draw_shape
from mailcheck_gui.ui.theme import Radius, Space, Type, mix, roles, scaled, type_font

if TYPE_CHECKING:
    from mailcheck_gui.ui.account_rows import AccountRow

Index = QModelIndex | QPersistentModelIndex

_HEIGHTS = {
    EntryKind.PAGE: 36,
    EntryKind.ACCOUNT: 50,
    EntryKind.HEADING: 46,
    EntryKind.NOTE: 40,
}
_RAIL_HEIGHTS = {
    EntryKind.PAGE: 40,
    EntryKind.ACCOUNT: 44,
    EntryKind.HEADING: 24,
    EntryKind.NOTE: 0,
}
_ICON = 18
_TEXT_LEFT = 42
_ICON_LEFT = 12
_LINE_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def initials(title: str) -> str:
    """Return the two letters that stand for an account on the rail."""
    letters = [character for character in title if character.isalnum()]
    return "".join(letters[:2]).upper() or "?"


def _follows_a_note(index: Index) -> bool:
    above = index.model().index(index.row() - 1, 0)
    return above.isValid() and above.data(ENTRY_ROLE).kind is EntryKind.NOTE


def _is_under_mouse(option: QStyleOptionViewItem) -> bool:
    from PySide6.QtWidgets import QStyle  # its long lists can wait for the mouse or the keyboard

    return bool(option.state & QStyle.StateFlag.State_MouseOver)


def _has_focus(option: QStyleOptionViewItem) -> bool:
    from PySide6.QtWidgets import QStyle

    return bool(option.state & QStyle.StateFlag.State_HasFocus)


class SidebarDelegate(QStyledItemDelegate):
    """Bar, ground and focus ring around what an entry says."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.rail = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of an entry; the width is the view's."""
        entry: Entry = index.data(ENTRY_ROLE)
        if self.rail:
            return QSize(scaled(40), scaled(_RAIL_HEIGHTS[entry.kind]))
        return QSize(scaled(100), scaled(_HEIGHTS[entry.kind]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one entry."""
        entry: Entry = index.data(ENTRY_ROLE)
        place = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.kind is EntryKind.HEADING:
            self._paint_heading(painter, place, entry, index)
        elif entry.kind is EntryKind.NOTE:
            self._paint_note(painter, place, entry)
        else:
            current = bool(index.data(CURRENT_ROLE))
            self._paint_ground(painter, place, option, current=current)
            self._paint_entry(painter, place, entry, current=current)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, *, current: bool
    ) -> None:
        colours = roles()
        ground = QRectF(place).adjusted(0.5, 2.5, -0.5, -1.5)
        if current:
            painter.setPen(QPen(QColor(colours.card_edge), 1))
            painter.setBrush(QColor(colours.card))
            painter.drawRoundedRect(ground, Radius.INNER, Radius.INNER)
            bar = QRectF(ground.left(), ground.center().y() - scaled(8), 3, scaled(16))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        elif self._view.underMouse() and _is_under_mouse(option):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(mix(colours.text, colours.window, 0.06)))
            painter.drawRoundedRect(ground, Radius.INNER, Radius.INNER)
        if self._view.hasFocus() and _has_focus(option):
            draw_focus_ring(painter, ground, Radius.INNER)

    def _paint_entry(self, painter: QPainter, place: QRect, entry: Entry, *, current: bool) -> None:
        if entry.row is not None:
            painting = self._paint_initials if self.rail else self._paint_account
            painting(painter, place, entry.row, current=current)
            return
        side = scaled(_ICON)
        left = place.center().x() - side / 2 if self.rail else place.left() + scaled(_ICON_LEFT)
        spot = QRectF(left, place.center().y() + 1 - side / 2, side, side)
        ink = roles().accent if current else roles().secondary
        draw_icon(painter, entry.icon, spot, ink)
        if not self.rail:
            kind = Type.STRONG if current else Type.BODY
            self._write(painter, self._words_place(place), entry.title, kind, Tone.TEXT)

    def _words_place(self, place: QRect) -> QRect:
        return place.adjusted(scaled(_TEXT_LEFT), 1, -scaled(Space.S), 0)

    def _write(self, painter: QPainter, place: QRect, text: str, kind: Type, tone: Tone) -> None:
        font = type_font(kind)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, place.width())
        painter.setFont(font)
        painter.setPen(tone.colour(roles()))
        painter.drawText(place, _LINE_FLAGS, unbroken(shown))

    def _paint_account(
        self, painter: QPainter, place: QRect, row: AccountRow, *, current: bool
    ) -> None:
        side = scaled(_ICON)
        spot = QRectF(
            place.left() + scaled(_ICON_LEFT), place.center().y() + 1 - side / 2, side, side
        )
        draw_shape(painter, row.shape, spot)
        words = self._words_place(place)
        half = words.height() // 2
        upper = QRect(words.left(), words.top() + scaled(5), words.width(), half - scaled(5))
        lower = QRect(words.left(), words.top() + half, words.width(), half - scaled(5))
        self._write(painter, upper, row.title, Type.STRONG if current else Type.BODY, Tone.TEXT)
        self._write(painter, lower, row.line, Type.CAPTION, row.tone)

    def _paint_initials(
        self, painter: QPainter, place: QRect, row: AccountRow, *, current: bool
    ) -> None:
        colours = roles()
        side = scaled(28)
        disc = QRectF(0, 0, side, side)
        disc.moveCenter(QRectF(place).center())
        painter.setPen(QPen(QColor(colours.accent_edge), 1))
        painter.setBrush(QColor(colours.accent_soft))
        painter.drawEllipse(disc)
        painter.setPen(QColor(colours.accent))
        painter.setFont(type_font(Type.CAPTION_STRONG))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, initials(row.title))
        mark = scaled(13)
        out = scaled(4)
        spot = QRectF(disc.right() - mark + out, disc.bottom() - mark + out, mark, mark)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.card if current else colours.window))
        painter.drawEllipse(spot.adjusted(-1.5, -1.5, 1.5, 1.5))
        draw_shape(painter, row.shape, spot)

    def _paint_heading(self, painter: QPainter, place: QRect, entry: Entry, index: Index) -> None:
        if self.rail:
            if _follows_a_note(index):
                return  # no account stands between this line and the one above
            line = QRect(place.left() + 8, place.center().y(), place.width() - 16, 1)
            painter.fillRect(line, QColor(roles().card_edge))
            return
        words = place.adjusted(scaled(_ICON_LEFT), scaled(14), 0, 0)
        self._write(painter, words, entry.title, Type.CAPTION_STRONG, Tone.SECONDARY)

    def _paint_note(self, painter: QPainter, place: QRect, entry: Entry) -> None:
        if self.rail:
            return
        painter.setFont(type_font(Type.CAPTION))
        painter.setPen(QColor(roles().secondary))
        words = place.adjusted(scaled(_ICON_LEFT), 0, -scaled(Space.S), 0)
        painter.drawText(words, Qt.TextFlag.TextWordWrap, entry.title)
