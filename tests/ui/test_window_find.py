"""Find, fill, check in a whole window: real keys, real practice servers, every kind of cancel."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from found_samples import GUESS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import A_CHECK, IMAP_HOST, PASSWORD, SMTP_HOST, USER, Stage, make_stage

from mailcheck_gui.model.account import Field, Protocol
from mailcheck_gui.model.discovery import Trust
from mailcheck_gui.model.observation import NameObservation, SignInResult
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.practice import PRACTICE_HOSTS, PracticeNetwork, PracticeServers
from mailcheck_gui.storage.preferences import Preferences
from mailcheck_gui.ui.account_views import View
from mailcheck_gui.ui.buttons import Button
from mailcheck_gui.ui.engine_thread import LAST_WORDS
from mailcheck_gui.ui.find_view import FindView
from mailcheck_gui.ui.found_card import FoundCard
from mailcheck_gui.ui.navigation_model import PRACTICE
from mailcheck_gui.ui.nothing_card import NothingCard
from mailcheck_gui.ui.practice_page import PracticePage
from mailcheck_gui.ui.requests import FillRequest, TypedPasswords
from mailcheck_gui.ui.start_page import StartPage

CONTROL = Qt.KeyboardModifier.ControlModifier


class SilentNetwork(PracticeNetwork):
    """A network on which no question is ever answered."""

    def __init__(self) -> None:
        super().__init__(PracticeServers(PRACTICE_HOSTS))

    async def resolve(self, host: str, deadline: Deadline) -> NameObservation:
        await asyncio.Event().wait()
        return await super().resolve(host, deadline)


@pytest.fixture
def stage(qtbot: QtBot, themed: QApplication, tmp_path: Path) -> Iterator[Stage]:
    made = make_stage(qtbot, tmp_path, network=SilentNetwork)
    yield made
    made.window.close()
    made.practice.stop()


def start_page(stage: Stage) -> StartPage:
    page = stage.window.page()
    assert isinstance(page, StartPage)
    return page


def type_address(stage: Stage, address: str) -> None:
    """Type where the keyboard is, and press Enter."""
    QTest.keyClicks(QApplication.focusWidget(), address)
    stage.key(Qt.Key.Key_Return)


def finding(stage: Stage) -> FindView:
    return stage.page._views.finding


def found(stage: Stage) -> FoundCard:
    """Wait for an answer with settings."""
    stage.wait_for(View.FINDING)
    stage.bot.waitUntil(lambda: finding(stage).card is not None, timeout=A_CHECK)
    card = finding(stage).card
    assert isinstance(card, FoundCard)
    return card


def find_practice(stage: Stage) -> FoundCard:
    type_address(stage, USER)
    return found(stage)


def searching(stage: Stage) -> None:
    """Begin a search that nobody answers, and wait until it is under way."""
    type_address(stage, "anna@example.org")
    stage.bot.waitUntil(lambda: bool(finding(stage).sources.rows()), timeout=A_CHECK)
    assert stage.page.finder.running
    assert stage.page.view is View.FINDING


# The whole way


def test_from_the_address_to_green_with_the_keyboard_alone(stage: Stage) -> None:
    assert start_page(stage).entry.email.hasFocus()
    find_practice(stage)
    stage.window.focus_page()
    QTest.keyClicks(QApplication.focusWidget(), PASSWORD)
    stage.key(Qt.Key.Key_Return, CONTROL)  # Use and check
    stage.wait_for(View.RESULT)
    report = stage.page.session.report
    assert report is not None
    assert report.verdict is Verdict.OK
    assert [each.result for each in report.observations.sign_ins] == [SignInResult.ACCEPTED] * 2
    assert stage.page.form.incoming.host.text() == IMAP_HOST
    assert stage.page.form.outgoing.host.text() == SMTP_HOST
    assert stage.page.form.identity.email.text() == USER


def test_a_practice_address_is_shown_to_be_practice(stage: Stage) -> None:
    find_practice(stage)
    assert stage.page.practice
    assert all(not strip.isHidden() for strip in stage.page._views.strips)


def test_finding_can_be_practised(stage: Stage) -> None:
    stage.window.open(PRACTICE)
    page = stage.window.page()
    assert isinstance(page, PracticePage)
    page.find_button.setFocus()
    stage.key(Qt.Key.Key_Return)
    assert found(stage).candidate.incoming is not None


def test_without_a_password_the_check_runs_without_sign_in(stage: Stage) -> None:
    find_practice(stage).foot.primary.click()
    stage.wait_for(View.RESULT)
    report = stage.page.session.report
    assert report is not None
    assert report.verdict is Verdict.INCOMPLETE


def test_pop3_fills_the_form_with_pop3(stage: Stage) -> None:
    card = find_practice(stage)
    card.radios[1].click()
    next(b for b in card.findChildren(Button) if b.text() == "Only fill the form").click()
    assert stage.page.view is View.FORM
    incoming = stage.page.form.draft().incoming
    assert incoming is not None
    assert (incoming.protocol, incoming.host, incoming.port) == (Protocol.POP3, IMAP_HOST, "995")


def test_the_form_finds_too_and_keeps_the_typed_password(stage: Stage) -> None:
    stage.window.begin_typing()
    form = stage.page.form
    QTest.keyClicks(form.identity.email, USER)
    QTest.keyClicks(form.identity.password, PASSWORD)
    form.identity.find_settings.setFocus()
    stage.key(Qt.Key.Key_Return)
    card = found(stage)
    assert not card.prompt.isVisibleTo(card)
    card.foot.primary.click()
    stage.wait_for(View.RESULT)
    report = stage.page.session.report
    assert report is not None
    assert report.verdict is Verdict.OK


def test_nothing_found_leads_to_the_form(stage: Stage) -> None:
    searching(stage)
    stage.key(Qt.Key.Key_Escape)
    stage.bot.waitUntil(lambda: finding(stage).card is not None, timeout=A_CHECK)
    assert isinstance(finding(stage).card, NothingCard)
    stage.window.focus_page()
    stage.key(Qt.Key.Key_Return)
    assert stage.page.view is View.FORM
    assert stage.page.form.identity.email.text() == "anna@example.org"


def test_a_guess_in_the_form_is_marked_and_unconfirmed(stage: Stage) -> None:
    stage.window.begin_typing()
    stage.page.fill(FillRequest(GUESS, check=False))
    form = stage.page.form
    for side in (form.incoming, form.outgoing):
        assert "A guess." in side.slot(Field.HOST).sentence()
    assert stage.page.session.unconfirmed == ("imap.example.org", "smtp.example.org")


# What is refused, and typing help


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("anna", "has no @"),
        ("a@b@example.org", "more than one @"),
        ("anna example@example.org", "blank"),
        ("anna@[192.0.2.1]", "by number"),
        ("a" * 330 + "@example.org", "more than 320 characters"),
        ("", "missing"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_before_anything_is_sent(
    stage: Stage, typed: str, sentence: str
) -> None:
    type_address(stage, typed)
    page = start_page(stage)
    assert sentence in page.entry.slot.sentence()
    assert page.entry.email.hasFocus()


def test_the_form_refuses_it_at_its_own_field(stage: Stage) -> None:
    stage.window.begin_typing()
    QTest.keyClicks(stage.page.form.identity.email, "anna")
    stage.page.form.identity.find_settings.click()
    assert stage.page.view is View.FORM
    assert "has no @" in stage.page.form.identity.slots[Field.EMAIL].sentence()
    assert stage.page.form.identity.email.hasFocus()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("anna@gmial.com", "anna@gmail.com"),
        ("anna@hotmial.com", "anna@hotmail.com"),
        ("anna@outlok.com", "anna@outlook.com"),
    ],
)
def test_a_misspelt_domain_is_put_right_with_one_press(
    stage: Stage, typed: str, meant: str
) -> None:
    entry = start_page(stage).entry
    QTest.keyClicks(entry.email, typed)
    stage.bot.waitUntil(lambda: meant in entry.slot.sentence(), timeout=A_CHECK)
    entry.slot.press()
    assert entry.email.text() == meant
    assert entry.find_button.hasFocus()


# Consent


def unverified(stage: Stage) -> FillRequest:
    """Return what the practice search found, as if the way to it had been insecure."""
    candidate = find_practice(stage).candidate
    weak = replace(candidate, trust=Trust.UNVERIFIED, way=("http",))
    return FillRequest(weak, TypedPasswords(PASSWORD, PASSWORD))


def test_an_unverified_name_gets_no_password_before_the_yes(stage: Stage) -> None:
    request = unverified(stage)
    stage.page.fill(request)
    consent = stage.page.starter._consent
    assert consent is not None
    assert stage.page.view is View.FORM
    assert not stage.page.runner.running
    assert IMAP_HOST in consent.question()
    assert SMTP_HOST in consent.question()
    stage.key(Qt.Key.Key_Space)  # the safe answer has the keyboard
    stage.wait_for(View.RESULT)
    report = stage.page.session.report
    assert report is not None
    assert report.verdict is Verdict.INCOMPLETE
    heard = [
        each.inside_tls
        for host, port in ((IMAP_HOST, 993), (SMTP_HOST, 465))
        for each in stage.practice._runner.servers.heard(host, port)  # type: ignore[union-attr]
    ]
    assert heard
    assert not any(verb in each.upper() for each in heard for verb in (b"AUTH", b"LOGIN"))


def test_after_the_yes_the_check_signs_in(stage: Stage) -> None:
    request = unverified(stage)
    stage.page.fill(request)
    assert stage.page.starter._consent is not None
    stage.page.starter._consent.agreed.emit()
    stage.wait_for(View.RESULT)
    report = stage.page.session.report
    assert report is not None
    assert report.verdict is Verdict.OK
    assert stage.page.session.unconfirmed == ()


# Stopping


def test_esc_stops_and_shows_who_was_asked(stage: Stage) -> None:
    searching(stage)
    stage.key(Qt.Key.Key_Escape)
    stage.bot.waitUntil(lambda: not stage.page.finder.running, timeout=A_CHECK)
    stage.bot.waitUntil(lambda: finding(stage).card is not None, timeout=A_CHECK)
    card = finding(stage).card
    assert card is not None
    assert "Stopped before anything was found" in card.head.spoken()
    assert card.head.hasFocus()  # Cancel had the keyboard, and is gone
    assert finding(stage).sources.rows()


def test_pressing_cancel_again_and_again_stops_once(stage: Stage) -> None:
    searching(stage)
    told: list[object] = []
    stage.page.finder.runner.happened.connect(told.append)
    for _ in range(5):
        stage.page.cancel()
    stage.bot.waitUntil(lambda: not stage.page.finder.running, timeout=A_CHECK)
    assert len([each for each in told if isinstance(each, LAST_WORDS)]) == 1


def test_cancel_before_the_thread_has_begun(stage: Stage) -> None:
    type_address(stage, "anna@example.org")
    stage.page.cancel()
    stage.bot.waitUntil(lambda: not stage.page.finder.running, timeout=A_CHECK)
    assert stage.page.view in (View.FORM, View.FINDING)


def test_cancel_after_the_end_changes_nothing(stage: Stage) -> None:
    card = find_practice(stage)
    stage.page.cancel()
    stage.key(Qt.Key.Key_Escape)
    assert finding(stage).card is card


def test_a_search_can_be_started_again(stage: Stage) -> None:
    first = find_practice(stage)
    finding(stage).again_requested.emit()
    stage.bot.waitUntil(lambda: finding(stage).card not in (None, first), timeout=A_CHECK)


def test_while_a_search_runs_nothing_is_checked(stage: Stage) -> None:
    searching(stage)
    stage.page.check()
    stage.page.find_settings()
    assert stage.page.view is View.FINDING
    assert not stage.page.runner.running


def test_another_address_takes_the_place_of_a_running_search(stage: Stage) -> None:
    searching(stage)
    stage.window.begin_finding(USER)
    assert found(stage).candidate.incoming is not None
    assert stage.page.session.draft.email == USER


def test_closing_the_window_during_a_search_leaves_no_thread(stage: Stage) -> None:
    searching(stage)
    stage.window.close()
    assert not stage.page.finder.running


def test_a_crash_of_the_search_is_said(qtbot: QtBot, themed: QApplication, tmp_path: Path) -> None:
    def broken() -> SilentNetwork:
        raise ValueError

    made = make_stage(qtbot, tmp_path, network=broken)
    type_address(made, "anna@example.org")
    made.bot.waitUntil(lambda: bool(made.page.strip.sentence()), timeout=A_CHECK)
    assert "ValueError" in made.page.strip.sentence()
    assert made.page.view is View.FORM
    made.window.close()


# Privacy


def test_offline_nothing_is_asked(qtbot: QtBot, themed: QApplication, tmp_path: Path) -> None:
    made = make_stage(qtbot, tmp_path, preferences=Preferences(offline=True), network=SilentNetwork)
    assert "Nothing leaves this computer" in start_page(made).privacy._words.plain_text()
    type_address(made, "anna@posteo.de")
    card = found(made)
    assert card.candidate.incoming is not None
    assert card.candidate.incoming.host == "posteo.de"
    made.window.close()


def test_nothing_of_a_search_is_left_in_a_saved_account(stage: Stage) -> None:
    find_practice(stage).foot.primary.click()
    stage.wait_for(View.RESULT)
    stage.page.save()
    stage.settled()
    saved = stage.accounts_file.read_text("utf-8")
    for word in ("autoconfig", "Handshake", "handshake", "provenance", "trust"):
        assert word not in saved
