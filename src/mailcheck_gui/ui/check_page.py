"""The page of a running check: a ladder of steps for each side, and the other ports."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mailcheck_gui.model.account import Account
from mailcheck_gui.model.event import CheckEvent


class CheckingView(QWidget):
    """Shows the events of one run as they come. Holds no engine code."""

    cancel_requested = Signal()

    def start(self, title: str, account: Account) -> None:
        """Show a run that begins now: every step waits, no port is known."""

    def handle(self, event: CheckEvent) -> None:
        """Show one event of the run that was started last."""

    def show_cancelling(self) -> None:
        """Say that the run is being stopped; Cancel can be pressed only once."""

    def cancel_has_focus(self) -> bool:
        """Return whether the keyboard is on Cancel: then the verdict gets the focus next."""
        return False
