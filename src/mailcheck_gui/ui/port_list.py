"""The list of the port guide: one row for each port, chosen with the mouse or the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from mailcheck_gui.reporting.port_guide import PORT_FACTS, Advice, PortFact, PortUse
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.control_shapes import draw_focus_ring
from mailcheck_gui.ui.labels import Tone, WrapLabel, plain_tool_tip
from mailcheck_gui.ui.severity import Shape, draw_shape
from mailcheck_gui.ui.theme import Radius, Roles, Space, Type, roles, scaled, type_font
from mailcheck_gui.ui.translation import translate_message

ADVICE_SHAPES = {
    Advice.GOOD: Shape.WORKS,
    Advice.SPECIAL: Shape.INFO,
    Advice.NOT_FOR_YOU: Shape.WARNING,
}
_ROW = 42
_INSET = 12
_NUMBER = 56
_MARK = 16


class PortRow(QAbstractButton):
    """Number, name, a few words, and a shape that says whether the port suits a mail program."""

    def __init__(self, fact: PortFact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fact = fact
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name = translate_message(fact.name)
        self._short = translate_message(fact.short)
        template = self.tr("Port {number}, {name}, {short}")
        self.setAccessibleName(
            template.format(number=fact.port, name=self._name, short=self._short)
        )

    def fit_text(self) -> None:
        """Offer the words as a tool tip where they have to be cut in this text size."""
        cut = self._words_width() > self._words_room()
        self.setToolTip(plain_tool_tip(f"{self._name}\n{self._short}") if cut else "")

    def resizeEvent(self, event: object) -> None:
        """Look again whether the words have to be cut."""
        self.fit_text()

    def _words_width(self) -> int:
        name = QFontMetrics(type_font(Type.STRONG)).horizontalAdvance(self._name)
        return max(name, QFontMetrics(type_font(Type.CAPTION)).horizontalAdvance(self._short))

    def sizeHint(self) -> QSize:
        """Return the room for both lines."""
        metrics = QFontMetrics(type_font(Type.CAPTION))
        names = QFontMetrics(type_font(Type.STRONG))
        width = self._words_width() + scaled(_NUMBER + _MARK) + 2 * _INSET + Space.S
        return QSize(width, max(scaled(_ROW), names.height() + metrics.height() + Space.S))

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which the words are still recognised."""
        return QSize(scaled(_NUMBER + _MARK + 90), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row; the chosen one lies on the soft accent."""
        colours = roles()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            self._paint_ground(painter, colours)
        self._paint_words(painter, colours.text, colours.secondary)
        side = float(scaled(_MARK))
        left = self.width() - _INSET - side
        place = QRectF(left, (self.height() - side) / 2, side, side)
        draw_shape(painter, ADVICE_SHAPES[self.fact.advice], place)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), Radius.CONTROL)

    def _paint_ground(self, painter: QPainter, colours: Roles) -> None:
        """Paint what lies below the words, and a line where all grounds have one colour."""
        ground = colours.accent_soft if self.isChecked() else colours.sunken
        lined = self.isChecked() and colours.high_contrast
        painter.setPen(QColor(colours.accent if lined else ground))
        painter.setBrush(QColor(ground))
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(place, Radius.CONTROL, Radius.CONTROL)

    def _words_room(self) -> int:
        return self.width() - 2 * _INSET - scaled(_NUMBER + _MARK) - Space.XS

    def _paint_words(self, painter: QPainter, ink: str, faint: str) -> None:
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(ink))
        painter.setFont(type_font(Type.SUBTITLE))
        painter.drawText(self.rect().adjusted(_INSET, 0, 0, 0), flags, str(self.fact.port))
        left = _INSET + scaled(_NUMBER)
        room = self._words_room()
        lines = (
            (Type.STRONG if self.isChecked() else Type.BODY, self._name, ink),
            (Type.CAPTION, self._short, faint),
        )
        heights = [QFontMetrics(type_font(kind)).height() for kind, _, _ in lines]
        top = (self.height() - sum(heights)) / 2
        for (kind, words, colour), height in zip(lines, heights, strict=True):
            painter.setFont(type_font(kind))
            painter.setPen(QColor(colour))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(left, top, room, height), flags, shown)
            top += height


class PortList(Card):
    """All ports in three groups. `chosen` carries the `PortFact`."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=Space.S, parent=parent)
        self.setAccessibleName(self.tr("Ports"))
        self._group = QButtonGroup(self)
        self.rows: dict[int, PortRow] = {}
        headings = {
            PortUse.SENDING: self.tr("Sending mail"),
            PortUse.IMAP: self.tr("Reading mail (IMAP)"),
            PortUse.POP3: self.tr("Fetching mail (POP3)"),
        }
        self.column.setContentsMargins(Space.S, Space.M, Space.S, Space.M)
        for use, heading in headings.items():
            label = WrapLabel(heading, Type.CAPTION_STRONG, Tone.SECONDARY)
            label.setContentsMargins(_INSET, Space.XS, _INSET, Space.XS)
            self.column.addWidget(label)
            for fact in PORT_FACTS:
                if fact.use is use:
                    self._add(fact)
        self._group.buttonToggled.connect(self._on_toggled)

    def _add(self, fact: PortFact) -> None:
        row = PortRow(fact)
        self.rows[fact.port] = row
        self._group.addButton(row)
        self.column.addWidget(row)

    def _on_toggled(self, row: QAbstractButton, checked: bool) -> None:
        if checked and isinstance(row, PortRow):
            self.chosen.emit(row.fact)

    def choose(self, port: int) -> None:
        """Choose a port of the guide.

        Raises:
            KeyError: the guide does not know it.
        """
        self.rows[port].setChecked(True)
