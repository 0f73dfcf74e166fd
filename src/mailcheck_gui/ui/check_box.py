"""A box to tick whose words wrap, and a sentence below it that says what follows from it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from mailcheck_gui.ui.labels import Tone, WrapLabel
from mailcheck_gui.ui.theme import Type

_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_WRAPPED = _FLAGS | Qt.TextFlag.TextWordWrap
_HIGHEST = 16_777_215


class CheckBox(QCheckBox):
    """A native check box; where its words need more than one line, they are painted here.

    Qt's own cuts them off at the edge, which long languages and large text soon reach.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_words(self, text: str) -> None:
        """Change what it says, for eyes and ears."""
        self.setText(text)
        self.setAccessibleName(text)

    def words_left(self) -> int:
        """Return where the words begin, beside the box."""
        element = QStyle.SubElement.SE_CheckBoxContents
        return self.style().subElementRect(element, self._first_line(), self).left()

    def _first_line(self) -> QStyleOptionButton:
        """Return the box as the style draws it, on the first line of its words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.rect = QRect(0, 0, self.width(), super().sizeHint().height())
        return option

    def _words_height(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - self.words_left()), _HIGHEST)
        return QFontMetrics(self.font()).boundingRect(room, _WRAPPED, self.text()).height()

    def _wraps(self) -> bool:
        return self.width() < super().sizeHint().width()

    def minimumSizeHint(self) -> QSize:
        """Return room for the longest word."""
        metrics = QFontMetrics(self.font())
        longest = max((metrics.horizontalAdvance(w) for w in self.text().split()), default=0)
        return QSize(self.words_left() + longest + 2, super().sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines that a width needs."""
        line = super().sizeHint()
        if width >= line.width():
            return line.height()
        spare = max(0, line.height() - QFontMetrics(self.font()).height())
        return self._words_height(width) + spare

    def hitButton(self, pos: QPoint) -> bool:
        """Take a press on every line of the words."""
        return self.rect().contains(pos) if self._wraps() else super().hitButton(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box of the style beside the first line."""
        if not self._wraps():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        option = self._first_line()
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_CheckBox, option, painter, self)
        spare = max(0, option.rect.height() - QFontMetrics(self.font()).height())
        words = self.rect().adjusted(self.words_left(), spare // 2, 0, 0)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(words, _WRAPPED, self.text())


class ExplainedBox(QWidget):
    """A box to tick with a sentence below its words."""

    def __init__(self, box: CheckBox, sentence: str) -> None:
        super().__init__()
        self._box = box
        box.setAccessibleDescription(sentence)
        self._sentence = WrapLabel(sentence, Type.CAPTION, Tone.SECONDARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(box)
        column.addWidget(self._sentence)
        self.fit_text()

    def fit_text(self) -> None:
        """Let the sentence begin where the words do."""
        self._sentence.setContentsMargins(self._box.words_left(), 0, 0, 0)
