"""The switches of the settings and of the introduction: off by default, kept, and obeyed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot
from window_kit import A_CHECK, Stage, make_stage, no_network

from mailcheck_gui.catalogue.release import version_file
from mailcheck_gui.engine.find_options import find_options_of
from mailcheck_gui.model.discovery import Source
from mailcheck_gui.model.finding import message
from mailcheck_gui.model.release import LookState, VersionLooked
from mailcheck_gui.network.seam import Network
from mailcheck_gui.practice import PracticeNetwork, PracticeServers
from mailcheck_gui.storage.preferences import Preferences
from mailcheck_gui.ui.introduction_card import IntroductionCard
from mailcheck_gui.ui.labels import TypedLabel
from mailcheck_gui.ui.navigation_model import NEW_CHECK, SETTINGS
from mailcheck_gui.ui.settings_page import SettingsPage
from mailcheck_gui.ui.start_page import StartPage
from mailcheck_gui.ui.version_watch import is_due, today

NEWER = VersionLooked(
    LookState.NEWER, message("Version 9.0 is there."), "9.0", "https://mailcheck.example/9.0"
)


def empty_network() -> Network:
    """Stand for a network without any host."""
    return PracticeNetwork(PracticeServers(()))


@pytest.fixture
def stage(qtbot: QtBot, themed: QApplication, tmp_path: Path) -> Iterator[Stage]:
    made = make_stage(qtbot, tmp_path, network=empty_network)
    yield made
    made.window.close()


def settings(stage: Stage) -> SettingsPage:
    stage.window.open(SETTINGS)
    page = stage.window.page()
    assert isinstance(page, SettingsPage)
    return page


def press(stage: Stage, box: QCheckBox) -> Preferences:
    """Press a tick with the keyboard; return the preferences that were told last."""
    told: list[Preferences] = []
    stage.window.preferences_changed.connect(told.append)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert told
    return told[-1]


# Finding settings


def test_by_default_a_search_shares_nothing_but_the_domain() -> None:
    options = find_options_of(Preferences())
    assert not options.share_address
    assert not options.offline
    assert options.allows(Source.ISPDB)


def test_each_switch_reaches_the_search() -> None:
    assert find_options_of(replace(Preferences(), share_address=True)).share_address
    assert find_options_of(replace(Preferences(), offline=True)).offline
    options = find_options_of(replace(Preferences(), third_parties=False))
    assert not options.allows(Source.ISPDB)
    assert all(options.allows(source) for source in Source if source is not Source.ISPDB)


def test_the_switches_are_told_and_explained(stage: Stage) -> None:
    card = settings(stage).finding
    assert press(stage, card.share_address).share_address
    assert not press(stage, card.third_parties).third_parties
    assert press(stage, card.offline).offline
    assert not card.share_address.isEnabled()  # offline nothing is told to anyone
    shown = "\n".join(label.plain_text() for label in card.findChildren(TypedLabel))
    assert "autoconfig.thunderbird.net" in shown
    assert "name servers (DNS)" in shown


def test_the_start_page_says_what_holds_now(stage: Stage) -> None:
    press(stage, settings(stage).finding.offline)
    stage.window.open(NEW_CHECK)
    page = stage.window.page()
    assert isinstance(page, StartPage)
    words = [label.plain_text() for label in page.privacy.findChildren(TypedLabel)]
    assert any("Nothing leaves this computer" in each for each in words)


# Newer versions


def test_nothing_is_looked_for_unasked(qtbot: QtBot, themed: QApplication, tmp_path: Path) -> None:
    made = make_stage(qtbot, tmp_path, network=no_network)  # it would raise
    card = settings(made).newer_version
    assert not card.allowed.isChecked()
    assert "version_watch" not in made.window.__dict__
    shown = "\n".join(label.plain_text() for label in card.findChildren(TypedLabel))
    assert version_file() in shown
    made.window.close()


def test_switching_it_on_looks_at_once_and_notes_the_day(stage: Stage) -> None:
    page = settings(stage)
    before = today()
    told = press(stage, page.newer_version.allowed)
    assert told.newer_version
    assert told.looked_on in (before, today())  # a test may run across midnight
    stage.bot.waitUntil(lambda: "did not answer" in page.newer_version.sentence(), timeout=A_CHECK)
    assert not stage.window.version_watch.runner.running


def test_look_now_works_without_the_switch(stage: Stage) -> None:
    card = settings(stage).newer_version
    card.look.click()
    assert not card.look.isEnabled()
    stage.bot.waitUntil(card.look.isEnabled, timeout=A_CHECK)
    assert "did not answer" in card.sentence()
    assert not card.allowed.isChecked()


def test_a_newer_one_is_said_above_every_page_and_nothing_is_opened(stage: Stage) -> None:
    page = settings(stage)
    stage.window._on_looked(NEWER)
    assert "Version 9.0 is there." in stage.window.notice.sentence()
    assert "https://mailcheck.example/9.0" in stage.window.notice.sentence()
    assert page.newer_version.sentence() == "Version 9.0 is there."
    stage.window._on_looked(VersionLooked(LookState.CURRENT, message("This is the newest.")))
    assert page.newer_version._page is None


@pytest.mark.parametrize(
    ("preferences", "due"),
    [
        (Preferences(), False),
        (Preferences(newer_version=True), True),
        (Preferences(newer_version=True, looked_on="2001-01-01"), True),
        (Preferences(newer_version=True, looked_on="2026-03-01"), False),
        (Preferences(looked_on="2001-01-01"), False),
    ],
)
def test_it_is_looked_for_once_a_day(preferences: Preferences, due: bool) -> None:
    assert is_due(preferences, "2026-03-01") is due


def test_at_the_start_it_is_looked_for_where_that_is_due(
    qtbot: QtBot, themed: QApplication, tmp_path: Path
) -> None:
    before = today()
    made = make_stage(
        qtbot, tmp_path, network=empty_network, preferences=Preferences(newer_version=True)
    )
    told: list[Preferences] = []
    made.window.preferences_changed.connect(told.append)
    qtbot.waitUntil(lambda: "version_watch" in made.window.__dict__, timeout=A_CHECK)
    made.window.close()
    assert not made.window.version_watch.runner.running
    assert told[-1].looked_on in (before, today())


# The introduction


def introduction(stage: Stage) -> IntroductionCard:
    page = stage.window.page()
    assert isinstance(page, StartPage)
    stage.bot.waitUntil(lambda: page.introduction is not None, timeout=A_CHECK)
    assert page.introduction is not None
    return page.introduction


def test_the_first_start_explains_itself(stage: Stage) -> None:
    card = introduction(stage)
    shown = "\n".join(label.plain_text() for label in card.findChildren(TypedLabel))
    for word in ("tries your settings", "Practice is built in", "No telemetry", "password"):
        assert word in shown
    assert not card.newer_version.isChecked()


def test_it_is_closed_for_good(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    card = introduction(stage)
    told: list[Preferences] = []
    stage.window.preferences_changed.connect(told.append)
    card.close_link.setFocus()
    stage.key(Qt.Key.Key_Return)
    assert card.isHidden()
    assert told[-1].introduced
    again = make_stage(qtbot, tmp_path / "again", preferences=told[-1])
    page = again.window.page()
    assert isinstance(page, StartPage)
    again.window.grab()
    QApplication.processEvents()
    assert page.introduction is None
    again.window.close()


def test_its_tick_is_the_one_of_the_settings(stage: Stage) -> None:
    assert press(stage, introduction(stage).newer_version).newer_version
    assert settings(stage).newer_version.allowed.isChecked()
    assert not press(stage, settings(stage).newer_version.allowed).newer_version
