"""The port guide and the start page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from mailcheck_gui.model.endpoint import PORT_ROLES
from mailcheck_gui.reporting.port_guide import PORT_FACTS, Advice, PortFact
from mailcheck_gui.ui import theme
from mailcheck_gui.ui.labels import TypedLabel
from mailcheck_gui.ui.page import Page
from mailcheck_gui.ui.port_guide_page import PortGuidePage
from mailcheck_gui.ui.start_page import StartPage
from mailcheck_gui.ui.theme import Size


@pytest.fixture
def guide(qtbot: QtBot, themed: QApplication) -> PortGuidePage:
    page = PortGuidePage()
    qtbot.addWidget(page)
    page.resize(880, 760)
    page.show()
    return page


@pytest.fixture
def high_contrast(themed: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """High contrast with a highlight that nothing else has."""
    before = themed.palette()
    palette = QPalette(before)
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#ff00ff"))
    monkeypatch.setattr(theme, "wants_high_contrast", lambda: True)
    themed.setPalette(palette)
    yield
    themed.setPalette(before)


def _texts(page: QWidget) -> str:
    return "\n".join(label.plain_text() for label in page.findChildren(TypedLabel))


def test_the_guide_knows_every_port_of_mail() -> None:
    assert {fact.port for fact in PORT_FACTS} == {role.port for role in PORT_ROLES}


@pytest.mark.parametrize("fact", PORT_FACTS, ids=lambda fact: str(fact.port))
def test_every_registered_port_names_its_service_and_sources(fact: PortFact) -> None:
    registered = {role.port: role.service for role in PORT_ROLES}
    assert fact.service == registered[fact.port]
    assert bool(fact.sources) == bool(fact.service)


def test_the_folklore_is_corrected_not_repeated() -> None:
    by_port = {fact.port: fact for fact in PORT_FACTS}
    assert by_port[465].advice is Advice.GOOD
    assert by_port[587].advice is Advice.GOOD
    assert by_port[25].advice is Advice.NOT_FOR_YOU
    assert by_port[465].truth is not None
    assert "RFC 8314" in by_port[465].truth.english()


def test_a_port_is_chosen_with_the_arrow_keys(guide: PortGuidePage, qtbot: QtBot) -> None:
    first = guide.list.rows[465]
    assert first.isChecked()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert guide.list.rows[587].isChecked()
    assert guide.details is not None
    assert guide.details.fact.port == 587
    assert "RFC 6409 section 3.1" in _texts(guide)


def test_words_of_a_port_that_have_to_be_cut_stand_in_its_tool_tip(guide: PortGuidePage) -> None:
    row = guide.list.rows[143]
    row.resize(row.sizeHint())
    assert row.toolTip() == ""
    row.resize(row.minimumSizeHint())
    assert "Good, if encryption is required" in row.toolTip()


def test_the_chosen_port_is_marked_under_high_contrast(
    guide: PortGuidePage, high_contrast: None
) -> None:
    guide.list.choose(587)
    guide.list.rows[465].clearFocus()
    marked = [port for port, row in guide.list.rows.items() if _has(row, "#ff00ff")]
    assert marked == [587]


def _has(widget: QWidget, colour: str) -> bool:
    picture = widget.grab().toImage()
    middle = picture.width() // 2
    return any(picture.pixelColor(middle, y) == QColor(colour) for y in range(picture.height()))


def test_the_question_for_the_provider_is_copied(guide: PortGuidePage) -> None:
    guide.list.rows[25].click()
    copy = next(
        button
        for button in guide.findChildren(QAbstractButton)
        if button.text() == "Copy question" and button.isVisibleTo(guide)
    )
    copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Is outgoing TCP port 25")
    assert copied.endswith("?")


def test_an_unknown_port_is_a_mistake_of_the_caller(guide: PortGuidePage) -> None:
    with pytest.raises(KeyError):
        guide.list.choose(80)


def _press(page: QWidget, words: str) -> None:
    next(b for b in page.findChildren(QAbstractButton) if b.text() == words).click()


def test_the_start_page_offers_other_ways(qtbot: QtBot, themed: QApplication) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    page.show()
    for words, wanted in (
        ("Type settings", page.type_requested),
        ("Explain it", page.explain_requested),
        ("Start practice", page.practice_requested),
    ):
        with qtbot.waitSignal(wanted):
            _press(page, words)


@pytest.mark.parametrize("make", [PortGuidePage, StartPage])
def test_pages_fit_at_200_percent(qtbot: QtBot, large_text: QApplication, make: type[Page]) -> None:
    page = make()
    qtbot.addWidget(page)
    page.resize(844, 620)
    page.show()
    large_text.processEvents()
    assert page.widget().width() <= page.viewport().width()


def test_the_content_of_a_wide_window_stays_at_the_left(
    guide: PortGuidePage, themed: QApplication
) -> None:
    guide.resize(1600, 760)
    themed.processEvents()
    right = guide.list.parentWidget().mapTo(guide, guide.list.parentWidget().rect().topRight()).x()
    assert right == 32 + Size.CONTENT - 1


def test_the_right_edge_is_the_same_with_and_without_a_scroll_bar(
    guide: PortGuidePage, themed: QApplication, qtbot: QtBot
) -> None:
    def right_edge() -> int:
        holder = guide.list.parentWidget()
        return holder.mapTo(guide, holder.rect().topRight()).x()

    themed.processEvents()
    without = right_edge()
    guide.resize(880, 300)
    qtbot.waitUntil(lambda: guide.verticalScrollBar().isVisible() and right_edge() == without)


def test_nothing_moves_aside_in_the_moment_in_which_the_scroll_bar_comes(
    guide: PortGuidePage, themed: QApplication
) -> None:
    themed.processEvents()
    assert not guide.verticalScrollBar().isVisible()
    edge = guide.list.mapTo(guide, guide.list.rect().topLeft()).x(), guide.list.width()
    high = QWidget()
    high.setMinimumHeight(2000)
    guide.column.addWidget(high)
    high.show()
    guide.settle()
    assert guide.verticalScrollBar().isVisible()
    assert (guide.list.mapTo(guide, guide.list.rect().topLeft()).x(), guide.list.width()) == edge
