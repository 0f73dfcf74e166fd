"""Make the pictures of the README anew, from the real window on real checks in practice mode.

    python tools/screenshots.py            write docs/screenshots/*.png
    python tools/screenshots.py --check    walk the same way and fail where a page is not reached,
                                           or the README shows a picture that is not made here

Runs without a screen (Qt's offscreen platform); nothing leaves this computer.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from mailcheck_gui.app import WindowProgram, parse_arguments
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.practice.accounts import practice_accounts
from mailcheck_gui.storage.folders import HOME_VARIABLE, user_folders
from mailcheck_gui.ui.account_page import AccountPage, View
from mailcheck_gui.ui.fusion_style import use_fusion_style
from mailcheck_gui.ui.theme import apply_theme

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
ACCOUNT = "tls-on-587"
FOUND_ADDRESS = "anna@practice.example"
LIMIT_MS = 30_000


class Tour:
    """The way through the window that the pictures show."""

    def __init__(self, program: WindowProgram) -> None:
        self.window = program.window
        self.pictures: dict[str, bytes | None] = {}
        self.take: Callable[[str], None] = lambda name: self.pictures.setdefault(name, None)

    def walk(self) -> None:
        """Start the practice account, check, apply, and stop at each page of the README."""
        self.window.resize(1120, 760)
        self.window.show()
        account = next(a for a in practice_accounts() if a.id == ACCOUNT)
        self.window.start_practice(account)
        page = self.window.accounts.shown_in(self.window.page())
        assert page is not None
        self.take("form")
        page.check()
        self._result(page, Verdict.ERROR)
        self.take("problem")
        self._in_dark("dark")
        page.result.apply()
        self._result(page, Verdict.OK)
        self.take("fine")
        self._find()
        self.window.close()

    def _find(self) -> None:
        """Search for the settings of the practice address."""
        self.window.begin_finding(FOUND_ADDRESS)
        page = self.window.accounts.shown_in(self.window.page())
        assert page is not None
        self._wait(page.finder.runner.happened, lambda: not page.finder.runner.running)
        if page.view is not View.FINDING:
            sys.exit("the search for settings did not end with a result")
        self.take("found")

    def _in_dark(self, name: str) -> None:
        """Take the page that is shown in dark colours as well."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
            apply_theme(application, scheme)
            QApplication.processEvents()
            if scheme is Qt.ColorScheme.Dark:
                self.take(name)

    def _result(self, page: AccountPage, wanted: Verdict) -> None:
        """Wait for the next result."""
        self._wait(
            page.row_changed,
            lambda: page.view is View.RESULT and page.session.report is not None,
        )
        report = page.session.report
        if report is None or report.verdict is not wanted:
            sys.exit(f"expected the verdict {wanted}, got {report and report.verdict}")

    def _wait(self, signal: SignalInstance, reached: Callable[[], bool]) -> None:
        """Wait until something is reached, asked at each signal; not for ever."""
        loop = QEventLoop()
        timer = QTimer(singleShot=True, interval=LIMIT_MS)
        timer.timeout.connect(loop.quit)
        timer.start()

        def look(*_: object) -> None:
            if reached():
                loop.quit()

        signal.connect(look)
        loop.exec()
        signal.disconnect(look)
        QApplication.processEvents()  # a tool, not the window: let the page lay itself out


def shown_in_readme() -> set[str]:
    """Return the names of the pictures that the README shows."""
    text = (ROOT / "README.md").read_text("utf-8")
    return set(re.findall(r"docs/screenshots/(\w+)\.png", text))


def save(tour: Tour, name: str) -> None:
    """Write one picture."""
    tour.pictures[name] = None
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.png"
    tour.window.grab().save(str(path), "PNG")
    print(f"{path.relative_to(ROOT)} written")


def main() -> int:
    """Make the pictures, or only walk the way."""
    parser = argparse.ArgumentParser(description="Make the pictures of the README.")
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory(prefix="mailcheck-") as home:
        folders = user_folders({HOME_VARIABLE: home})
        program = WindowProgram(parse_arguments([]), folders)
        use_fusion_style(program.application)  # as the program does once its window is painted
        tour = Tour(program)
        if not check:
            tour.take = lambda name: save(tour, name)
        QTimer.singleShot(0, tour.walk)
        status = QApplication.exec()
    missing = shown_in_readme() - tour.pictures.keys()
    absent = [name for name in shown_in_readme() if not (FOLDER / f"{name}.png").exists()]
    for name in sorted(missing.union(absent)):
        print(f"the README shows docs/screenshots/{name}.png, which is not made here")
    return 1 if missing or absent else status


if __name__ == "__main__":
    sys.exit(main())
