"""The window program: reads its arguments, puts the parts together, runs until it is closed."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from mailcheck_gui import __version__
from mailcheck_gui.engine.find_options import find_options_of
from mailcheck_gui.storage.credentials import KeychainStore, MemoryStore
from mailcheck_gui.storage.folders import HOME_VARIABLE, Folders, user_folders
from mailcheck_gui.storage.preferences import (
    Preferences,
    Theme,
    load_preferences,
    save_preferences,
)
from mailcheck_gui.storage.profiles import ProfileStore
from mailcheck_gui.storage.set_aside import set_aside_preferences
from mailcheck_gui.ui.account_book import AccountBook
from mailcheck_gui.ui.control_shapes import FUSION
from mailcheck_gui.ui.crash_log import CrashReporter, close_log, open_log
from mailcheck_gui.ui.first_paint import FirstPaint
from mailcheck_gui.ui.main_window import MainWindow
from mailcheck_gui.ui.practice_service import PracticeService
from mailcheck_gui.ui.resource_folder import RESOURCES
from mailcheck_gui.ui.services import Services
from mailcheck_gui.ui.start_trouble import told_in_words
from mailcheck_gui.ui.theme import apply_theme

if TYPE_CHECKING:
    from mailcheck_gui.model.finding import Provider
    from mailcheck_gui.network.seam import Network

_SWITCH_SECONDS = 0.00001
"""How long a busy check may keep the window from Python. Qt's calls let go of Python and take it
again: with Python's usual 5 ms a page of some hundred calls would stand still for a second, with
half a millisecond still for some 70 ms."""

_SCREENS = frozenset({"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
"""What names a screen on Linux."""

_STYLE = ("-style", FUSION) if sys.platform.startswith("linux") else ()
"""Linux has no one style; elsewhere Qt takes the platform's."""

_SCHEMES = {
    Theme.SYSTEM: Qt.ColorScheme.Unknown,
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
}


class WindowArguments(NamedTuple):
    """What `mailcheck-gui` was started with."""

    practice: bool = False
    account: str = ""
    lang: str = ""
    self_test: bool = False


def parse_arguments(argv: Sequence[str]) -> WindowArguments:
    """Return the arguments of `mailcheck-gui`; exits for --version, --help and usage errors."""
    if not argv:  # a double click: it need not wait for what reads arguments
        return WindowArguments()
    import argparse

    left_out = argparse.SUPPRESS  # then the field's own default counts
    parser = argparse.ArgumentParser(
        prog="mailcheck-gui", description="The mail-settings doctor, in a window."
    )
    parser.add_argument("--practice", action="store_true", help="open in practice mode")
    parser.add_argument("--account", metavar="NAME", default=left_out, help="open a saved account")
    parser.add_argument(
        "--lang", type=_language, metavar="CODE", default=left_out, help="language of the window"
    )
    parser.add_argument("--self-test", action="store_true", help="try every part of the program")
    parser.add_argument("--version", action="version", version=f"mailcheck-gui {__version__}")
    return WindowArguments(**vars(parser.parse_args(argv)))


def _language(text: str) -> str:
    from argparse import ArgumentTypeError

    from mailcheck_gui.cli.languages import known_language  # reads XML, which no bare start needs

    try:
        return known_language(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


def main(argv: Sequence[str]) -> int:
    """Run the window and return its exit status."""
    arguments = parse_arguments(argv)
    if arguments.self_test:
        return _self_test()
    return WindowProgram(arguments, user_folders(os.environ)).run()


def _self_test() -> int:
    """Try every part, the window on files of its own; without a screen it is painted in memory."""
    import tempfile

    from mailcheck_gui.ui.self_test import run_self_test

    if sys.platform.startswith("linux") and not _SCREENS & os.environ.keys():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="mailcheck-") as home:
        program = WindowProgram(
            parse_arguments(["--practice"]), user_folders({HOME_VARIABLE: home})
        )
        try:
            return run_self_test(program.window)
        finally:
            program.close_log()


class WindowProgram:
    """Everything that lives as long as the window."""

    def __init__(self, arguments: WindowArguments, folders: Folders) -> None:
        self._arguments = arguments
        self._folders = folders
        sys.setswitchinterval(_SWITCH_SECONDS)
        self.application = _application()
        self._log = open_log(folders.log_file)
        self._crashes = CrashReporter()
        self._preferences = load_preferences(folders.preferences_file)
        self._translators = _translate(arguments.lang or self._preferences.language)
        self._practice = PracticeService()
        self._book = AccountBook(ProfileStore(folders.accounts_file))
        self._apply_theme()
        self.window = MainWindow(self._services(), self._preferences, practice=arguments.practice)
        self.window.preferences_changed.connect(self._on_preferences)
        hints = self.application.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_scheme)
        self._crashes.crashed.connect(self.window.tell_crash)

    def _services(self) -> Services:
        return Services(
            book=self._book,
            keychain=KeychainStore(),
            memory=MemoryStore(),
            providers=_providers,
            network=_system_network,
            practice_network=self._practice.network,
            may_ask_controls=lambda: self._preferences.controls,
            find_options=lambda: find_options_of(self._preferences),
        )

    def run(self) -> int:
        """Show the window and return when it was closed."""
        self._crashes.install()
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in a terminal ends it
        try:
            self._load_accounts()
            if not self._starts_plainly():
                self._soften()  # before there is a page, which is laid out for one style
            self._open_first_page()
            FirstPaint(self.window, self._after_first_paint)
            self.window.show()
            self.window.focus_page()
            return QApplication.exec()
        finally:
            self._practice.stop()
            self._crashes.remove()
            self.close_log()

    def _after_first_paint(self) -> None:
        gc.freeze()  # what is loaded stays: no later collection walks through it
        gc.enable()
        self._soften()
        self._show_icon()

    def _soften(self) -> None:
        """Extend the style. PySide makes hundreds of names of it, which the start page lacks."""
        from mailcheck_gui.ui.fusion_style import use_fusion_style

        use_fusion_style(self.application)

    def _show_icon(self) -> None:
        """Show the desktop's icon of it, else its own; elsewhere the program's file holds it."""
        if sys.platform.startswith("linux"):
            from PySide6.QtGui import QIcon

            own = QIcon(str(RESOURCES / "mailcheck.svg"))
            self.application.setWindowIcon(QIcon.fromTheme("mailcheck", own))

    def close_log(self) -> None:
        """Write no more to the log. May be called twice."""
        close_log(self._log)
        self._log = None

    def _load_accounts(self) -> None:
        for problem in (set_aside_preferences(self._folders.preferences_file), self._book.load()):
            if problem is not None:
                self.window.tell_problem(problem.sentence)

    def _starts_plainly(self) -> bool:
        """Return whether the first page is the start page, which needs no extended style."""
        return not (self._arguments.practice or self._arguments.account or self._book.accounts)

    def _open_first_page(self) -> None:
        if self._arguments.account:
            self.window.open_account(self._arguments.account)
        else:
            self.window.begin()

    def _apply_theme(self) -> None:
        apply_theme(self.application, _SCHEMES[self._preferences.theme])

    def _on_system_scheme(self) -> None:
        if self._preferences.theme is Theme.SYSTEM:
            self._apply_theme()

    def _on_preferences(self, preferences: Preferences) -> None:
        new_theme = preferences.theme is not self._preferences.theme
        self._preferences = preferences
        if new_theme:
            self._apply_theme()
        problem = save_preferences(self._folders.preferences_file, preferences)
        if problem is not None:
            self.window.tell_problem(problem.sentence)


def _application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        application = existing
    else:
        with told_in_words():
            application = QApplication(["mailcheck-gui", *_STYLE])
    application.setApplicationName("mailcheck")
    application.setApplicationDisplayName("Mailcheck")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("mailcheck")
    return application


def _translate(language: str) -> list[QTranslator]:
    """Install the translations of a language; "" means the system's. Missing ones are English."""
    folder = RESOURCES / "translations"
    if not language and not any(folder.glob("*.qm")):
        return []
    from PySide6.QtCore import QLocale  # its lists of languages take a tenth of a bare start

    locale = QLocale(language) if language else QLocale.system()
    own = QTranslator()
    found = own.load(locale, "mailcheck", "_", str(folder))
    qt = QTranslator()
    found_qt = qt.load(
        locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    )
    installed = [each for each, ok in ((own, found), (qt, found_qt and found)) if ok]
    for translator in installed:
        QApplication.installTranslator(translator)
    return installed


def _providers() -> tuple[Provider, ...]:
    from mailcheck_gui.catalogue.load import load_providers

    return load_providers()


def _system_network() -> Network:
    from mailcheck_gui.network.system import SystemNetwork

    return SystemNetwork()
