"""What shows where the keyboard is, and where it goes when a question was answered."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mailcheck_gui.model.finding import Severity
from mailcheck_gui.ui.buttons import FocusRing, Link
from mailcheck_gui.ui.form_fields import TextField
from mailcheck_gui.ui.strips import Answer, QuestionStrip


def page_with(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    page = QWidget()
    page.resize(400, 300)
    column = QVBoxLayout(page)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def tight_holder(widget: QWidget) -> QWidget:
    holder = QWidget()
    inside = QVBoxLayout(holder)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    return holder


def ring_of(page: QWidget) -> FocusRing:
    return next(ring for ring in page.findChildren(FocusRing) if ring.isVisible())


def test_the_ring_around_a_link_is_whole_in_a_tight_holder(
    qtbot: QtBot, themed: QApplication
) -> None:
    link = Link("What to check")
    page = page_with(qtbot, tight_holder(link))
    link.setFocus()
    ring = ring_of(page)
    assert ring.visibleRegion().boundingRect() == ring.rect()
    assert ring.mapTo(page, QPoint(6, 2)) == link.mapTo(page, QPoint(0, 0))


def test_the_ring_follows_when_the_holder_moves(qtbot: QtBot, themed: QApplication) -> None:
    link, above = Link("What to check"), TextField("Above")
    above.hide()
    page = page_with(qtbot, above, tight_holder(link))
    link.setFocus()
    before = ring_of(page).mapTo(page, QPoint(6, 2))
    above.show()
    qtbot.waitUntil(lambda: link.mapTo(page, QPoint(0, 0)) != before)
    assert ring_of(page).mapTo(page, QPoint(6, 2)) == link.mapTo(page, QPoint(0, 0))


def test_the_ring_goes_with_its_link(qtbot: QtBot, themed: QApplication) -> None:
    link = Link("What to check")
    holder = tight_holder(link)
    page = page_with(qtbot, holder)
    link.setFocus()
    holder.deleteLater()
    qtbot.waitUntil(lambda: not page.findChildren(FocusRing))


def question(strip: QuestionStrip) -> None:
    strip.ask(Severity.WARNING, "Delete it?", [Answer("delete", "Delete"), Answer("keep", "Keep")])


def test_the_keyboard_begins_at_the_answer_that_does_no_harm(
    qtbot: QtBot, themed: QApplication
) -> None:
    strip, line = QuestionStrip(), TextField("Name")
    page = page_with(qtbot, strip, line)
    question(strip)
    with qtbot.waitSignal(strip.answered) as answered:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert answered.args == ["keep"]
    assert page.isVisible()


def test_the_keyboard_returns_to_where_it_was_before_the_question(
    qtbot: QtBot, themed: QApplication
) -> None:
    strip, first, line = QuestionStrip(), TextField("First"), TextField("Name")
    page = page_with(qtbot, first, strip, line)
    line.setFocus()
    question(strip)
    assert QApplication.focusWidget() is not line
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is line
    assert page.isVisible()
