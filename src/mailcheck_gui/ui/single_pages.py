"""The pages of which the window has one each, made when they are first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mailcheck_gui.ui.navigation_model import (
    ACCOUNT_KEY,
    ALL_ACCOUNTS,
    EXPLAIN,
    NEW_CHECK,
    PORT_GUIDE,
    PRACTICE,
    SETTINGS,
)

if TYPE_CHECKING:
    from mailcheck_gui.model.release import VersionLooked
    from mailcheck_gui.storage.credentials import StoreState
    from mailcheck_gui.storage.preferences import Preferences
    from mailcheck_gui.ui.account_page import AccountPage
    from mailcheck_gui.ui.account_rows import AccountRow
    from mailcheck_gui.ui.accounts_model import AccountsModel
    from mailcheck_gui.ui.explain_page import ExplainPage
    from mailcheck_gui.ui.services import Services
    from mailcheck_gui.ui.settings_page import SettingsPage
    from mailcheck_gui.ui.start_page import StartPage

AccountAction = Callable[["AccountPage"], object]


class SinglePages(QObject):
    """Start, all accounts, explain, ports, practice and settings, by the key of their entry."""

    made = Signal(object)  # QWidget
    chosen = Signal(str)  # the key of a page to show
    typing_wanted = Signal()
    finding_wanted = Signal(str)  # an address
    practice_started = Signal(object)  # PracticeAccount
    account_wanted = Signal(str, object)  # id, AccountAction
    preferences_changed = Signal(object)  # Preferences
    keychain_wanted = Signal()
    look_wanted = Signal()  # for a newer version

    def __init__(
        self, model: AccountsModel, services: Services, preferences: Preferences, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._services = services
        self._preferences = preferences
        self._pages: dict[str, QWidget] = {}
        self._settings: SettingsPage | None = None
        self._start: StartPage | None = None
        self._explain: ExplainPage | None = None
        self._makers: dict[str, Callable[[], QWidget]] = {
            NEW_CHECK: self._make_start,
            ALL_ACCOUNTS: self._make_accounts,
            EXPLAIN: self._make_explain,
            PORT_GUIDE: self._make_port_guide,
            PRACTICE: self._make_practice,
            SETTINGS: self._make_settings,
        }

    def page(self, key: str) -> QWidget:
        """Return the page with a key."""
        if key not in self._pages:
            self._pages[key] = self._makers[key]()
            self.made.emit(self._pages[key])
        if key == NEW_CHECK and self._start is not None:
            self._start.privacy.show_options(self._services.find_options())
        return self._pages[key]

    def show_account(self, row: AccountRow | None) -> None:
        """Offer an account for the check that follows an explanation; None for a new one."""
        if self._explain is not None:
            self._explain.show_account(row)

    def show_keychain(self, state: StoreState) -> None:
        """Show in the settings whether there is a keychain."""
        if self._settings is not None:
            self._settings.show_keychain(state)

    def shut_down(self) -> None:
        """Wait for what runs, before the window closes."""
        if self._explain is not None:
            self._explain.shut_down()

    def show_looked(self, looked: VersionLooked) -> None:
        """Show in the settings what the look for a newer version brought."""
        if self._settings is not None:
            self._settings.newer_version.show_looked(looked)

    def take_preferences(self, preferences: Preferences) -> None:
        """Show preferences that were changed elsewhere."""
        self._preferences = preferences
        if self._settings is not None:
            self._settings.show_preferences(preferences)

    def _change(self, preferences: Preferences) -> None:
        self.take_preferences(preferences)
        self.preferences_changed.emit(preferences)

    def _make_start(self) -> QWidget:
        from mailcheck_gui.ui.start_page import StartPage

        page = self._start = StartPage(
            self._services.providers,
            self._services.find_options(),
            introduced=self._preferences.introduced,
        )
        page.setAccessibleName(self.tr("New check"))
        page.find_requested.connect(self.finding_wanted)
        page.type_requested.connect(self.typing_wanted)
        page.explain_requested.connect(lambda: self.chosen.emit(EXPLAIN))
        page.introduced.connect(lambda: self._change(replace(self._preferences, introduced=True)))
        page.newer_version_chosen.connect(
            lambda on: self._change(replace(self._preferences, newer_version=on))
        )
        page.practice_requested.connect(lambda: self.chosen.emit(PRACTICE))
        return page

    def _make_accounts(self) -> QWidget:
        from mailcheck_gui.ui.accounts_page import AccountsPage

        page = AccountsPage(self._model)
        page.new_wanted.connect(lambda: self.chosen.emit(NEW_CHECK))
        table = page.table
        table.opened.connect(lambda account: self.chosen.emit(ACCOUNT_KEY + account))
        for wanted, act in (
            (table.check_wanted, lambda page: page.check()),
            (table.rename_wanted, lambda page: page.ask_name()),
            (table.delete_wanted, lambda page: page.ask_delete()),
        ):
            wanted.connect(self._asker(act))
        return page

    def _asker(self, act: AccountAction) -> Callable[[str], None]:
        return lambda account: self.account_wanted.emit(account, act)

    def _make_explain(self) -> QWidget:
        from mailcheck_gui.ui.explain_page import ExplainPage

        page = self._explain = ExplainPage()
        page.check_wanted.connect(self._check)
        return page

    def _check(self, account: str) -> None:
        if account:
            self.account_wanted.emit(account, lambda page: page.check())
        else:
            self.chosen.emit(NEW_CHECK)

    def _make_port_guide(self) -> QWidget:
        from mailcheck_gui.ui.port_guide_page import PortGuidePage

        page = PortGuidePage()
        page.setAccessibleName(self.tr("Port guide"))
        return page

    def _make_practice(self) -> QWidget:
        from mailcheck_gui.practice.accounts import PRACTICE_ADDRESS, practice_accounts
        from mailcheck_gui.ui.practice_page import PracticePage

        page = PracticePage(practice_accounts(), PRACTICE_ADDRESS)
        page.started.connect(self.practice_started)
        page.find_requested.connect(self.finding_wanted)
        return page

    def _make_settings(self) -> QWidget:
        from mailcheck_gui.catalogue.controls import load_controls
        from mailcheck_gui.ui.settings_page import SettingsPage

        page = self._settings = SettingsPage(self._preferences, load_controls())
        page.changed.connect(self._change)
        page.look_wanted.connect(self.look_wanted)
        page.keychain_wanted.connect(self.keychain_wanted)
        self.keychain_wanted.emit()
        return page
