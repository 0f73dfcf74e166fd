"""The page of a search: what it says of each answer, what can be chosen, and what is offered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from found_samples import (
    DOCUMENTED,
    EMAIL,
    GUESS,
    OAUTH,
    POP3,
    PROVEN_GUESS,
    SECURE,
    SECURE_POP3,
    SMTP,
    STALE,
    STEP,
    TRIED,
    UNSUPPORTED,
    UNVERIFIED,
    discovery,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.model.account import AuthMethod, Role
from mailcheck_gui.model.discovery import (
    Discovery,
    FindStarted,
    SettingsCandidate,
    Source,
    SourceChanged,
    SourceOutcome,
    SourceState,
)
from mailcheck_gui.model.finding import ProviderRemark, message
from mailcheck_gui.ui.badge import Badge
from mailcheck_gui.ui.find_view import FindView, protocol_choices
from mailcheck_gui.ui.focus import focusable
from mailcheck_gui.ui.found_card import FoundCard
from mailcheck_gui.ui.labels import ElideLabel, TypedLabel
from mailcheck_gui.ui.nothing_card import NothingCard
from mailcheck_gui.ui.other_answers import OtherAnswers
from mailcheck_gui.ui.requests import FillRequest, TypedPasswords
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.source_list import SourceRow
from mailcheck_gui.ui.web_address import can_be_opened


@pytest.fixture
def view(qtbot: QtBot, themed: QApplication) -> FindView:
    made = FindView()
    qtbot.addWidget(made)
    made.resize(880, 1600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def show(view: FindView, found: Discovery, *, password: bool = False, offline: bool = False) -> str:
    """Show an answer; return everything that is said."""
    view.show_discovery(found, has_password=password, offline=offline)
    return said(view)


def said(widget: QWidget) -> str:
    labels = [each.plain_text() for each in widget.findChildren(TypedLabel) if _seen(each)]
    labels += [each.text() for each in widget.findChildren(ElideLabel) if _seen(each)]
    labels += [each.text() for each in widget.findChildren(Badge) if _seen(each)]
    return "\n".join(labels)


def _seen(widget: QWidget) -> bool:
    return widget.isVisibleTo(widget.window())


def button(view: QWidget, words: str) -> QAbstractButton:
    return next(b for b in view.findChildren(QAbstractButton) if b.text() == words and _seen(b))


def found_card(view: FindView) -> FoundCard:
    assert isinstance(view.card, FoundCard)
    return view.card


# While it runs


def test_who_is_asked_is_listed_before_anything_came_back(view: FindView) -> None:
    view.start(EMAIL, FindOptions())
    assert [row.source for row in view.sources.rows()] == list(Source)
    assert "Only the part after @" in said(view)
    assert "Looking for the settings of anna@example.org" in said(view)


def test_offline_only_the_catalogue_is_listed(view: FindView) -> None:
    view.start(EMAIL, FindOptions(offline=True))
    assert [row.source for row in view.sources.rows()] == [Source.CATALOGUE]
    assert "Nothing leaves this computer" in said(view)


def test_the_sentence_tells_when_the_whole_address_may_leave(view: FindView) -> None:
    view.start(EMAIL, FindOptions(share_address=True))
    assert "may be told the whole address" in said(view)


def row_of(view: FindView, source: Source) -> SourceRow:
    return next(row for row in view.sources.rows() if row.source is source)


def test_a_source_that_is_asked_several_things_shows_the_best_and_keeps_the_rest(
    view: FindView,
) -> None:
    view.start(EMAIL, FindOptions())
    view.handle(FindStarted((Source.CATALOGUE, Source.AUTOCONFIG)))
    asking = SourceOutcome(Source.AUTOCONFIG, SourceState.ASKING, message("Asking."), "https://x/")
    view.handle(SourceChanged(asking))
    assert row_of(view, Source.AUTOCONFIG).state is SourceState.ASKING
    view.handle(SourceChanged(replace(asking, state=SourceState.NOTHING)))
    for outcome in TRIED:
        view.handle(SourceChanged(outcome))
    row = row_of(view, Source.AUTOCONFIG)
    assert row.state is SourceState.FOUND
    assert "It names imap.example.org." in row.spoken()
    assert "autoconfig.example.org did not answer in time." in row.toolTip()
    assert view.sources.done() == (3, 3)


def test_a_source_that_has_nothing_does_not_look_as_if_it_waited(view: FindView) -> None:
    view.start(EMAIL, FindOptions())
    mark = row_of(view, Source.CATALOGUE).findChild(ShapeMark)
    assert mark.shape() is Shape.WAITING
    view.handle(SourceChanged(TRIED[0]))
    assert TRIED[0].state is SourceState.NOTHING
    assert mark.shape() is Shape.NOTHING


def test_cancel_can_be_pressed_once(view: FindView) -> None:
    view.start(EMAIL, FindOptions())
    view.focus_cancel()
    assert view.cancel_has_focus()
    view.show_cancelling()
    assert not button(view, "Cancel").isEnabled()
    assert "Stopping" in said(view)


def test_a_hostile_address_is_shown_as_it_is(view: FindView) -> None:
    view.start("<b>anna</b>\u202e@example.org", FindOptions())
    assert "<b>anna</b>⟨U+202E⟩@example.org" in said(view)


# What was found


@pytest.mark.parametrize(
    ("candidate", "title"),
    [
        (SECURE, "Your settings are found, and they answer"),
        (DOCUMENTED, "Your settings are found"),
        (UNVERIFIED, "These servers answer"),
        (GUESS, "These settings are likely, not certain"),
    ],
)
def test_the_title_says_no_more_than_is_known(
    view: FindView, candidate: SettingsCandidate, title: str
) -> None:
    assert title in show(view, discovery(candidate)).splitlines()


def test_a_found_pair_tells_values_proof_and_origin(view: FindView) -> None:
    words = show(view, discovery(SECURE))
    for part in (
        "imap.example.org",
        "993, SSL/TLS",
        "smtp.example.org",
        "465, SSL/TLS",
        EMAIL,
        "Handshake",
        "Source: Your provider's own file",
        "Read over verified encryption",
        "The same servers come from: Mozilla's database",
        "https://autoconfig.example.org/mail/config-v1.1.xml",
        "Found in 0.8 seconds",
    ):
        assert part in words


def test_a_documented_pair_tells_its_date(view: FindView) -> None:
    words = show(view, discovery(DOCUMENTED))
    assert "Built-in catalogue, confirmed March 2026" in words
    assert "Comes with Mailcheck" in words
    assert "Documented" in words


def test_every_weak_link_is_named(view: FindView) -> None:
    words = show(view, discovery(UNVERIFIED))
    assert "DNS led to them by the mail exchanger." in words
    assert "They came without encryption." in words
    assert "Mailcheck asks you before a password goes there" in words


def test_a_side_from_another_source_has_its_own_origin(view: FindView) -> None:
    mixed = replace(SECURE, outgoing_from=UNVERIFIED.origin(Role.INCOMING))
    words = show(view, discovery(mixed))
    assert "Incoming mail: Your provider's own file" in words
    assert "Outgoing mail: The provider behind your domain" in words


def test_a_stale_source_is_named_among_the_other_answers(view: FindView) -> None:
    words = show(view, discovery(SECURE, STALE))
    assert "Other answers" in words
    assert "mail.old.example.org does not exist." in words
    assert "Mozilla's database, confirmed May 2019" in words


def test_another_answer_can_be_looked_at_and_the_first_is_not_lost(view: FindView) -> None:
    show(view, discovery(SECURE, STALE))
    view.findChildren(OtherAnswers)[-1].buttons[0].click()
    assert found_card(view).candidate is STALE
    others = [each for each in view.findChildren(OtherAnswers) if _seen(each)]
    assert len(others) == 1
    assert "Your provider's own file" in said(others[0])


def test_the_protocol_is_chosen_with_the_keyboard_and_the_password_stays(
    view: FindView, qtbot: QtBot
) -> None:
    show(view, discovery(SECURE, SECURE_POP3))
    card = found_card(view)
    imap, pop3 = card.radios
    assert imap.isChecked()
    card.prompt.focus_field()
    QTest.keyClicks(QApplication.focusWidget(), "geheim")
    imap.setFocus()
    QTest.keyClick(imap, Qt.Key.Key_Right)
    assert pop3.hasFocus()
    QTest.keyClick(pop3, Qt.Key.Key_Space)
    assert card.candidate.incoming == POP3
    assert "pop.example.org" in said(view)
    assert "imap.example.org" not in said(card)
    with qtbot.waitSignal(view.use_requested) as caught:
        button(view, "Use and check").click()
    assert caught.args == [FillRequest(SECURE_POP3, TypedPasswords("geheim", "geheim"))]


def test_imap_comes_first_and_the_same_source_is_preferred() -> None:
    other = replace(SECURE_POP3, source=Source.ISPDB, url="https://other.example/")
    assert protocol_choices((other, SECURE_POP3, SECURE), SECURE) == (SECURE, SECURE_POP3)
    assert protocol_choices((other, SECURE), SECURE) == (SECURE, other)
    assert protocol_choices((SECURE_POP3, SECURE), SECURE_POP3) == (SECURE, SECURE_POP3)
    sending_only = replace(SECURE, incoming=None)
    assert protocol_choices((sending_only, SECURE), sending_only) == (sending_only,)


def test_what_is_to_be_prepared_stands_before_the_password(view: FindView) -> None:
    words = show(view, discovery(SECURE, preparation=(STEP,)))
    assert "Before you sign in" in words
    assert "Source: Example help, March 2026" in words
    card = found_card(view)
    step = next(each for each in card.findChildren(TypedLabel) if "app password" in each.text())
    below = card.prompt.mapTo(view, card.prompt.rect().topLeft()).y()
    assert step.mapTo(view, step.rect().topLeft()).y() < below


def test_the_page_of_a_step_is_copied_or_opened(
    view: FindView, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    show(view, discovery(DOCUMENTED, preparation=(STEP,)))
    button(view, "Copy address").click()
    assert QGuiApplication.clipboard().text() == STEP.url
    button(view, "Open page").click()
    assert opened == [STEP.url]


def test_what_does_not_work_at_the_provider_is_said_with_its_source(view: FindView) -> None:
    limit = ProviderRemark("POP3 ended.", "Example help", "2026-02-01", "2025-06-01")
    quarrel = ProviderRemark("Others name port 587.", "Mozilla's database", "2026-01-01")
    provider = replace(UNSUPPORTED, unsupported="", limits=(limit,), conflicts=(quarrel,))
    words = show(view, discovery(DOCUMENTED, provider=provider))
    assert "Limits at Tuta" in words
    assert "POP3 ended." in words
    assert "Since June 2025. Source: Example help, February 2026" in words
    assert "Where sources on Tuta disagree" in words


def test_a_stranger_s_instructions_are_shown_as_text(view: FindView) -> None:
    hostile = replace(STEP, text="{host} <b>now</b>\u202e", source="x\u202ey")
    words = show(view, discovery(SECURE, preparation=(hostile,)))
    assert "{host} <b>now</b>⟨U+202E⟩" in words
    assert "x⟨U+202E⟩y" in words


@pytest.mark.parametrize(
    ("url", "harmless"),
    [
        ("https://help.example.org/app?x=1", True),
        ("http://help.example.org/", False),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("https://anna:secret@help.example.org/", False),
        ("https://" + "a" * 400, False),
        ("https:///path", False),
        ("", False),
    ],
)
def test_only_a_plain_https_page_is_opened(url: str, harmless: bool) -> None:
    assert can_be_opened(url) is harmless


def test_no_password_is_asked_where_none_would_be_sent(view: FindView) -> None:
    words = show(view, discovery(OAUTH))
    assert not _seen(found_card(view).prompt)
    assert "No password is sent." in words


def test_an_app_password_may_stand_in_for_oauth(view: FindView, qtbot: QtBot) -> None:
    show(view, discovery(OAUTH, preparation=(replace(STEP, kind="app-password"),)))
    view.take_focus()
    QTest.keyClicks(QApplication.focusWidget(), "abcd")
    with qtbot.waitSignal(view.use_requested) as caught:
        button(view, "Use and check").click()
    assert caught.args is not None
    used = caught.args[0].candidate
    assert {used.incoming.auth, used.outgoing.auth} == {AuthMethod.PASSWORD}
    with qtbot.waitSignal(view.use_requested) as caught:  # nothing typed: as it was found
        button(view, "Only fill the form").click()
    assert caught.args == [FillRequest(OAUTH, check=False)]


def test_an_answer_from_the_catalogue_came_at_once(view: FindView) -> None:
    assert "Found at once" in show(view, discovery(DOCUMENTED, duration_ms=2.0))
    assert "seconds" not in show(view, discovery(duration_ms=2.0))


def test_a_password_that_is_known_is_not_asked_again(view: FindView) -> None:
    show(view, discovery(SECURE), password=True)
    assert not _seen(found_card(view).prompt)
    view.take_focus()
    assert found_card(view).foot.primary.hasFocus()


def test_enter_in_the_password_uses_and_checks(view: FindView, qtbot: QtBot) -> None:
    show(view, discovery(SECURE))
    view.take_focus()
    QTest.keyClicks(QApplication.focusWidget(), "geheim")
    with qtbot.waitSignal(view.use_requested) as caught:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert caught.args == [FillRequest(SECURE, TypedPasswords("geheim", "geheim"))]


def test_the_form_can_be_filled_without_a_check(view: FindView, qtbot: QtBot) -> None:
    show(view, discovery(SECURE))
    with qtbot.waitSignal(view.use_requested) as caught:
        button(view, "Only fill the form").click()
    assert caught.args == [FillRequest(SECURE, check=False)]


# Nothing found


@pytest.mark.parametrize(
    ("found", "offline", "title"),
    [
        (discovery(), False, "No settings found for example.org"),
        (discovery(), True, "The built-in catalogue does not know example.org"),
        (discovery(cancelled=True), False, "Stopped before anything was found"),
        (discovery(no_such_domain=True), False, "There is no domain example.org"),
        (discovery(no_such_domain=True, cancelled=True), False, "There is no domain example.org"),
        (discovery(tried=TRIED[:2]), False, "Nobody answered"),
        (discovery(provider=UNSUPPORTED), False, "Tuta needs its own program"),
    ],
)
def test_nothing_found_says_why(
    view: FindView, found: Discovery, offline: bool, title: str
) -> None:
    words = show(view, found, offline=offline)
    assert title in words
    assert "The catalogue does not know example.org." in words  # what was tried stays to be read
    assert isinstance(view.card, NothingCard)
    with_button = button(view.card, "Type settings")
    view.take_focus()
    assert with_button.hasFocus()


def test_a_guess_is_marked_and_only_fills_the_form(view: FindView, qtbot: QtBot) -> None:
    words = show(view, discovery(suggestions=(GUESS,)))
    assert "nobody said so" in words
    assert "Unproven" in words
    assert SMTP.host in words
    with qtbot.waitSignal(view.use_requested) as caught:
        button(view, "Put the guess into the form").click()
    assert caught.args == [FillRequest(GUESS, check=False)]


def test_a_guess_that_leads_nowhere_is_not_called_likely(view: FindView) -> None:
    words = show(view, discovery(suggestions=(GUESS,), names_lead_nowhere=True))
    assert "DNS does not know these names" in words
    assert "Often it is this" not in words


def test_a_proven_guess_says_that_its_names_were_guessed(view: FindView) -> None:
    words = show(view, discovery(PROVEN_GUESS))
    assert "These servers answer" in words
    assert "They proved their names, but the names were guessed." in words
    assert "The server names were guessed." in words
    assert "not secure" not in words


# Fit and access

ANSWERS = [
    discovery(PROVEN_GUESS),
    discovery(SECURE, SECURE_POP3, UNVERIFIED, STALE, preparation=(STEP, STEP)),
    discovery(UNVERIFIED),
    discovery(suggestions=(GUESS,)),
    discovery(),
]


@pytest.mark.parametrize("found", ANSWERS)
def test_everything_the_keyboard_reaches_has_a_name(view: FindView, found: Discovery) -> None:
    show(view, found)
    assert all(each.accessibleName() for each in focusable(view))


@pytest.mark.parametrize("found", ANSWERS)
def test_the_header_comes_last_in_the_order_of_tab(view: FindView, found: Discovery) -> None:
    show(view, found)
    assert view.card is not None
    order = focusable(view)
    assert [each.accessibleName() for each in order[-2:]] == ["Type settings", "Search again"]
    assert view.card.foot.primary in order[:-2]


@pytest.mark.parametrize("found", ANSWERS)
def test_an_answer_fits_at_200_percent(
    qtbot: QtBot, large_text: QApplication, found: Discovery
) -> None:
    view = FindView()
    qtbot.addWidget(view)
    view.resize(844, 620)
    view.show()
    show(view, found)
    large_text.processEvents()
    assert view.widget().width() <= view.viewport().width()
