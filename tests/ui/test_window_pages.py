"""Navigation, the sidebar, all accounts, settings, practice; and a name for every widget."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_kit import A_CHECK, Stage, make_stage

from mailcheck_gui.catalogue.controls import load_controls
from mailcheck_gui.model.account import AccountDraft, Protocol, Role, ServerDraft
from mailcheck_gui.model.finding import message
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.practice import practice_accounts
from mailcheck_gui.storage.preferences import Preferences, Theme
from mailcheck_gui.storage.saved_account import LastCheck, SavedAccount
from mailcheck_gui.ui.account_views import View
from mailcheck_gui.ui.accounts_page import AccountsPage
from mailcheck_gui.ui.focus import focusable
from mailcheck_gui.ui.labels import TypedLabel, WrapLabel
from mailcheck_gui.ui.navigation_model import (
    ALL_ACCOUNTS,
    EXPLAIN,
    NEW_CHECK,
    PORT_GUIDE,
    PRACTICE,
    SETTINGS,
)
from mailcheck_gui.ui.practice_page import PracticePage
from mailcheck_gui.ui.settings_page import SettingsPage
from mailcheck_gui.ui.severity import Shape
from mailcheck_gui.ui.sidebar_delegate import initials
from mailcheck_gui.ui.start_page import StartPage
from mailcheck_gui.ui.times import month_text

CONTROL = Qt.KeyboardModifier.ControlModifier
FIXED = (NEW_CHECK, ALL_ACCOUNTS, EXPLAIN, PORT_GUIDE, PRACTICE, SETTINGS)


def saved(name: str, check: LastCheck | None = None, **draft: object) -> SavedAccount:
    incoming = ServerDraft(Protocol.IMAP, f"imap.{name}.example", "993")
    return SavedAccount(name, name, AccountDraft(f"me@{name}.example", incoming), (), check)


def checked(verdict: Verdict, *broken: Role) -> LastCheck:
    return LastCheck(verdict, datetime.now(UTC), broken, message("The reason."))


SEVERAL = (
    saved("alpha", checked(Verdict.ERROR, Role.OUTGOING)),
    saved("beta", checked(Verdict.WARNING)),
    saved("gamma", checked(Verdict.OK)),
    saved("delta", checked(Verdict.INCOMPLETE)),
    saved("epsilon"),
)


@pytest.fixture
def stage(qtbot: QtBot, themed: QApplication, tmp_path: Path) -> Iterator[Stage]:
    made = make_stage(qtbot, tmp_path)
    yield made
    made.window.close()
    made.practice.stop()


@pytest.fixture
def several(stage: Stage) -> Stage:
    for account in SEVERAL:
        assert stage.services.book.keep(account) is None
    return stage


# The first page


def test_with_nothing_saved_the_ways_to_begin_are_shown(stage: Stage) -> None:
    assert isinstance(stage.window.page(), StartPage)
    stage.window.page().type_requested.emit()
    assert stage.page.view is View.FORM
    assert stage.page.form.identity.email.hasFocus()
    stage.window.open(SETTINGS)
    stage.window.open(NEW_CHECK)
    assert stage.page.view is View.FORM


def test_with_accounts_they_are_shown_first(
    qtbot: QtBot, themed: QApplication, several: Stage
) -> None:
    several.window.close()
    again = make_stage(qtbot, several.accounts_file.parent)
    assert isinstance(again.window.page(), AccountsPage)
    again.window.close()


def test_an_unknown_account_is_said(stage: Stage) -> None:
    stage.window.open_account("nobody\u202e")
    assert "nobody⟨U+202E⟩" in stage.window.notice.sentence()


@pytest.mark.parametrize("name", ["Beta", " me@BETA.example", "beta"])
def test_an_account_is_opened_by_name_or_address(several: Stage, name: str) -> None:
    several.window.open_account(name)
    assert several.page.session.id == "beta"


# Keys


@pytest.mark.parametrize(
    ("key", "kind"),
    [(Qt.Key.Key_0, AccountsPage), (Qt.Key.Key_N, StartPage)],
)
def test_keys_open_pages(stage: Stage, key: Qt.Key, kind: type[QWidget]) -> None:
    stage.window.open(SETTINGS)
    stage.window.focus_page()
    stage.key(key, CONTROL)
    assert isinstance(stage.window.page(), kind)


def test_the_port_guide_has_a_key(stage: Stage) -> None:
    stage.key(Qt.Key.Key_G, CONTROL)
    assert stage.window.windowTitle() == "Port guide"


def test_back_goes_through_the_pages_that_were_shown(stage: Stage) -> None:
    for key in (SETTINGS, ALL_ACCOUNTS, PRACTICE):
        stage.window.open(key)
    titles = []
    for _ in range(3):
        stage.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        titles.append(stage.window.windowTitle())
    assert titles == ["All accounts", "Settings", "New check"]
    stage.window.go_back()
    assert stage.window.windowTitle() == "New check"


def test_f6_changes_between_sidebar_and_page(stage: Stage) -> None:
    stage.window.resize(1120, 760)
    stage.window.open(SETTINGS)
    stage.window.focus_page()
    stage.key(Qt.Key.Key_F6)
    assert stage.window.shell.sidebar_has_focus()
    stage.key(Qt.Key.Key_F6)
    assert not stage.window.shell.sidebar_has_focus()


def test_f6_shows_the_entry_of_the_page_where_the_sidebar_scrolls(
    several: Stage, large_text: QApplication
) -> None:
    several.window.resize(900, 620)
    several.window.open(PRACTICE)
    large_text.processEvents()
    several.key(Qt.Key.Key_F6)
    large_text.processEvents()
    entries = several.window.sidebar.list
    assert entries.verticalScrollBar().maximum() > 0
    assert entries.viewport().rect().contains(entries.visualRect(entries.currentIndex()))


def test_the_sidebar_is_walked_with_arrows_and_opened_with_enter(several: Stage) -> None:
    several.window.resize(1120, 760)
    several.window.open(NEW_CHECK)
    several.key(Qt.Key.Key_F6)
    for _ in range(2):
        several.key(Qt.Key.Key_Down)
    assert several.window.page() is not None
    several.key(Qt.Key.Key_Return)
    assert several.page.session.id == "alpha"  # headings are passed over


# The rail


def test_a_narrow_window_has_a_rail_that_opens_over_the_page(stage: Stage) -> None:
    stage.window.resize(900, 620)
    QApplication.processEvents()
    shell = stage.window.shell
    assert stage.window.sidebar.rail
    page_left = shell.content.x()
    stage.key(Qt.Key.Key_F6)
    assert not stage.window.sidebar.rail
    assert stage.window.sidebar.width() > page_left == shell.content.x()
    stage.key(Qt.Key.Key_Escape)
    assert stage.window.sidebar.rail


def test_a_wide_window_has_words(stage: Stage) -> None:
    stage.window.resize(1120, 760)
    QApplication.processEvents()
    assert not stage.window.sidebar.rail
    assert stage.window.shell.content.x() == stage.window.sidebar.width()


@pytest.mark.parametrize(
    ("title", "letters"),
    [("info@example.com", "IN"), ("ä", "Ä"), ("", "?"), ("- x -", "X"), ("@@", "?")],
)
def test_initials_stand_for_an_account(title: str, letters: str) -> None:
    assert initials(title) == letters


# Accounts


def test_rows_tell_states_in_shape_and_words(several: Stage) -> None:
    rows = several.window.model.rows
    assert [row.shape for row in rows] == [
        Shape.ERROR,
        Shape.WARNING,
        Shape.WORKS,
        Shape.NOT_TESTED,
        Shape.WAITING,
    ]
    assert rows[0].line == "Sending does not work"
    assert rows[0].detail == "The reason."
    assert (rows[1].line, rows[1].detail) == ("The reason.", "IMAP")
    assert rows[2].line.startswith("All fine, today")
    assert rows[2].state == "All fine"
    assert rows[2].when.startswith("Today")
    assert rows[4].line == "Not checked yet"


def accounts_page(stage: Stage) -> AccountsPage:
    stage.window.open(ALL_ACCOUNTS)
    page = stage.window.page()
    assert isinstance(page, AccountsPage)
    return page


def test_the_table_counts_filters_and_opens(several: Stage) -> None:
    page = accounts_page(several)
    assert page.header.sentence() == "5 accounts"
    assert [count.isHidden() for count in page._counts.values()] == [False] * 5
    QTest.keyClicks(page.filter, "GAM")
    assert page.table.model().rowCount() == 1
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.model().index(0, 0))
    several.key(Qt.Key.Key_Return)
    assert several.page.session.id == "gamma"


def test_a_filter_that_nothing_matches_says_so(several: Stage) -> None:
    page = accounts_page(several)
    QTest.keyClicks(page.filter, "xyz")
    assert not page._none.isHidden()
    assert page._card.isHidden()


def test_each_row_has_a_button_with_a_name_of_its_own(several: Stage) -> None:
    page = accounts_page(several)
    names = [
        page.table.indexWidget(page.table.model().index(row, 3)).button.accessibleName()  # type: ignore[attr-defined]
        for row in range(5)
    ]
    assert names[0] == "Details: alpha"
    assert names[4] == "Check: epsilon"


def test_without_accounts_the_page_has_one_sentence(stage: Stage) -> None:
    page = accounts_page(stage)
    assert "No account is saved yet" in page.header.sentence()
    assert page._card.isHidden()


def test_deleting_from_the_table_asks_on_the_account(several: Stage) -> None:
    accounts_page(several).table.delete_wanted.emit("gamma")
    assert several.page.strip.sentence() == "Delete gamma?"
    several.page.strip.press("delete")
    several.bot.waitUntil(lambda: len(several.window.model.rows) == 4, timeout=A_CHECK)
    assert isinstance(several.window.page(), AccountsPage)


# Practice


def test_practice_shows_the_strip_and_leaves_nothing_behind(stage: Stage) -> None:
    stage.window.open(PRACTICE)
    page = stage.window.page()
    assert isinstance(page, PracticePage)
    assert set(page.buttons) == {account.id for account in practice_accounts()}
    page.buttons["tls-on-587"].click()
    assert stage.page.practice
    assert not any(strip.isHidden() for strip in stage.page._views.strips)
    assert stage.page.form.outgoing.port.currentText() == "587"
    stage.page.leave_practice_requested.emit()
    assert stage.window.model.rows == ()
    assert isinstance(stage.window.page(), StartPage)


@pytest.mark.parametrize("account", practice_accounts(), ids=lambda account: account.id)
def test_every_practice_account_comes_to_a_result(stage: Stage, account: object) -> None:
    stage.window.start_practice(account)  # type: ignore[arg-type]
    stage.page.check()
    stage.wait_for(View.RESULT)
    report = stage.page.session.report
    assert report is not None
    fine = account.id == "all-fine"  # type: ignore[attr-defined]
    assert (report.verdict is Verdict.OK) is fine


def test_in_practice_mode_every_account_is_practice(
    qtbot: QtBot, themed: QApplication, tmp_path: Path
) -> None:
    made = make_stage(qtbot, tmp_path, practice=True)
    assert isinstance(made.window.page(), PracticePage)
    made.window.begin_typing()
    QTest.keyClicks(made.page.form.incoming.host, "mail.example.com")
    made.check()  # the kit's real network raises
    assert made.page.practice
    made.window.close()
    made.practice.stop()


# Settings


def test_settings_tell_what_was_chosen(stage: Stage) -> None:
    stage.window.open(SETTINGS)
    page = stage.window.page()
    assert isinstance(page, SettingsPage)
    page.theme.setFocus()
    with stage.bot.waitSignal(stage.window.preferences_changed) as caught:
        QTest.keyClicks(page.theme, "Dark")
    assert caught.args is not None
    assert caught.args[0].theme is Theme.DARK
    sentence = "Passwords are remembered in this computer's keychain, and nowhere else."
    stage.bot.waitUntil(
        lambda: sentence in [label.plain_text() for label in page.findChildren(WrapLabel)]
    )


def test_other_servers_are_asked_only_after_a_yes_that_names_them(stage: Stage) -> None:
    stage.window.open(SETTINGS)
    page = stage.window.page()
    assert isinstance(page, SettingsPage)
    assert not page.comparison.allowed.isChecked()
    shown = "\n".join(label.plain_text() for label in page.comparison.findChildren(TypedLabel))
    for control in load_controls():
        assert all(part in shown for part in (control.operator, control.host, str(control.port)))
        assert control.source in shown
        assert month_text(control.date) in shown
    page.comparison.allowed.setFocus()
    with stage.bot.waitSignal(stage.window.preferences_changed) as caught:
        QTest.keyClick(page.comparison.allowed, Qt.Key.Key_Space)
    assert caught.args is not None
    assert caught.args[0].controls


def test_closing_remembers_the_size(stage: Stage) -> None:
    stage.window.resize(1234, 777)
    told: list[Preferences] = []
    stage.window.preferences_changed.connect(told.append)
    stage.window.close()
    assert (told[-1].width, told[-1].height) == (1234, 777)


# Accessibility


def unnamed(root: QWidget) -> list[str]:
    """Return what the Tab key reaches but a screen reader cannot name."""
    found = []
    for widget in focusable(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface else ""
        if not name.strip() or not (widget.accessibleName() or _says_itself(widget)):
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


def _says_itself(widget: QWidget) -> bool:
    return bool(widget.property("text"))


@pytest.mark.parametrize("key", FIXED)
def test_every_focusable_widget_of_a_page_has_a_name(several: Stage, key: str) -> None:
    several.window.open(key)
    assert focusable(several.window)
    assert unnamed(several.window) == []


def test_every_focusable_widget_of_the_form_has_a_name(stage: Stage) -> None:
    stage.window.begin_typing()
    stage.page.form.outgoing.same.click()
    assert unnamed(stage.window) == []


@pytest.mark.parametrize("account", practice_accounts(), ids=lambda account: account.id)
def test_every_focusable_widget_of_check_and_result_has_a_name(
    stage: Stage, account: object
) -> None:
    stage.window.start_practice(account)  # type: ignore[arg-type]
    stage.page.check()
    stage.wait_for(View.CHECKING)
    assert unnamed(stage.window) == []
    stage.wait_for(View.RESULT)
    assert unnamed(stage.window) == []


def test_every_row_of_sidebar_and_table_is_said_in_words(several: Stage) -> None:
    page = accounts_page(several)
    for model in (several.window.sidebar.list.model(), page.table.model()):
        for row in range(model.rowCount(QModelIndex())):
            said = model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            assert said
    spoken = [
        several.window.sidebar.list.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(several.window.sidebar.list.model().rowCount())
    ]
    assert "alpha, Sending does not work" in spoken


def test_no_second_window_ever_flashes_up(stage: Stage) -> None:
    for key in FIXED:
        stage.window.open(key)
    stage.window.start_practice(practice_accounts()[1])
    stage.page.check()
    stage.wait_for(View.RESULT)
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert shown == [stage.window]
    assert QApplication.activeWindow() is stage.window
