"""Explain an error: pasted, typed or picked; known, unknown or huge; and the check that follows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import A_CHECK, Stage, make_stage

from mailcheck_gui.catalogue.explanations import load_common
from mailcheck_gui.model.account import AccountDraft, Protocol, ServerDraft
from mailcheck_gui.model.explanation import Explained, Explanation
from mailcheck_gui.model.finding import Confidence, message
from mailcheck_gui.practice import practice_accounts
from mailcheck_gui.storage.saved_account import SavedAccount
from mailcheck_gui.ui.account_views import View
from mailcheck_gui.ui.badge import Badge
from mailcheck_gui.ui.error_input import LONGEST
from mailcheck_gui.ui.explain_page import ExplainPage
from mailcheck_gui.ui.explanation_card import ExplanationCard, OtherMeaning, UnknownCard
from mailcheck_gui.ui.focus import focusable
from mailcheck_gui.ui.labels import TypedLabel
from mailcheck_gui.ui.navigation_model import ALL_ACCOUNTS, EXPLAIN

CONTROL = Qt.KeyboardModifier.ControlModifier
KNOWN = "Task 'info@example.com - Sending' reported error (0x800CCC1A)"


@pytest.fixture
def stage(qtbot: QtBot, themed: QApplication, tmp_path: Path) -> Iterator[Stage]:
    made = make_stage(qtbot, tmp_path)
    made.key(Qt.Key.Key_E, CONTROL)
    made.window.focus_page()
    yield made
    made.window.close()
    made.practice.stop()


@pytest.fixture
def page(stage: Stage) -> ExplainPage:
    shown = stage.window.page()
    assert isinstance(shown, ExplainPage)
    return shown


def settled(stage: Stage, page: ExplainPage) -> None:
    """Wait until what is in the box has been explained."""
    stage.bot.waitUntil(lambda: page.foot is not None, timeout=A_CHECK)


def said(page: ExplainPage) -> str:
    labels = page.findChildren(TypedLabel)
    return "\n".join(each.plain_text() for each in labels if each.isVisibleTo(page))


def test_the_keyboard_begins_in_the_box(stage: Stage, page: ExplainPage) -> None:
    assert page.input.hasFocus()
    assert stage.window.windowTitle() == "Explain an error"
    assert "stays on this computer" in said(page)


def test_a_typed_code_is_explained(stage: Stage, page: ExplainPage) -> None:
    QTest.keyClicks(page.input, "0x800CCC1A")
    settled(stage, page)
    cards = page.findChildren(ExplanationCard)
    assert len(cards) == 1
    assert cards[0].explanation.codes
    assert "Outlook (classic)" in [badge.text() for badge in cards[0].findChildren(Badge)]
    assert "What to check" in said(page)


def test_a_pasted_text_is_explained_and_only_text_is_taken(stage: Stage, page: ExplainPage) -> None:
    data = QMimeData()
    data.setText(KNOWN)
    data.setHtml("<b>bold</b><img src='http://tracker.example/'>")
    QGuiApplication.clipboard().setMimeData(data)
    stage.key(Qt.Key.Key_V, CONTROL)
    assert page.input.toPlainText() == KNOWN
    settled(stage, page)
    assert page.findChildren(ExplanationCard)


def test_what_is_not_known_is_said_without_blame(stage: Stage, page: ExplainPage) -> None:
    QTest.keyClicks(page.input, "banana")
    settled(stage, page)
    assert page.findChildren(UnknownCard)
    assert "This message is not known here" in said(page)


def test_an_emptied_box_empties_the_answer(stage: Stage, page: ExplainPage) -> None:
    QTest.keyClicks(page.input, "banana")
    settled(stage, page)
    page.input.selectAll()
    stage.key(Qt.Key.Key_Delete)
    stage.bot.waitUntil(lambda: page.foot is None, timeout=A_CHECK)
    assert "not known" not in said(page)


def test_a_text_to_pick_is_put_into_the_box(stage: Stage, page: ExplainPage) -> None:
    first = load_common()[0]
    button = next(b for b in focusable(page.picks) if b.accessibleName() == first.label)
    button.setFocus()
    stage.key(Qt.Key.Key_Return)
    assert page.input.toPlainText() == first.text
    settled(stage, page)
    assert page.findChildren(ExplanationCard)


def test_all_errors_open_below(stage: Stage, page: ExplainPage) -> None:
    few = len(focusable(page.picks))
    page.picks.all.setFocus()
    stage.key(Qt.Key.Key_Return)
    assert len(focusable(page.picks)) >= few + len(load_common())
    stage.key(Qt.Key.Key_Return)
    assert len(focusable(page.picks)) == few


def test_a_pick_from_the_long_list_closes_it(stage: Stage, page: ExplainPage) -> None:
    few = len(focusable(page.picks))
    page.picks.all.click()
    last = focusable(page.picks)[-1]
    last.setFocus()
    stage.key(Qt.Key.Key_Space)
    assert page.input.toPlainText() == load_common()[-1].text
    assert page.input.hasFocus()
    assert len(focusable(page.picks)) == few


def test_more_than_the_box_takes_is_left_out(page: ExplainPage) -> None:
    data = QMimeData()
    data.setText("x" * (LONGEST + 1000))
    page.input.insertFromMimeData(data)
    assert len(page.input.toPlainText()) == LONGEST


def test_the_newest_text_is_the_one_that_is_explained(stage: Stage, page: ExplainPage) -> None:
    explained: list[Explained] = []
    page.desk.explained.connect(explained.append)
    for text in ("banana", "apple", KNOWN):
        page.explain(text)
    stage.bot.waitUntil(lambda: page.foot is not None, timeout=A_CHECK)
    assert explained[-1].text == KNOWN
    assert "apple" not in [each.text for each in explained]  # overtaken before its turn
    assert page.findChildren(ExplanationCard)


def test_a_late_answer_to_an_older_text_is_not_shown(page: ExplainPage) -> None:
    page._said = "newer"
    page._show(Explained("older", ()))
    assert page.foot is None


def test_hostile_text_is_shown_as_text(stage: Stage, page: ExplainPage) -> None:
    page._said = "x"
    hostile = Explanation(
        "x",
        message("Title"),
        message("Meaning"),
        ("name-not-found",),
        (message("Check it."),),
        "<img src=x>\u202e" + "a" * 200,
        Confidence.POSSIBLE,
        "<b>Program</b>",
    )
    page._show(Explained("x", (hostile, hostile)))
    badges = [badge.text() for badge in page.findChildren(Badge)]
    assert "<b>Program</b>" in badges
    assert any("<img src=x>⟨U+202E⟩" in text and len(text) < 60 for text in badges)
    assert len(page.findChildren(OtherMeaning)) == 1
    assert all(each.accessibleName() for each in focusable(page))


def test_the_check_starts_with_the_account_that_was_shown_last(
    stage: Stage, page: ExplainPage
) -> None:
    stage.window.start_practice(practice_accounts()[0])
    account = stage.page
    stage.window.open(EXPLAIN)
    page.input.show_text(KNOWN)
    settled(stage, page)
    assert page.foot is not None
    assert page.foot.primary.text() == f"Check {account.row().title}"
    page.foot.primary.click()
    assert stage.window.page() is account
    stage.wait_for(View.RESULT)


def test_without_one_shown_it_is_the_first_of_the_list(stage: Stage, page: ExplainPage) -> None:
    for name in ("alpha", "beta"):
        draft = AccountDraft(f"me@{name}.example", ServerDraft(Protocol.IMAP, f"{name}.example"))
        stage.services.book.keep(SavedAccount(name, name, draft))
    stage.window.open(ALL_ACCOUNTS)
    stage.window.open(EXPLAIN)
    page.input.show_text(KNOWN)
    settled(stage, page)
    assert page.foot is not None
    assert page.foot.primary.text() == "Check alpha"


def test_without_any_account_a_new_check_begins(stage: Stage, page: ExplainPage) -> None:
    page.input.show_text(KNOWN)
    settled(stage, page)
    assert page.foot is not None
    assert page.foot.primary.text() == "Start a check"
    page.foot.primary.click()
    assert stage.window.windowTitle() == "New check"


def test_closing_while_a_long_text_is_explained_leaves_no_thread(
    stage: Stage, page: ExplainPage
) -> None:
    page.input.show_text("May 3 10:00 mx postfix/smtpd[1]: lost connection after AUTH\n" * 1000)
    stage.window.close()
    assert not page.desk.runner.running


def test_tab_leaves_the_box(stage: Stage, page: ExplainPage) -> None:
    stage.key(Qt.Key.Key_Tab)
    assert not page.input.hasFocus()


def test_the_page_fits_at_200_percent(qtbot: QtBot, large_text: QApplication) -> None:
    page = ExplainPage()
    qtbot.addWidget(page)
    page.resize(844, 620)
    page.show()
    page.input.show_text(KNOWN)
    qtbot.waitUntil(lambda: page.foot is not None, timeout=A_CHECK)
    large_text.processEvents()
    assert page.widget().width() <= page.viewport().width()
    page.shut_down()
