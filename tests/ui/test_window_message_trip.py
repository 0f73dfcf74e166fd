"""A test message in the window, on practice servers: asked for, watched, stopped, left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import A_CHECK, Stage, typing_stage

from mailcheck_gui.model.event import StepState
from mailcheck_gui.model.message_trip import TripStep
from mailcheck_gui.ui.account_views import View
from mailcheck_gui.ui.message_trip_card import MessageTripCard


@pytest.fixture
def stage(qtbot: QtBot, themed: QApplication, tmp_path: Path) -> Iterator[Stage]:
    yield from typing_stage(qtbot, tmp_path)


def card_after_a_check(stage: Stage) -> MessageTripCard:
    stage.fill(port="465")
    stage.check()
    (card,) = cards(stage)
    return card


def cards(stage: Stage) -> list[MessageTripCard]:
    """Return the cards that can be seen: one at most."""
    return [card for card in stage.page.findChildren(MessageTripCard) if card.isVisible()]


def states(card: MessageTripCard) -> list[StepState]:
    return [card.rows[step].state for step in TripStep]


def test_a_message_comes_back_on_a_press_of_the_button(stage: Stage) -> None:
    card = card_after_a_check(stage)
    assert not card.rows[TripStep.SEND].isVisible()
    card.button.setFocus()
    QTest.keyClick(card.button, Qt.Key.Key_Space)
    stage.bot.waitUntil(lambda: not stage.page.trips.runner.running, timeout=A_CHECK)

    assert states(card) == [StepState.WORKS] * 3
    assert card.rows[TripStep.REMOVE].isVisible()
    assert "removed" in card.rows[TripStep.REMOVE].accessibleName()
    assert card.button.text() == "Send another one"
    assert card.button.isEnabled()


def test_it_is_offered_only_where_both_servers_took_the_sign_in(stage: Stage) -> None:
    stage.fill(port="465", password="")
    stage.check()
    assert not cards(stage)


def test_it_is_not_offered_for_settings_that_were_edited_since(stage: Stage) -> None:
    card_after_a_check(stage)
    stage.page.show_form()
    host = stage.page.form.outgoing.host
    host.setFocus()
    QTest.keyClick(host, Qt.Key.Key_X)
    stage.page._last_result.click()
    assert stage.page.view is View.RESULT
    assert not cards(stage)
    stage.page.show_form()
    host.setFocus()
    QTest.keyClick(host, Qt.Key.Key_Backspace)
    stage.page._last_result.click()
    assert len(cards(stage)) == 1


def test_a_new_check_ends_the_trip(stage: Stage) -> None:
    card = card_after_a_check(stage)
    card.button.click()
    assert stage.page.trips.runner.running
    stage.page.check()
    stage.bot.waitUntil(lambda: stage.page.runner.running, timeout=A_CHECK)
    assert not stage.page.trips.runner.running
    stage.wait_for(View.RESULT)
    assert cards(stage)
    assert card not in cards(stage)


def test_closing_the_window_ends_the_trip(stage: Stage) -> None:
    card = card_after_a_check(stage)
    card.button.click()
    stage.window.close()
    assert not stage.page.trips.runner.running


def test_the_button_stops_what_it_began(stage: Stage) -> None:
    card = card_after_a_check(stage)
    card.button.click()
    assert card.button.text() == "Stop"
    card.button.click()
    stage.bot.waitUntil(lambda: not stage.page.trips.runner.running, timeout=A_CHECK)
    assert StepState.RUNNING not in states(card)
    assert card.button.isEnabled()
