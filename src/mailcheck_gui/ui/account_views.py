"""The views of an account, one at a time; the practice sign stands above each of them."""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mailcheck_gui.ui.account_form import AccountForm
from mailcheck_gui.ui.practice_strip import PracticeStrip

if TYPE_CHECKING:
    from mailcheck_gui.ui.check_page import CheckingView
    from mailcheck_gui.ui.find_view import FindView
    from mailcheck_gui.ui.page import Page
    from mailcheck_gui.ui.result_page import ResultView


class View(Enum):
    """What an account's page shows."""

    FORM = "form"
    FINDING = "finding"
    CHECKING = "checking"
    RESULT = "result"


class AccountViews(QStackedWidget):
    """Holds the form from the beginning; the others are made when they are first needed."""

    finding_made = Signal(object)  # FindView
    checking_made = Signal(object)  # CheckingView
    result_made = Signal(object)  # ResultView
    leave_practice_requested = Signal()

    def __init__(self, form: AccountForm) -> None:
        super().__init__()
        self.view = View.FORM
        self._form = form
        self._practice = False
        self.strips: list[PracticeStrip] = []
        self.addWidget(form)
        self._add_strip(form.page)

    @cached_property
    def finding(self) -> FindView:
        """The view of a search for settings."""
        from mailcheck_gui.ui.find_view import FindView

        view = FindView()
        self._add_strip(view)
        self.addWidget(view)
        self.finding_made.emit(view)
        return view

    @cached_property
    def checking(self) -> CheckingView:
        """The view of a running check."""
        from mailcheck_gui.ui.check_page import CheckingView

        view = CheckingView()
        self._add_strip(view)
        self.addWidget(view)
        self.checking_made.emit(view)
        return view

    @cached_property
    def result(self) -> ResultView:
        """The view of a report; it has a practice sign of its own."""
        from mailcheck_gui.ui.result_page import ResultView

        view = ResultView()
        view.leave_practice_requested.connect(self.leave_practice_requested)
        self.addWidget(view)
        self.result_made.emit(view)
        return view

    def show_view(self, view: View) -> None:
        """Show one of them."""
        self.view = view
        self.setCurrentWidget(self._widget(view))

    def _widget(self, view: View) -> QWidget:
        match view:
            case View.FORM:
                return self._form
            case View.FINDING:
                return self.finding
            case View.CHECKING:
                return self.checking
            case View.RESULT:
                return self.result

    def show_practice(self, *, practice: bool) -> None:
        """Show or hide the sign that nothing here is real."""
        self._practice = practice
        for strip in self.strips:
            strip.setVisible(practice)

    def _add_strip(self, page: Page) -> None:
        strip = PracticeStrip()
        strip.leave_requested.connect(self.leave_practice_requested)
        page.column.insertWidget(0, strip)  # before it is shown: else it is a window of its own
        strip.setVisible(self._practice)
        self.strips.append(strip)
