"""What changes while the keychain or the person is asked: the old host gets no password."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import A_CHECK, IMAP_HOST, PASSWORD, USER, Stage, make_stage

from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.model.account import AccountDraft, Protocol, Role, Security, ServerDraft
from mailcheck_gui.storage.saved_account import KeychainEntry, SavedAccount
from mailcheck_gui.ui.account_views import View
from mailcheck_gui.ui.consent_card import ConsentCard

DRAFT = AccountDraft(
    USER, ServerDraft(Protocol.IMAP, IMAP_HOST, "993", Security.IMPLICIT_TLS, username=USER)
)
ENTRY = KeychainEntry.of("id-1", Role.INCOMING, USER)


@pytest.fixture
def stage(qtbot: QtBot, themed: QApplication, tmp_path: Path) -> Iterator[Stage]:
    """A saved account: its host came from a suggestion, its password is in the keychain."""
    made = make_stage(qtbot, tmp_path)
    made.keychain.kept[ENTRY.service, ENTRY.username] = PASSWORD
    saved = SavedAccount("id-1", "Anna", DRAFT, keychain=(ENTRY,), unconfirmed=(IMAP_HOST,))
    assert made.services.book.keep(saved) is None
    made.window.open_account("Anna")
    yield made
    made.window.close()
    made.practice.stop()


def asked(stage: Stage) -> ConsentCard:
    """Press Check and wait for the question."""
    stage.page.form.foot.check.click()
    stage.bot.waitUntil(lambda: bool(cards(stage)), timeout=A_CHECK)
    return cards(stage)[0]


def cards(stage: Stage) -> list[ConsentCard]:
    return [card for card in stage.page.findChildren(ConsentCard) if card.isVisible()]


def type_in_host(stage: Stage, *keys: Qt.Key) -> None:
    host = stage.page.form.incoming.host
    host.setFocus()
    for key in keys:
        QTest.keyClick(host, key)


def nothing_was_started(stage: Stage) -> bool:
    return not stage.page.runner.running and stage.page.view is View.FORM


@pytest.mark.parametrize("keys", [(Qt.Key.Key_X,), (Qt.Key.Key_X, Qt.Key.Key_Backspace)])
def test_an_edit_takes_the_question_back(stage: Stage, keys: tuple[Qt.Key, ...]) -> None:
    card = asked(stage)
    assert IMAP_HOST in card.question()
    type_in_host(stage, *keys)
    assert not cards(stage)
    card.declined.emit()  # a press that was under way
    assert nothing_was_started(stage)


def test_the_yes_to_settings_that_are_gone_starts_nothing(stage: Stage) -> None:
    card = asked(stage)
    type_in_host(stage, Qt.Key.Key_X)
    card.agreed.emit()
    assert nothing_was_started(stage)


def test_an_edit_while_the_keychain_is_read_ends_the_start(stage: Stage) -> None:
    unlocked = threading.Event()
    stage.keychain.before = lambda: unlocked.wait(A_CHECK / 1000)
    stage.page.form.foot.check.click()
    type_in_host(stage, Qt.Key.Key_X)
    unlocked.set()
    stage.settled()
    assert nothing_was_started(stage)
    assert not cards(stage)
    assert "Press Check" in stage.page.strip.sentence()


def test_an_edit_takes_back_the_offer_to_check_without_the_keychain(stage: Stage) -> None:
    stage.keychain.mood = KeyringLocked("closed")
    stage.page.form.foot.check.click()
    stage.settled()
    assert "keychain does not give" in stage.page.strip.sentence()
    type_in_host(stage, Qt.Key.Key_X)
    assert stage.page.strip.sentence() == ""
    assert nothing_was_started(stage)


def test_the_check_can_be_asked_for_again(stage: Stage) -> None:
    asked(stage)
    password = stage.page.form.identity.password
    password.setFocus()
    QTest.keyClicks(password, "another")
    assert not cards(stage)
    card = asked(stage)
    assert IMAP_HOST in card.question()
    stage.key(Qt.Key.Key_Space)  # the safe answer has the keyboard
    stage.wait_for(View.RESULT)
    heard = stage.practice._runner.servers.heard(IMAP_HOST, 993)  # type: ignore[union-attr]
    assert heard
    assert not any(
        verb in each.inside_tls.upper() for each in heard for verb in (b"AUTH", b"LOGIN")
    )


def test_practice_mode_takes_the_question_back(stage: Stage) -> None:
    card = asked(stage)
    stage.page.set_practice(practice=True)
    assert not cards(stage)
    card.agreed.emit()
    assert nothing_was_started(stage)


def test_other_settings_than_the_present_ones_get_no_password(stage: Stage) -> None:
    session = stage.page.session
    session.add_passwords(stage.page.form.passwords())
    session.take_secret(ENTRY, PASSWORD)
    before = take_in(DRAFT, ()).account
    assert before is not None
    type_in_host(stage, Qt.Key.Key_X)
    assert session.unconfirmed == ()
    assert session.credentials(before).incoming is None
    after = take_in(session.draft, ()).account
    assert after is not None
    assert session.credentials(after).incoming is not None
