"""The window program in a home where nothing can be written; started by test_hard_places.py.

Tries to save an account, to keep a changed preference and to close, and prints what it says.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer

from mailcheck_gui.app import WindowProgram, parse_arguments
from mailcheck_gui.model.account import AccountDraft
from mailcheck_gui.storage.folders import user_folders
from mailcheck_gui.storage.preferences import Preferences, Theme
from mailcheck_gui.storage.saved_account import SavedAccount

program = WindowProgram(parse_arguments([]), user_folders({"MAILCHECK_HOME": sys.argv[1]}))


def act() -> None:
    """Do what writes, then close."""
    problem = program._book.keep(SavedAccount("new", "new", AccountDraft(email="new@example.com")))
    sys.stdout.write(f"account: {problem.sentence.english() if problem else 'saved'}\n")
    program.window.preferences_changed.emit(Preferences(theme=Theme.DARK))
    sys.stdout.write(f"preferences: {program.window.notice.sentence()}\n")
    sys.stdout.write(f"known: {[account.name for account in program._book.accounts]}\n")
    program.window.close()


QTimer.singleShot(0, act)
sys.stdout.write(f"status: {program.run()}\n")
