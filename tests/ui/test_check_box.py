"""Boxes to tick: their words wrap in place of being cut, and every line of them can be pressed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mailcheck_gui.ui.check_box import CheckBox, ExplainedBox
from mailcheck_gui.ui.labels import WrapLabel

WORDS = "Remember the password in this computer's keychain"


class Column(QWidget):
    """A box in a column."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.box = CheckBox(WORDS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        column.addStretch(1)
        self.resize(width, 200)


@pytest.fixture
def wide(qtbot: QtBot, themed: QApplication) -> Column:
    column = Column(600)
    qtbot.addWidget(column)
    column.show()
    return column


@pytest.fixture
def narrow(qtbot: QtBot, themed: QApplication) -> Column:
    column = Column(220)
    qtbot.addWidget(column)
    column.show()
    return column


def test_words_that_fit_stand_on_one_line(wide: Column) -> None:
    box = wide.box
    assert box.height() == box.sizeHint().height()
    assert box.accessibleName() == WORDS


def test_words_that_do_not_fit_go_on_in_the_next_line(narrow: Column) -> None:
    box = narrow.box
    line = box.fontMetrics().height()
    assert box.height() >= 2 * line
    words = box.grab().toImage()
    ground = words.pixelColor(words.width() - 1, 0)
    lower = [
        words.pixelColor(x, y) != ground
        for x in range(box.words_left(), words.width())
        for y in range(words.height() - line, words.height())
    ]
    assert any(lower)


def test_the_second_line_can_be_pressed(narrow: Column) -> None:
    box = narrow.box
    assert not box.isChecked()
    QTest.mouseClick(
        box, Qt.MouseButton.LeftButton, pos=QPoint(box.words_left() + 4, box.height() - 4)
    )
    assert box.isChecked()


def test_the_narrowest_box_has_room_for_its_longest_word(wide: Column) -> None:
    box = wide.box
    least = box.minimumSizeHint()
    assert least.width() < box.sizeHint().width() / 2
    assert least.width() >= box.words_left() + box.fontMetrics().horizontalAdvance("computer's")


def test_a_sentence_begins_where_the_words_do(qtbot: QtBot, themed: QApplication) -> None:
    box = CheckBox("Ask other servers")
    explained = ExplainedBox(box, "They see only your internet address.")
    qtbot.addWidget(explained)
    explained.resize(QSize(400, 80))
    explained.show()
    sentence = explained.findChild(WrapLabel)
    assert sentence.contentsRect().left() == box.words_left() > 0
    assert box.accessibleDescription() == "They see only your internet address."
