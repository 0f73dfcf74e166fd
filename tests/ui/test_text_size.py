"""Every page follows the desktop's text size while the window is open, as if it began with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from found_samples import SECURE, discovery
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import A_CHECK, Stage, make_stage

from mailcheck_gui.model.account import Account
from mailcheck_gui.model.discovery import FindFinished
from mailcheck_gui.model.event import CheckEvent
from mailcheck_gui.model.severity import Severity
from mailcheck_gui.practice.accounts import practice_accounts
from mailcheck_gui.ui.account_page import AccountPage
from mailcheck_gui.ui.account_views import View
from mailcheck_gui.ui.disclosure import Disclosure
from mailcheck_gui.ui.explain_page import ExplainPage
from mailcheck_gui.ui.explanation_card import ExplanationCard
from mailcheck_gui.ui.navigation_model import (
    ACCOUNT_KEY,
    ALL_ACCOUNTS,
    EXPLAIN,
    NEW_CHECK,
    PORT_GUIDE,
    PRACTICE,
    SETTINGS,
)
from mailcheck_gui.ui.page import Page

STANDARD, LARGE = 13, 26
ACCOUNT = next(each for each in practice_accounts() if each.id == "tls-on-587")
KEYS = (NEW_CHECK, ALL_ACCOUNTS, EXPLAIN, PORT_GUIDE, PRACTICE, SETTINGS)

Picture = tuple[QImage, QImage]
"""The window, and the whole page in it."""


@dataclass
class Told:
    """What a check told: a second one would be told with other times."""

    accounts: list[Account] = field(default_factory=list)
    events: list[CheckEvent] = field(default_factory=list)


@pytest.fixture
def application(themed: QApplication) -> Iterator[QApplication]:
    """The application; its text size and its cursor are put back afterwards."""
    font, flash = themed.font(), themed.cursorFlashTime()
    themed.setCursorFlashTime(0)
    yield themed
    themed.setCursorFlashTime(flash)
    themed.setFont(font)


@pytest.fixture
def told(qtbot: QtBot, application: QApplication, tmp_path: Path) -> Told:
    """What a check of the practice account tells."""
    told = Told()
    with opened(qtbot, tmp_path / "told") as stage:
        stage.window.start_practice(ACCOUNT)
        stage.page.starter.ready.connect(lambda ready: told.accounts.append(ready.account))
        stage.page.runner.happened.connect(told.events.append)
        stage.page.check()
        stage.wait_for(View.RESULT)
    return told


@contextmanager
def opened(bot: QtBot, folder: Path) -> Iterator[Stage]:
    stage = make_stage(bot, folder)
    stage.window.resize(1120, 760)
    yield stage
    stage.window.close()
    stage.practice.stop()


def set_text(application: QApplication, pixels: int) -> None:
    font = application.font()
    font.setPixelSize(pixels)
    application.setFont(font)


def furnish(stage: Stage, told: Told) -> AccountPage:
    """Let every page have something to say, and open everything that can be opened."""
    window = stage.window
    window.start_practice(ACCOUNT)
    page = stage.page
    page.checking.start(ACCOUNT.id, told.accounts[0])
    for event in told.events:
        page.runner.happened.emit(event)
    stage.wait_for(View.RESULT)
    page.finder.runner.happened.emit(FindFinished(discovery(SECURE)))
    stage.wait_for(View.FINDING)
    page.strip.ask(Severity.WARNING, "What is it called?", [], text="Anna", focus=False)
    window.tell(Severity.INFO, "There is a newer version of Mailcheck.")
    for key in KEYS:
        window.open(key)
    explain = window.pages.page(EXPLAIN)
    assert isinstance(explain, ExplainPage)
    explain.input.show_text("535 5.7.8 Error: authentication failed")
    stage.bot.waitUntil(lambda: bool(explain.findChildren(ExplanationCard)), timeout=A_CHECK)
    for disclosure in window.findChildren(Disclosure):
        disclosure.open_content()
    return page


def ways(stage: Stage, account: AccountPage) -> dict[str, Callable[[], None]]:
    """Return how each page is shown, by its name."""

    def show(view: View) -> None:
        stage.window.open(ACCOUNT_KEY + account.session.id)
        account._views.show_view(view)

    views = {view.name: partial(show, view) for view in View}
    return views | {key: partial(stage.window.open, key) for key in KEYS}


def picture(application: QApplication, stage: Stage) -> Picture:
    """Take the picture of what is shown, without the keyboard on it, once it stands still."""
    focused = application.focusWidget()
    if focused is not None:
        focused.clearFocus()
    page = next(each for each in stage.window.findChildren(Page) if each.isVisible())
    taken: list[Picture] = []

    def stands_still() -> bool:
        taken.append((stage.window.grab().toImage(), page.widget().grab().toImage()))
        return taken[-1] in taken[-2:-1]

    stage.bot.waitUntil(stands_still, timeout=A_CHECK)
    return taken[-1]


def test_every_page_looks_as_if_the_window_had_begun_with_the_text_size(
    qtbot: QtBot, application: QApplication, tmp_path: Path, told: Told
) -> None:
    standard, grown, back = dict[str, Picture](), dict[str, Picture](), dict[str, Picture]()
    set_text(application, STANDARD)
    with opened(qtbot, tmp_path / "standard") as stage:
        for name, show in ways(stage, furnish(stage, told)).items():
            show()
            standard[name] = picture(application, stage)
            set_text(application, LARGE)
            grown[name] = picture(application, stage)
            set_text(application, STANDARD)
            back[name] = picture(application, stage)
    large, shrunk = dict[str, Picture](), dict[str, Picture]()
    set_text(application, LARGE)
    with opened(qtbot, tmp_path / "large") as stage:
        shown = ways(stage, furnish(stage, told))
        for name, show in shown.items():
            show()
            large[name] = picture(application, stage)
        set_text(application, STANDARD)
        for name, show in shown.items():
            show()
            shrunk[name] = picture(application, stage)
    assert [name for name in large if grown[name] != large[name]] == []
    assert [name for name in standard if back[name] != standard[name]] == []
    assert [name for name in standard if shrunk[name] != standard[name]] == []
