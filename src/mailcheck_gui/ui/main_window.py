"""The window: sidebar and pages put together, navigation, keys, and an orderly end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from mailcheck_gui.model.quoting import visible_text
from mailcheck_gui.storage.credentials import StoreAnswer
from mailcheck_gui.ui.account_pages import AccountPages
from mailcheck_gui.ui.accounts_model import AccountsModel
from mailcheck_gui.ui.first_paint import FirstPaint
from mailcheck_gui.ui.focus import press_focused
from mailcheck_gui.ui.keychain_desk import Answers, KeychainDesk
from mailcheck_gui.ui.navigation_model import (
    ACCOUNT_KEY,
    ALL_ACCOUNTS,
    EXPLAIN,
    NEW_CHECK,
    PORT_GUIDE,
    PRACTICE,
)
from mailcheck_gui.ui.shell import Shell
from mailcheck_gui.ui.sidebar import Sidebar
from mailcheck_gui.ui.single_pages import SinglePages
from mailcheck_gui.ui.translation import translate_message
from mailcheck_gui.ui.window_shortcuts import install_shortcuts

if TYPE_CHECKING:
    from mailcheck_gui.model.finding import Message, Severity
    from mailcheck_gui.model.release import VersionLooked
    from mailcheck_gui.practice.accounts import PracticeAccount
    from mailcheck_gui.storage.preferences import Preferences
    from mailcheck_gui.ui.account_page import AccountPage
    from mailcheck_gui.ui.account_rows import AccountRow
    from mailcheck_gui.ui.page import Page
    from mailcheck_gui.ui.services import Services
    from mailcheck_gui.ui.strips import QuestionStrip
    from mailcheck_gui.ui.version_watch import VersionWatch

LEAST_WIDTH, LEAST_HEIGHT = 900, 620
_LONGEST_WAY_BACK = 50


class MainWindow(QMainWindow):
    """Holds pages by their key. Pages are made when they are first shown."""

    preferences_changed = Signal(object)  # Preferences

    def __init__(
        self, services: Services, preferences: Preferences, *, practice: bool = False
    ) -> None:
        super().__init__()
        self._services = services
        self._preferences = preferences
        self._key = ""
        self._typing = False
        self._way_back: list[str] = []
        self.model = AccountsModel(self)
        self.accounts = AccountPages(services, self.model, self)
        self.pages = SinglePages(self.model, services, preferences, self)
        self.accounts.practice = practice
        self.sidebar = Sidebar(self.model)
        self._column = QVBoxLayout()
        self.stack = QStackedWidget()
        self.shell = Shell(self.sidebar, self._content())
        self._desk = KeychainDesk(self)
        self._connect()
        self._install_keys()
        self.setCentralWidget(self.shell)
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(preferences.width, preferences.height)
        FirstPaint(self, self._look_around)

    def _content(self) -> QWidget:
        content = QWidget()
        content.setLayout(self._column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.stack, 1)
        return content

    @cached_property
    def notice(self) -> QuestionStrip:
        """The strip above every page, made when there is first something to say."""
        from mailcheck_gui.ui.strips import QuestionStrip, StripHolder

        strip = QuestionStrip()
        self._column.insertWidget(0, StripHolder(strip))
        return strip

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self._choose)
        self.pages.made.connect(self.stack.addWidget)
        self.pages.chosen.connect(self._choose)
        self.pages.typing_wanted.connect(self.begin_typing)
        self.pages.finding_wanted.connect(self.begin_finding)
        self.pages.practice_started.connect(self.start_practice)
        self.pages.account_wanted.connect(self._do)
        self.pages.preferences_changed.connect(self._on_preferences)
        self.pages.keychain_wanted.connect(self.look_at_keychain)
        self.pages.look_wanted.connect(self._look_for_newer)
        self.accounts.made.connect(self.stack.addWidget)
        self.accounts.closed.connect(self._on_closed)
        self.accounts.changed.connect(self._on_changed)
        self.accounts.leave_practice_requested.connect(self.leave_practice)

    def _install_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+N": lambda: self.open(NEW_CHECK),
            "Ctrl+0": lambda: self.open(ALL_ACCOUNTS),
            "Ctrl+E": lambda: self.open(EXPLAIN),
            "Ctrl+G": lambda: self.open(PORT_GUIDE),
            "Ctrl+Return": lambda: self._with_page(lambda page: page.go()),
            "Ctrl+Enter": lambda: self._with_page(lambda page: page.go()),
            "F5": lambda: self._with_page(lambda page: page.check()),
            "Ctrl+S": lambda: self._with_page(lambda page: page.save()),
            "Ctrl+Shift+R": lambda: self._with_page(lambda page: page.report.save()),
            "Ctrl+Z": lambda: self._with_page(lambda page: page.undo()),
            "Alt+Left": self.go_back,
            "F6": self.switch_side,
            "Ctrl+Q": self.close,
        }
        for place in range(9):
            keys[f"Ctrl+{place + 1}"] = partial(self._open_row, place)
        install_shortcuts(self, keys)

    # Pages

    def page(self) -> AccountPage | Page:
        """Return the page that is shown."""
        return cast("AccountPage | Page", self.stack.currentWidget())

    def open(self, key: str) -> None:
        """Show the page with a key; an account that is gone leads to all accounts."""
        page = self._page_for(key)
        if page is None:
            key, page = ALL_ACCOUNTS, self.pages.page(ALL_ACCOUNTS)
        if key != self._key and self._key:
            self._way_back = [*self._way_back[1 - _LONGEST_WAY_BACK :], self._key]
        self._show(key, page)

    def _show(self, key: str, page: QWidget) -> None:
        if key == EXPLAIN:
            self.pages.show_account(self._last_account())
        self._key = key
        self.stack.setCurrentWidget(page)
        self.sidebar.show_current(key)
        self._show_title()

    def _page_for(self, key: str) -> QWidget | None:
        if key.startswith(ACCOUNT_KEY):
            return self.accounts.find(key.removeprefix(ACCOUNT_KEY))
        if key == NEW_CHECK:
            typing = self._typing or bool(self._services.book.accounts)
            return self.accounts.fresh() if typing else self.pages.page(NEW_CHECK)
        return self.pages.page(key)

    def _last_account(self) -> AccountRow | None:
        """Return the account that was shown last, else the first of the list."""
        rows = {ACCOUNT_KEY + row.id: row for row in self.model.rows}
        shown = (rows.get(key) for key in reversed((*self._way_back, self._key)))
        return next((row for row in shown if row is not None), next(iter(rows.values()), None))

    # Navigation

    def _choose(self, key: str) -> None:
        self.open(key)
        self.shell.close_sidebar()
        self.focus_page()

    def focus_page(self) -> None:
        """Move the keyboard to the page that is shown."""
        self.page().take_focus()

    def switch_side(self) -> None:
        """Move the keyboard between sidebar and page."""
        if self.shell.sidebar_has_focus():
            self.shell.close_sidebar()
            self.focus_page()
        else:
            self.shell.enter_sidebar()

    def go_back(self) -> None:
        """Show the page from before, as long as it is still there."""
        while self._way_back:
            key = self._way_back.pop()
            page = self._page_for(key)
            if page is not None:
                self._show(key, page)
                return

    def _open_row(self, place: int) -> None:
        rows = self.model.rows
        if place < len(rows):
            self.open(ACCOUNT_KEY + rows[place].id)

    def _with_page(self, act: Callable[[AccountPage], object]) -> None:
        page = self.accounts.shown_in(self.page())
        if page is not None:
            act(page)

    def _do(self, account: str, act: Callable[[AccountPage], object]) -> None:
        self.open(ACCOUNT_KEY + account)
        self._with_page(act)

    def start_practice(self, account: PracticeAccount) -> None:
        """Open a practice account, ready to be checked."""
        page = self.accounts.start_practice(account)
        self.accounts.show_rows()
        self.open(ACCOUNT_KEY + page.session.id)
        self.focus_page()

    def begin(self) -> None:
        """Show the first page: practice, the saved accounts, or the ways to begin."""
        if self.accounts.practice:
            self.open(PRACTICE)
        else:
            self.open(ALL_ACCOUNTS if self._services.book.accounts else NEW_CHECK)

    def begin_typing(self) -> None:
        """Show an empty form in place of the start page, from now on."""
        self._typing = True
        self.open(NEW_CHECK)
        self.focus_page()

    def begin_finding(self, email: str) -> None:
        """Look for the settings of an address, in place of the start page."""
        self._typing = True
        page = self.accounts.fresh()
        page.finder.runner.stop()  # a search for another address
        page.form.identity.email.show_text(email)
        self.open(NEW_CHECK)
        page.find_settings()

    def open_account(self, name: str) -> None:
        """Open a saved account by name, address or id; say so where there is none."""
        from mailcheck_gui.model.finding import Severity

        account = self._services.book.by_name(name)
        if account is not None:
            self.open(ACCOUNT_KEY + account.id)
            return
        self.begin()
        template = self.tr("There is no saved account called {name}.")
        self.tell(Severity.WARNING, template.format(name=visible_text(name, 60)))

    def leave_practice(self) -> None:
        """Go back to real servers."""
        self.accounts.leave_practice()
        self.open(NEW_CHECK)

    # What the accounts tell

    def _on_changed(self, page: AccountPage) -> None:
        key = ACCOUNT_KEY + page.session.id
        if page is self.page() and self._key == NEW_CHECK and self.model.row_of(key[8:]) >= 0:
            self._key = key  # from its first check on, a new check is an account
            self.sidebar.show_current(key)
        if page is self.page():
            self._show_title()

    def _on_closed(self, page: AccountPage) -> None:
        shown = page is self.page()
        self.stack.removeWidget(page)
        if shown:
            self._key = ""
            self.open(ALL_ACCOUNTS if self.model.rows else NEW_CHECK)

    def _show_title(self) -> None:
        page = self.accounts.shown_in(self.page())
        if page is None:
            self.setWindowTitle(self.page().accessibleName())
        elif self._key == NEW_CHECK:
            self.setWindowTitle(self.tr("New check"))
        else:
            row = page.row()
            template = self.tr("{account}: {state}")
            self.setWindowTitle(template.format(account=row.title, state=row.line))

    def tell(self, severity: Severity, sentence: str) -> None:
        """Say something that concerns the whole window."""
        self.notice.tell(severity, sentence)

    def tell_problem(self, sentence: Message) -> None:
        """Say what storage could not do."""
        from mailcheck_gui.model.finding import Severity

        self.tell(Severity.WARNING, translate_message(sentence))

    def tell_crash(self, error: str) -> None:
        """Say that something broke that nobody caught."""
        from mailcheck_gui.model.finding import Severity

        template = self.tr("Something in Mailcheck went wrong ({error}). It is in the log.")
        self.tell(Severity.ERROR, template.format(error=error))

    # Preferences, keychain, the end

    def _on_preferences(self, preferences: Preferences) -> None:
        switched_on = preferences.newer_version and not self._preferences.newer_version
        self._preferences = preferences
        self.preferences_changed.emit(preferences)
        if switched_on:
            self._look_for_newer()

    def _look_around(self) -> None:
        """Do what can wait until the window is on the screen."""
        self.look_at_keychain()
        if self._preferences.newer_version:
            from mailcheck_gui.ui.version_watch import is_due, today

            if is_due(self._preferences, today()):
                self._look_for_newer()

    @cached_property
    def version_watch(self) -> VersionWatch:
        """What looks for a newer version, made when that is first wanted."""
        from mailcheck_gui.ui.version_watch import VersionWatch

        watch = VersionWatch(self._services.network, self)
        watch.began.connect(self._on_looking)
        watch.looked.connect(self._on_looked)
        return watch

    def _look_for_newer(self) -> None:
        self.version_watch.look()

    def _on_looking(self, day: str) -> None:
        self._on_preferences(replace(self._preferences, looked_on=day))
        self.pages.take_preferences(self._preferences)

    def _on_looked(self, looked: VersionLooked) -> None:
        from mailcheck_gui.model.finding import Severity

        self.pages.show_looked(looked)
        if looked.version:
            sentence = f"{translate_message(looked.sentence)} {looked.page}".strip()
            self.tell(Severity.INFO, sentence)

    def look_at_keychain(self) -> None:
        """Find out in another thread whether passwords can be remembered."""
        keychain = self._services.keychain
        self._desk.ask([lambda: StoreAnswer(keychain.state())], self._show_keychain)

    def _show_keychain(self, answers: Answers) -> None:
        state = answers[0].state
        self.accounts.show_keychain(state)
        self.pages.show_keychain(state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the keyboard, on every page."""
        if not press_focused(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop everything that runs and wait for it; remember the size."""
        self._desk.cancel()
        self.accounts.shut_down()
        self.pages.shut_down()
        if "version_watch" in self.__dict__:  # it was made
            self.version_watch.runner.stop()
        if not self.isMaximized():
            size = self.size()
            self._on_preferences(
                replace(self._preferences, width=size.width(), height=size.height())
            )
        super().closeEvent(event)
