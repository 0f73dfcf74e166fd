"""Your settings beside those that work: one grid for all sides that change."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mailcheck_gui.model.finding import Proof
from mailcheck_gui.ui.badge import Badge
from mailcheck_gui.ui.card import INNER
from mailcheck_gui.ui.hint import SHAPES
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import ElideLabel, Tone, TypedLabel, WrapLabel
from mailcheck_gui.ui.proof_badge import proof_badge, proof_text
from mailcheck_gui.ui.server_words import SIDE_ICONS, side_with_protocol
from mailcheck_gui.ui.settings_rows import SettingRow, SideRows
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.theme import (
    TWO_COLUMNS,
    Size,
    Space,
    Type,
    roles,
    scaled,
)

_NAME, _YOURS, _SUGGESTED, _PROOF = range(4)
_NAME_WIDTH = 120
_MARK = 16


class SettingsTable(QWidget):
    """Rows of the sides that change. Changed rows lie on the soft accent, old values struck out.

    `works` heads the column "Works", with ticks; else it is "Suggested", with arrows. On a narrow
    page the badge stands below the value. There is one badge for a side: in its heading, or in its
    first changed row; a row whose proof is another one carries its own.
    """

    def __init__(
        self, sides: tuple[SideRows, ...], *, works: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._works = works
        self._changed_rows: list[int] = []
        self._heights: list[int] = []
        self._rules: list[int] = []
        self._badges: list[tuple[int, Badge, QVBoxLayout]] = []
        self._narrow = False
        self._proof_heading: QWidget | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(INNER, Space.M, INNER, Space.S)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(_YOURS, 1)
        self._grid.setColumnStretch(_SUGGESTED, 1)
        self._row = 0
        self._build(sides)
        self._fit_rows()

    def _build(self, sides: tuple[SideRows, ...]) -> None:
        if len(sides) == 1:
            self._add_title(sides[0])
            self._add_headings()
        else:
            self._add_headings()
        for side in sides:
            if len(sides) > 1:
                self._add_side(side)
            said = side.proof if len(sides) > 1 else None
            for row in side.rows:
                self._add_row(row, side, own_badge=row.changed and row.proof is not said)
                said = side.proof if row.changed else said

    def _add_title(self, side: SideRows) -> None:
        count = sum(row.changed for row in side.rows)
        words = self.tr("Change one setting")
        if count > 1:
            words = self.tr("Change {count} settings").format(count=count)
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        layout.addWidget(TypedLabel(words, Type.STRONG))
        layout.addWidget(TypedLabel("·", Type.BODY, Tone.SECONDARY))
        layout.addWidget(WrapLabel(side_with_protocol(side.role, side.server), tone=Tone.SECONDARY))
        layout.setStretch(2, 1)
        self._grid.addWidget(line, self._row, 0, 1, 4)
        self._next_row(Size.TABLE_ROW - 4)

    def _add_headings(self) -> None:
        last = self.tr("Works") if self._works else self.tr("Suggested")
        words = (self.tr("Setting"), self.tr("Yours"), last, self.tr("Proof"))
        for column, text in enumerate(words):
            label = TypedLabel(text, Type.CAPTION_STRONG, Tone.SECONDARY)
            side = Qt.AlignmentFlag.AlignRight if column == _PROOF else Qt.AlignmentFlag.AlignLeft
            label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(label, self._row, column)
            if column == _PROOF:
                self._proof_heading = label
        self._next_row(Size.TABLE_ROW - 2)

    def _add_side(self, side: SideRows) -> None:
        self._rules.append(self._row)
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, Space.XS, 0, Space.XS)
        layout.setSpacing(Space.S + 2)
        layout.addWidget(IconMark(SIDE_ICONS[side.role], size=18))
        layout.addWidget(TypedLabel(side_with_protocol(side.role, side.server), Type.STRONG))
        layout.addStretch(1)
        if side.proof is not None:
            layout.addWidget(proof_badge(side.proof, side.source))
        self._grid.addWidget(line, self._row, 0, 1, 4)
        self._next_row(Size.CHANGED_ROW + 2)

    def _add_row(self, row: SettingRow, side: SideRows, *, own_badge: bool) -> None:
        name = TypedLabel(row.name, Type.STRONG if row.changed else Type.BODY)
        name.set_tone(Tone.TEXT if row.changed else Tone.SECONDARY)
        self._grid.addWidget(name, self._row, _NAME)
        if not row.changed:
            for column, text in ((_YOURS, row.yours), (_SUGGESTED, row.suggested)):
                value = ElideLabel(text, tone=Tone.SECONDARY)
                self._grid.addWidget(value, self._row, column)
            self._next_row(Size.TABLE_ROW)
            return
        name.setAccessibleName(self._spoken(row))
        self._changed_rows.append(self._row)
        self._grid.addWidget(_old_value(row), self._row, _YOURS)
        cell, column_layout = self._new_value(row)
        self._grid.addWidget(cell, self._row, _SUGGESTED)
        if own_badge and row.proof is not None:
            source = side.source if row.proof is Proof.DOCUMENTED else ""
            badge = proof_badge(row.proof, source)
            self._badges.append((self._row, badge, column_layout))
            self._place_badge(self._row, badge)
        self._next_row(Size.CHANGED_ROW)

    def _new_value(self, row: SettingRow) -> tuple[QWidget, QVBoxLayout]:
        mark = ShapeMark(Shape.WORKS, _MARK) if self._works else IconMark("arrow-right", size=_MARK)
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, Space.XS, 0, Space.XS)
        column.setSpacing(Space.XS)
        column.addLayout(_marked(mark, WrapLabel(row.suggested, Type.STRONG)))
        return cell, column

    def _spoken(self, row: SettingRow) -> str:
        template = self.tr("{field}: yours {yours}, suggested {suggested}, proof {proof}")
        if self._works:
            template = self.tr("{field}: yours {yours}, works {suggested}, proof {proof}")
        proof = proof_text(row.proof) if row.proof is not None else self.tr("none")
        return template.format(
            field=row.name,
            yours=row.yours or self.tr("empty"),
            suggested=row.suggested,
            proof=proof,
        )

    def _next_row(self, height: int) -> None:
        self._heights.append(height)
        self._row += 1

    def _place_badge(self, row: int, badge: Badge) -> None:
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(badge, row, _PROOF, flags)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the badges below the values where the page is narrow."""
        super().resizeEvent(event)
        self._fit_width()

    def fit_text(self) -> None:
        """Take the heights of the rows, and what the width has room for, from the text size."""
        self._fit_rows()
        self._fit_width()

    def _fit_rows(self) -> None:
        for row, height in enumerate(self._heights):
            self._grid.setRowMinimumHeight(row, scaled(height))
        self._grid.setColumnMinimumWidth(_NAME, 0 if self._narrow else scaled(_NAME_WIDTH))

    def _fit_width(self) -> None:
        narrow = self.width() < scaled(TWO_COLUMNS - 2 * Space.XXL)
        if narrow != self._narrow:
            self._narrow = narrow
            self._fit_rows()
            self._move_badges()

    def _move_badges(self) -> None:
        if self._proof_heading is not None:
            self._proof_heading.setVisible(not self._narrow)
        for row, badge, column in self._badges:
            if self._narrow:
                self._grid.removeWidget(badge)
                column.addWidget(badge, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                column.removeWidget(badge)
                self._place_badge(row, badge)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the grounds of the changed rows, edge to edge, and the lines between sides."""
        colours = roles()
        painter = QPainter(self)
        for row in self._changed_rows:
            painter.fillRect(self._row_place(row), QColor(colours.accent_soft))
        for row in self._rules:
            place = self._row_place(row)
            painter.fillRect(0, place.top(), self.width(), 1, QColor(colours.card_edge))

    def _row_place(self, row: int) -> QRect:
        """Return a row from edge to edge; `cellRect` is wrong where heights follow from widths."""
        item = self._grid.itemAtPosition(row, _NAME)
        place = item.geometry() if item is not None else QRect()
        return QRect(0, place.top(), self.width(), place.height())


class _StruckLabel(WrapLabel):
    """A value that is no longer to be used."""

    def fit_text(self) -> None:
        """Keep the line through the words in every text size."""
        super().fit_text()
        font = self.font()
        font.setStrikeOut(True)
        self.setFont(font)


def _marked(mark: QWidget, label: QLabel) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(Space.S)
    line.addWidget(mark)
    line.addWidget(label, 1)
    return line


def _old_value(row: SettingRow) -> QWidget:
    cell = QWidget()
    label = _StruckLabel(row.yours)
    shape = SHAPES[row.severity] if row.severity is not None else Shape.INFO
    line = _marked(ShapeMark(shape, _MARK), label)
    line.setContentsMargins(0, Space.XS, 0, Space.XS)
    cell.setLayout(line)
    return cell
