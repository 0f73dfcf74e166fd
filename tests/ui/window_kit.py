"""A whole window for tests: real files in a temporary folder, a keychain in memory, practice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.engine.find_options import find_options_of
from mailcheck_gui.network.seam import Network
from mailcheck_gui.storage.credentials import KeychainStore, MemoryStore
from mailcheck_gui.storage.preferences import Preferences
from mailcheck_gui.storage.profiles import ProfileStore
from mailcheck_gui.ui.account_book import AccountBook
from mailcheck_gui.ui.account_page import AccountPage
from mailcheck_gui.ui.account_views import View
from mailcheck_gui.ui.main_window import MainWindow
from mailcheck_gui.ui.practice_service import PracticeService
from mailcheck_gui.ui.services import Services

PASSWORD = "plum pie & <two> teas"
USER = "anna@practice.example"
IMAP_HOST = "imap.practice.example"
SMTP_HOST = "smtp.practice.example"
A_CHECK = 15_000
"""Milliseconds that a check may take on a busy machine before the test gives up."""


class MemoryKeychain(KeyringBackend):
    """A back end of keyring that forgets at the end; `mood` is raised in place of an answer."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.mood: Exception | None = None
        self.before: Callable[[], object] | None = None

    def _feel(self) -> None:
        if self.before is not None:
            self.before()
        if self.mood is not None:
            raise self.mood

    def get_password(self, service: str, username: str) -> str | None:
        self._feel()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._feel()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._feel()
        del self.kept[service, username]


KeyringBackend._classes.discard(MemoryKeychain)  # keyring must not choose it by itself


def no_network() -> Network:
    """Stand for the real network in tests: nobody may ask for it."""
    raise AssertionError("a test reached for the real network")


@dataclass
class Stage:
    """A window and what stands behind it."""

    window: MainWindow
    services: Services
    keychain: MemoryKeychain
    practice: PracticeService
    bot: QtBot
    accounts_file: Path

    @property
    def page(self) -> AccountPage:
        page = self.window.page()
        assert isinstance(page, AccountPage)
        return page

    def fill(self, *, port: str = "465", password: str = PASSWORD) -> None:
        """Type the practice servers into an empty form, key by key."""
        form = self.page.form
        form.identity.email.setFocus()
        QTest.keyClicks(form.identity.email, USER)
        QTest.keyClicks(form.identity.password, password)
        QTest.keyClicks(form.incoming.host, IMAP_HOST)
        QTest.keyClicks(form.incoming.username, USER)
        QTest.keyClicks(form.outgoing.host, SMTP_HOST)
        line = form.outgoing.port.line()
        line.selectAll()
        QTest.keyClicks(line, port)

    def wait_for(self, view: View) -> None:
        page = self.page
        self.bot.waitUntil(lambda: page.view is view, timeout=A_CHECK)

    def check(self) -> None:
        """Press Check and wait for the result."""
        self.page.form.foot.check.click()
        self.wait_for(View.RESULT)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the keyboard is."""
        target: QWidget = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)

    def settled(self) -> None:
        """Wait until no keychain call is open."""
        keeper = self.page.keeper
        self.bot.waitUntil(lambda: not keeper.desk.busy, timeout=A_CHECK)


def make_stage(
    bot: QtBot,
    folder: Path,
    *,
    practice: bool = False,
    network: Callable[[], Network] = no_network,
    preferences: Preferences | None = None,
) -> Stage:
    """Open a window on a folder of its own; preferences that are changed hold from then on."""
    chosen = [preferences or Preferences()]
    keychain = MemoryKeychain()
    servers = PracticeService()
    accounts_file = folder / "accounts.json"
    services = Services(
        book=AccountBook(ProfileStore(accounts_file)),
        keychain=KeychainStore(lambda: keychain),
        memory=MemoryStore(),
        providers=load_providers,
        network=network,
        practice_network=servers.network,
        find_options=lambda: find_options_of(chosen[-1]),
    )
    services.book.load()
    window = MainWindow(services, chosen[-1], practice=practice)
    window.preferences_changed.connect(chosen.append)
    bot.addWidget(window)
    window.begin()
    window.show()
    bot.waitExposed(window)
    window.activateWindow()
    bot.waitUntil(window.isActiveWindow)
    window.focus_page()
    return Stage(window, services, keychain, servers, bot, accounts_file)


def typing_stage(qtbot: QtBot, folder: Path) -> Iterator[Stage]:
    """Yield a stage whose window shows an empty form; it is closed afterwards."""
    made = make_stage(qtbot, folder)
    made.window.begin_typing()
    yield made
    made.window.close()
    made.practice.stop()
