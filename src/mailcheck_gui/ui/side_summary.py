"""Both sides of an account side by side: the server, its values, and a badge that says how sure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mailcheck_gui.model.account import Field, Role, Server
from mailcheck_gui.ui.badge import Badge
from mailcheck_gui.ui.card import INNER
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import ElideLabel, Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.layouts import ColumnsLayout
from mailcheck_gui.ui.server_words import SIDE_ICONS, field_text, side_with_protocol, value_texts
from mailcheck_gui.ui.theme import Space, Type, roles

Row = tuple[str, str]
"""The name of a value, and the value."""


class SideSummary(QWidget):
    """One side: heading with its badge, then its values, then further rows."""

    def __init__(self, role: Role, server: Server, badge: Badge, more: Sequence[Row] = ()) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(INNER, Space.M, INNER, Space.L)
        column.setSpacing(Space.S)
        heading = QHBoxLayout()
        heading.setSpacing(Space.S)
        heading.addWidget(IconMark(SIDE_ICONS[role], size=18))
        heading.addWidget(WrapLabel(side_with_protocol(role, server), Type.STRONG), 1)
        heading.addWidget(badge)
        column.addLayout(heading)
        column.addLayout(_grid([*self._values(server), *more]))
        column.addStretch(1)

    def _values(self, server: Server) -> list[Row]:
        texts = value_texts(server)
        port = self.tr("{port}, {encryption}").format(
            port=texts[Field.PORT], encryption=texts[Field.SECURITY]
        )
        return [
            (field_text(Field.HOST), texts[Field.HOST]),
            (field_text(Field.PORT), port),
            (field_text(Field.USERNAME), texts[Field.USERNAME]),
        ]


def _grid(rows: Sequence[Row]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.L)
    grid.setVerticalSpacing(Space.XS + 1)
    grid.setColumnStretch(1, 1)
    for index, (name, value) in enumerate(row for row in rows if row[1]):
        grid.addWidget(TypedLabel(name, tone=Tone.SECONDARY), index, 0)
        grid.addWidget(ElideLabel(value), index, 1)
    return grid


class SideColumns(QWidget):
    """The given sides, with a line between them."""

    def __init__(self, sides: Sequence[SideSummary], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        columns = ColumnsLayout(self, spacing=0)
        self._sides = tuple(sides)
        for side in self._sides:
            columns.addWidget(side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line between the columns, or between the stacked sides."""
        painter = QPainter(self)
        ink = QColor(roles().card_edge)
        for side in self._sides[1:]:
            if side.x() > 0:
                painter.fillRect(side.x(), 0, 1, self.height(), ink)
            else:
                painter.fillRect(0, side.y(), self.width(), 1, ink)
