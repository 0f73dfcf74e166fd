"""`mailcheck-gui --self-test`: the real window checks a practice account and closes itself."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QTimer

from mailcheck_gui import __version__
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.ui.account_page import AccountPage
from mailcheck_gui.ui.account_views import View
from mailcheck_gui.ui.main_window import MainWindow

_LIMIT_MS = 60_000
_OUR_FAULT = 3


def run_self_test(window: MainWindow, run: Callable[[], int]) -> int:
    """Return 0 where the window opened, checked and closed; 3 with a sentence otherwise."""
    verdicts: list[Verdict | None] = []

    def begin() -> None:
        from mailcheck_gui.practice.accounts import practice_accounts

        window.start_practice(practice_accounts()[0])
        page = window.accounts.shown_in(window.page())
        assert page is not None
        page.row_changed.connect(lambda: look(page))
        page.check()

    def look(page: AccountPage) -> None:
        if page.view is View.RESULT and not verdicts:
            verdicts.append(page.session.report.verdict if page.session.report else None)
            QTimer.singleShot(0, window.close)

    QTimer.singleShot(0, begin)
    QTimer.singleShot(_LIMIT_MS, window.close)
    status = run()
    if status == 0 and verdicts == [Verdict.OK]:
        _say(sys.stdout, f"mailcheck-gui {__version__}: the self-test passed.")
        return 0
    _say(sys.stderr, f"mailcheck-gui: the self-test ends with {verdicts or 'no result'}.")
    return _OUR_FAULT


def _say(stream: object, words: str) -> None:
    """Write where there is a console; a program without one has no streams on Windows."""
    if stream is not None and hasattr(stream, "write"):
        stream.write(words + "\n")
