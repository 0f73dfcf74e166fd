"""Every text of the window can be translated: shown in a made-up language, nothing stays English.

What may stay is a value: hosts, addresses, numbers, names of protocols, and what people or servers
wrote. Painted texts are read from a drawing of the whole window.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from found_samples import (
    DOCUMENTED,
    GUESS,
    SECURE,
    SECURE_POP3,
    STALE,
    TRIED,
    UNVERIFIED,
    discovery,
)
from pseudo_translation import PseudoTranslator, shown_texts
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_kit import A_CHECK, Stage, make_stage
from window_reports import (
    all_fine,
    both_sides,
    cancelled,
    no_cure,
    offline,
    perfect,
    problem,
    without_password,
    wrong_password,
)

from mailcheck_gui.catalogue.controls import load_controls
from mailcheck_gui.catalogue.explanations import load_common
from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.model.account import AccountDraft, Protocol, Role, ServerDraft
from mailcheck_gui.model.discovery import Discovery
from mailcheck_gui.model.dns import RecordKind
from mailcheck_gui.model.finding import message
from mailcheck_gui.model.report import Report, Verdict
from mailcheck_gui.practice import practice_accounts
from mailcheck_gui.practice.accounts import PracticeAccount
from mailcheck_gui.reporting.port_guide import PORT_FACTS
from mailcheck_gui.storage.credentials import StoreState
from mailcheck_gui.storage.saved_account import LastCheck, SavedAccount
from mailcheck_gui.ui.account_views import View
from mailcheck_gui.ui.badge import Badge
from mailcheck_gui.ui.explain_page import ExplainPage
from mailcheck_gui.ui.find_view import FindView
from mailcheck_gui.ui.finding_card import FindingCard
from mailcheck_gui.ui.navigation_model import (
    ALL_ACCOUNTS,
    EXPLAIN,
    PORT_GUIDE,
    PRACTICE,
    SETTINGS,
)
from mailcheck_gui.ui.port_guide_page import PortGuidePage
from mailcheck_gui.ui.requests import ResultContext
from mailcheck_gui.ui.result_page import ResultView
from mailcheck_gui.ui.start_page import StartPage

_VALUES = re.compile(
    r"^(\* OK|\+OK|220) .*$"  # what a server says first
    r"|https?://\S+|\S+@\S+|\b[\w-]+(\.[\w-]+)+\b|\b[0-9a-f]+:[0-9a-f:]+"
    r"|\b(IMAP|POP3|SMTP|TLS|RFC|UTC)\b|\b(Ctrl|Shift)\+|\bEnglish\b"
    r"|\b(\d+ )?(January|February|March|April|May|June|July|August|September|October"
    r"|November|December) \d{4}\b",
    re.MULTILINE,
)
_WORD = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(autouse=True)
def _made_up_language(themed: QApplication) -> Iterator[None]:
    translator = PseudoTranslator()
    themed.installTranslator(translator)
    yield
    themed.removeTranslator(translator)


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    made = make_stage(qtbot, tmp_path)
    yield made
    made.window.close()
    made.practice.stop()


def english_left(root: QWidget, *values: str) -> str:
    """Return, one a line, what is shown below a widget and is neither translated nor a value."""
    found = []
    for text, place in shown_texts(root):
        left = text
        for value in sorted(values, key=len, reverse=True):
            left = left.replace(value, "")
        left = _VALUES.sub("", left)
        if _WORD.search(left):
            found.append(f"{place}: {text!r}")
    return "\n".join(dict.fromkeys(found))


def test_the_start_page(stage: Stage) -> None:
    assert english_left(stage.window) == ""


def test_the_introduction(stage: Stage) -> None:
    page = stage.window.page()
    assert isinstance(page, StartPage)
    stage.bot.waitUntil(lambda: page.introduction is not None, timeout=A_CHECK)
    stage.window.resize(1120, 1200)
    assert english_left(stage.window) == ""


@pytest.mark.parametrize("key", [ALL_ACCOUNTS, EXPLAIN, PORT_GUIDE, PRACTICE, SETTINGS])
def test_a_fixed_page(stage: Stage, key: str) -> None:
    stage.window.open(key)
    shown = PORT_FACTS[0]
    names = {text for each in load_controls() for text in (each.operator, each.source)}
    names |= {text for each in load_common() for text in (each.label, each.said_by)}
    assert english_left(stage.window, shown.sources, shown.service, *names) == ""


def test_the_port_guide_for_every_port(stage: Stage) -> None:
    stage.window.open(PORT_GUIDE)
    page = stage.window.page()
    assert isinstance(page, PortGuidePage)
    for fact in PORT_FACTS:
        page.list.rows[fact.port].click()
        assert english_left(page, fact.sources, fact.service) == ""


@pytest.mark.parametrize("text", ["0x800CCC1A", "535 5.7.8 Error", "banana"])
def test_an_explanation(stage: Stage, text: str) -> None:
    stage.window.open(EXPLAIN)
    page = stage.window.page()
    assert isinstance(page, ExplainPage)
    page.input.show_text(text)
    stage.bot.waitUntil(lambda: page.foot is not None, timeout=A_CHECK)
    values = {badge.text() for badge in page.findChildren(Badge)}
    values |= {text for each in load_common() for text in (each.label, each.said_by)}
    assert english_left(page, text, *values) == ""


@pytest.mark.parametrize(
    "found",
    [
        discovery(SECURE, SECURE_POP3, UNVERIFIED, STALE),
        discovery(DOCUMENTED),
        discovery(GUESS),
        discovery(replace(SECURE, outgoing_from=UNVERIFIED.origin(Role.OUTGOING))),
        discovery(suggestions=(GUESS,)),
        discovery(suggestions=(GUESS,), names_lead_nowhere=True),
        discovery(no_such_domain=True),
        discovery(cancelled=True),
        discovery(tried=TRIED[:2]),
    ],
)
@pytest.mark.parametrize("offline", [False, True])
def test_an_answer_of_a_search(qtbot: QtBot, found: Discovery, offline: bool) -> None:
    view = FindView()
    qtbot.addWidget(view)
    view.resize(880, 1800)
    view.show()
    view.start(found.email, FindOptions(offline=offline))
    assert english_left(view, "anna") == ""
    view.show_discovery(found, has_password=False, offline=offline)
    assert english_left(view) == ""


def test_a_practice_search(stage: Stage) -> None:
    page = stage.window.page()
    assert isinstance(page, StartPage)
    page.entry.email.setText("anna@practice.example")
    page.entry.confirm()
    finding = stage.page._views.finding
    stage.bot.waitUntil(lambda: finding.card is not None, timeout=A_CHECK)
    records = {"dns:", *(f"?type={kind}" for kind in RecordKind), *RecordKind}
    assert english_left(stage.window, *records) == ""


@pytest.mark.parametrize("typed", ["anna", "anna@gmial.com", "anna@gmail.com"])
def test_what_is_said_of_an_address(stage: Stage, typed: str) -> None:
    page = stage.window.page()
    assert isinstance(page, StartPage)
    page.entry.email.setText(typed)
    page.entry.show_hint()
    assert english_left(stage.window, typed) == ""
    page.entry.email.setText("anna")
    page.entry.confirm()
    assert english_left(stage.window, "anna") == ""


def test_every_state_of_an_account_in_the_lists(stage: Stage) -> None:
    checks = [
        LastCheck(Verdict.OK, datetime.now(UTC)),
        LastCheck(Verdict.ERROR, datetime(2026, 3, 2, tzinfo=UTC), (Role.INCOMING,)),
        LastCheck(Verdict.ERROR, datetime.now(UTC), (Role.OUTGOING,)),
        LastCheck(Verdict.ERROR, datetime.now(UTC), (Role.INCOMING, Role.OUTGOING)),
        LastCheck(Verdict.ERROR, datetime.now(UTC)),
        LastCheck(Verdict.WARNING, datetime.now(UTC), (), message("The reason.")),
        LastCheck(Verdict.INCOMPLETE, datetime.now(UTC)),
        None,
    ]
    for number, check in enumerate(checks):
        draft = AccountDraft(f"{number}@a.example", ServerDraft(Protocol.IMAP, "a.example", "993"))
        stage.services.book.keep(SavedAccount(str(number), f"{number}.example", draft, (), check))
    stage.window.open(ALL_ACCOUNTS)
    assert english_left(stage.window) == ""


@pytest.mark.parametrize("state", StoreState)
def test_every_state_of_the_keychain(stage: Stage, state: StoreState) -> None:
    stage.window.begin_typing()
    stage.page.form.show_keychain(state)
    assert english_left(stage.window) == ""


def test_the_form_with_hints_and_refusals(stage: Stage) -> None:
    stage.window.begin_typing()
    form = stage.page.form
    QTest.keyClicks(form.identity.email, "anna@gmial.com")
    QTest.keyClicks(form.incoming.host, "https://mail.google.com")
    QTest.keyClicks(form.outgoing.host, "smtp.gmail.com")
    form.outgoing.same.setChecked(False)
    QTest.keyClicks(form.outgoing.port.line(), "0")
    form.show_hints()
    assert english_left(stage.window, "com?") == ""  # a name that is broken over two lines
    form.foot.check.click()
    assert english_left(stage.window, "com?") == ""


def test_an_empty_form_and_what_is_said_about_it(stage: Stage) -> None:
    stage.window.begin_typing()
    stage.page.form.foot.check.click()
    stage.page.form.foot.save.click()
    assert english_left(stage.window) == ""


def test_a_running_check(stage: Stage) -> None:
    stage.window.start_practice(practice_accounts()[0])
    seen: set[str] = set()
    page = stage.page

    def look() -> None:
        if page.view is View.CHECKING:
            seen.update(english_left(stage.window, page.session.title).splitlines())

    page.runner.happened.connect(look)
    page.check()
    stage.wait_for(View.RESULT)
    assert seen == set()


@pytest.mark.parametrize("account", practice_accounts(), ids=lambda account: account.id)
def test_a_practice_account_and_its_result(stage: Stage, account: PracticeAccount) -> None:
    stage.window.start_practice(account)
    stage.check()
    assert english_left(stage.window) == ""


@pytest.mark.parametrize(
    "make",
    [
        problem,
        all_fine,
        perfect,
        both_sides,
        lambda: both_sides(needs_consent=True),
        no_cure,
        wrong_password,
        without_password,
        cancelled,
        offline,
    ],
    ids=lambda make: make.__name__.strip("<>"),
)
def test_a_result(qtbot: QtBot, make: Callable[[], Report]) -> None:
    view = ResultView()
    qtbot.addWidget(view)
    view.resize(880, 2400)
    report = make()
    view.show_report(report, ResultContext("info@example.com", can_undo=True, practice=True))
    view.show()
    for card in view.findChildren(FindingCard):
        if card.disclosure is not None:
            card.disclosure.link.click()
    assert english_left(view, "info") == ""
