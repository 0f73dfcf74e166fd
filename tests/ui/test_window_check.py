"""The main job in the window, on practice servers: check, read, apply, check, save, delete."""

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
from window_kit import (
    A_CHECK,
    IMAP_HOST,
    PASSWORD,
    SMTP_HOST,
    USER,
    Stage,
    make_stage,
    typing_stage,
)

from mailcheck_gui.model.account import Field, Role
from mailcheck_gui.model.finding import Proof, SideStatus, SideSuggestion, Suggestion
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.ui.account_views import View
from mailcheck_gui.ui.navigation_model import ALL_ACCOUNTS
from mailcheck_gui.ui.requests import ApplyRequest, TypedPasswords
from mailcheck_gui.ui.severity import Shape

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stage(qtbot: QtBot, themed: QApplication, tmp_path: Path) -> Iterator[Stage]:
    yield from typing_stage(qtbot, tmp_path)


def delete_with_its_passwords(stage: Stage) -> None:
    stage.page.ask_delete()
    stage.page.strip.press("delete")
    stage.bot.waitUntil(lambda: not stage.keychain.kept, timeout=A_CHECK)


def report_of(stage: Stage) -> object:
    report = stage.page.session.report
    assert report is not None
    return report


def verdict_of(stage: Stage) -> Verdict:
    report = stage.page.session.report
    assert report is not None
    return report.verdict


def save(stage: Stage) -> None:
    stage.page.form.foot.save.click()
    stage.bot.waitUntil(lambda: stage.page.session.saved is not None, timeout=A_CHECK)
    stage.settled()


def test_the_main_job_from_typing_to_green(stage: Stage) -> None:
    stage.fill(port="587")
    stage.page.form.outgoing.security.setFocus()
    QTest.keyClicks(stage.page.form.outgoing.security, "SSL")
    stage.check()
    assert verdict_of(stage) is Verdict.ERROR
    assert stage.page.row().shape is Shape.ERROR
    assert "Sending does not work" in stage.window.windowTitle()
    stage.key(Qt.Key.Key_Return, CONTROL)  # Apply
    stage.bot.waitUntil(lambda: stage.page.runner.running, timeout=A_CHECK)
    stage.wait_for(View.RESULT)
    assert verdict_of(stage) is Verdict.OK
    assert stage.page.row().shape is Shape.WORKS
    assert stage.page.form.outgoing.port.currentText() == "465"


def test_undo_brings_back_settings_and_result_without_a_new_check(stage: Stage) -> None:
    stage.fill(port="587")
    stage.page.form.outgoing.security.setFocus()
    QTest.keyClicks(stage.page.form.outgoing.security, "SSL")
    stage.check()
    before = stage.page.session.report
    stage.page.result.apply()
    stage.wait_for(View.CHECKING)
    stage.wait_for(View.RESULT)
    assert stage.page.session.can_undo
    stage.window.setFocus()
    stage.key(Qt.Key.Key_Z, CONTROL)
    assert stage.page.session.report is before
    assert stage.page.form.outgoing.port.currentText() == "587"
    assert not stage.page.session.can_undo


def test_a_check_without_password_is_incomplete_and_takes_one_afterwards(stage: Stage) -> None:
    stage.fill(password="")
    stage.check()
    assert verdict_of(stage) is Verdict.INCOMPLETE
    stage.page.result.passwords_entered.emit(TypedPasswords(PASSWORD, PASSWORD))
    stage.wait_for(View.CHECKING)
    stage.wait_for(View.RESULT)
    assert verdict_of(stage) is Verdict.OK


def test_a_wrong_port_stays_in_the_form_with_a_sentence(stage: Stage) -> None:
    stage.fill(port="70000")
    stage.page.form.foot.check.click()
    assert stage.page.view is View.FORM
    assert stage.page.form.outgoing.slot(Field.PORT).sentence()
    assert not stage.page.runner.running


def test_an_empty_form_says_what_is_missing(stage: Stage) -> None:
    stage.page.form.foot.check.click()
    assert stage.page.form.incoming.slot(Field.HOST).sentence()
    assert stage.page.form.incoming.host.hasFocus()
    assert stage.page.view is View.FORM


@pytest.mark.parametrize("control", ["\t", "\x00", "\x7f", "\r\n"])
def test_a_password_with_a_control_character_is_never_sent(stage: Stage, control: str) -> None:
    stage.fill(password="")
    stage.page.session.remember(TypedPasswords(f"a{control}b", "ok"))
    refusals = stage.page.keeper.password_refusals()
    assert [refusal.field for refusal in refusals] == [Field.PASSWORD]


def test_esc_cancels_and_what_is_known_is_shown(stage: Stage) -> None:
    stage.fill()
    stage.page.form.outgoing.host.setText("blocked.practice.example")
    stage.page.form.outgoing.changed.emit()
    QTest.keyClick(stage.page.form.outgoing.port.line(), Qt.Key.Key_A, CONTROL)
    QTest.keyClicks(stage.page.form.outgoing.port.line(), "587")
    stage.page.form.foot.check.click()
    stage.wait_for(View.CHECKING)
    QTest.keyClick(stage.page, Qt.Key.Key_Escape)
    stage.wait_for(View.RESULT)
    report = stage.page.session.report
    assert report is not None
    assert report.cancelled
    assert stage.page.session.checked is None


def test_closing_the_window_stops_a_running_check(stage: Stage) -> None:
    stage.fill()
    stage.page.form.outgoing.host.setText("blocked.practice.example")
    stage.page.form.foot.check.click()
    stage.wait_for(View.CHECKING)
    thread = stage.page.runner._thread
    assert thread is not None
    stage.bot.waitUntil(thread.isRunning, timeout=A_CHECK)
    stage.window.close()
    assert thread.isFinished()


def test_a_crash_of_the_engine_is_said_in_the_form(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from mailcheck_gui.engine import check

    async def broken(*_: object, **__: object) -> None:
        raise LookupError

    monkeypatch.setattr(check, "run_check", broken)
    stage.fill()
    stage.page.form.foot.check.click()
    stage.bot.waitUntil(lambda: bool(stage.page.strip.sentence()), timeout=A_CHECK)
    assert "LookupError" in stage.page.strip.sentence()
    assert stage.page.view is View.FORM
    assert stage.page.form.incoming.host.text() == IMAP_HOST


# Saving


def test_save_close_and_reopen_keeps_settings_and_not_the_password_on_disk(
    stage: Stage, themed: QApplication
) -> None:
    stage.fill()
    save(stage)
    account = stage.page.session.id
    assert list(stage.keychain.kept.values()) == [PASSWORD]
    ((service, user),) = stage.keychain.kept
    assert service == f"mailcheck/{account}/incoming"
    assert user == USER
    text = stage.accounts_file.read_text("utf-8")
    assert PASSWORD not in text
    assert "plum" not in text
    stage.window.close()

    again = make_stage(stage.bot, stage.accounts_file.parent)
    again.keychain.kept = stage.keychain.kept
    again.window.open_account("ANNA@practice.example ")
    assert again.page.form.incoming.host.text() == IMAP_HOST
    assert "keychain" in again.page.form.identity.password.placeholderText()
    again.check()
    assert verdict_of(again) is Verdict.OK
    again.window.close()
    again.practice.stop()


def test_the_last_verdict_is_remembered(stage: Stage) -> None:
    stage.fill()
    save(stage)
    stage.check()
    saved = stage.services.book.find(stage.page.session.id)
    assert saved is not None
    assert saved.last_check is not None
    assert saved.last_check.verdict is Verdict.OK


def test_a_second_password_has_an_entry_of_its_own(stage: Stage) -> None:
    stage.fill()
    stage.page.form.outgoing.same.setFocus()
    QTest.keyClick(stage.page.form.outgoing.same, Qt.Key.Key_Space)
    QTest.keyClicks(stage.page.form.outgoing.username, "sender")
    QTest.keyClicks(stage.page.form.outgoing.password, "second")
    save(stage)
    kept = {service.rpartition("/")[2]: pair for (service, pair) in stage.keychain.kept}
    assert kept == {"incoming": USER, "outgoing": "sender"}
    assert sorted(stage.keychain.kept.values()) == sorted([PASSWORD, "second"])


def test_a_second_password_without_a_user_name_is_kept_for_the_incoming_one(stage: Stage) -> None:
    stage.fill()
    line = stage.page.form.incoming.username
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "anna")
    stage.page.form.outgoing.same.setFocus()
    QTest.keyClick(stage.page.form.outgoing.same, Qt.Key.Key_Space)
    QTest.keyClicks(stage.page.form.outgoing.password, "second")
    save(stage)
    kept = {service.rpartition("/")[2]: pair for (service, pair) in stage.keychain.kept}
    assert kept == {"incoming": "anna", "outgoing": "anna"}


def test_a_new_user_name_leaves_no_old_entry_behind(stage: Stage) -> None:
    stage.fill()
    save(stage)
    line = stage.page.form.incoming.username
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "anna")
    save(stage)
    stage.bot.waitUntil(lambda: len(stage.keychain.kept) == 1, timeout=A_CHECK)
    assert [user for _, user in stage.keychain.kept] == ["anna"]
    saved = stage.page.session.saved
    assert saved is not None
    assert [entry.username for entry in saved.keychain] == ["anna"]


PASTED = [
    "imap://anna:S3cret@imap.practice.example",
    "imaps://imap.practice.example/?user=anna&password=S3cret",
    "imap.practice.example/#pw=S3cret",
    "imap.practice.example;S3cret",
    "imap.practice.example,S3cret",
]


@pytest.mark.parametrize(
    ("address", "host"),
    [(USER, PASTED[0]), (PASTED[0], PASTED[0]), (PASTED[1], PASTED[1])]
    + [("", host) for host in PASTED],
)
def test_a_password_in_a_pasted_address_is_not_saved(stage: Stage, address: str, host: str) -> None:
    form = stage.page.form
    QTest.keyClicks(form.identity.email, address)
    QTest.keyClicks(form.identity.password, PASSWORD)
    form.incoming.host.setFocus()
    QTest.keyClicks(form.incoming.host, host)
    stage.key(Qt.Key.Key_S, CONTROL)  # the keyboard is still in the box
    stage.settled()
    assert "S3cret" not in stage.accounts_file.read_text(encoding="utf-8")
    assert "S3cret" not in "".join(user for _, user in stage.keychain.kept)
    assert not any("S3cret" in row.title for row in stage.window.model.rows)
    assert "S3cret" not in stage.window.windowTitle()
    assert IMAP_HOST in stage.accounts_file.read_text(encoding="utf-8")


@pytest.mark.parametrize("host", PASTED[:3])
def test_a_pasted_address_is_tidied_before_it_is_checked(stage: Stage, host: str) -> None:
    form = stage.page.form
    form.incoming.host.setFocus()
    QTest.keyClicks(form.incoming.host, host)
    stage.key(Qt.Key.Key_Return, CONTROL)  # the keyboard is still in the box
    assert form.incoming.host.text() == IMAP_HOST
    stage.wait_for(View.RESULT)
    assert IMAP_HOST in stage.page.report.text()
    assert "S3cret" not in stage.page.report.text() + stage.window.windowTitle()


@pytest.mark.parametrize("typed", [f"imaps://{IMAP_HOST}/INBOX", f"{IMAP_HOST}:993"])
def test_a_practice_server_is_known_while_its_box_has_the_keyboard(
    stage: Stage, typed: str
) -> None:
    line = stage.page.form.incoming.host
    line.setFocus()
    QTest.keyClicks(line, typed)
    assert stage.page.practice
    stage.check()  # the stage has no other network than that of practice


def test_a_password_that_was_typed_as_the_address_too_is_shown_nowhere(stage: Stage) -> None:
    form = stage.page.form
    QTest.keyClicks(form.identity.email, "S3cret")
    QTest.keyClicks(form.identity.password, "S3cret")
    QTest.keyClicks(form.incoming.host, IMAP_HOST)
    stage.check()
    assert stage.page.session.title == "***"
    shown = stage.page.report.text() + stage.window.windowTitle()
    shown += "".join(row.title for row in stage.window.model.rows)
    assert "S3cret" not in shown


def test_what_is_saved_from_within_a_box_is_tidied(stage: Stage) -> None:
    line = stage.page.form.incoming.host
    line.setFocus()
    QTest.keyClicks(line, f"imaps://{IMAP_HOST}:143/")
    stage.key(Qt.Key.Key_S, CONTROL)
    stage.settled()
    saved = stage.page.session.saved
    assert saved is not None
    assert saved.draft.incoming is not None
    assert saved.draft.incoming.host == IMAP_HOST
    assert line.text() == IMAP_HOST


def test_without_the_tick_nothing_goes_into_the_keychain(stage: Stage) -> None:
    stage.fill()
    save(stage)
    stage.page.form.identity.remember.click()
    save(stage)
    assert stage.keychain.kept == {}
    saved = stage.page.session.saved
    assert saved is not None
    assert saved.keychain == ()
    stage.check()
    assert verdict_of(stage) is Verdict.OK  # kept until the window closes


def test_a_locked_keychain_is_said_and_the_account_is_saved_all_the_same(stage: Stage) -> None:
    stage.fill()
    stage.keychain.mood = KeyringLocked("no")
    save(stage)
    assert "locked" in stage.page.strip.sentence()
    assert "until you close Mailcheck" in stage.page.strip.sentence()
    assert stage.page.form.identity.remember.isHidden()
    stage.check()
    assert verdict_of(stage) is Verdict.OK
    stage.page.show_form()
    stage.keychain.mood = None
    stage.page.form.identity._again.click()
    stage.settled()
    assert not stage.page.form.identity.remember.isHidden()


def test_a_password_that_may_have_stayed_in_the_keychain_can_be_deleted_later(
    stage: Stage,
) -> None:
    def lock_with_the_first_secret() -> None:
        if stage.keychain.kept:
            stage.keychain.mood = KeyringLocked("no")

    stage.fill()
    stage.keychain.before = lock_with_the_first_secret
    save(stage)
    assert "until you close Mailcheck" in stage.page.strip.sentence()
    assert len(stage.keychain.kept) == 1
    stage.keychain.before = stage.keychain.mood = None
    delete_with_its_passwords(stage)


def test_a_refused_new_password_does_not_lose_sight_of_the_old_one(stage: Stage) -> None:
    stage.fill()
    save(stage)
    QTest.keyClicks(stage.page.form.identity.password, "2")
    stage.keychain.mood = KeyringLocked("no")
    save(stage)
    assert "until you close Mailcheck" in stage.page.strip.sentence()
    stage.keychain.mood = None
    assert list(stage.keychain.kept.values()) == [PASSWORD]
    delete_with_its_passwords(stage)


def test_a_locked_keychain_at_the_check_is_asked_about(stage: Stage) -> None:
    stage.fill()
    save(stage)
    stage.page.form.identity.password.clear()
    stage.keychain.mood = KeyringLocked("no")
    stage.page.form.foot.check.click()
    stage.bot.waitUntil(lambda: "locked" in stage.page.strip.sentence(), timeout=A_CHECK)
    assert not stage.page.runner.running
    stage.page.strip.press("go-on")
    stage.wait_for(View.RESULT)
    assert verdict_of(stage) is Verdict.INCOMPLETE


def test_waiting_for_the_keychain_is_seen_and_can_be_cancelled(stage: Stage) -> None:
    stage.fill()
    save(stage)
    stage.page.form.identity.password.clear()
    opened = threading.Event()
    stage.keychain.before = opened.wait
    stage.page.form.foot.check.click()
    stage.bot.waitUntil(lambda: "Waiting" in stage.page.strip.sentence(), timeout=A_CHECK)
    stage.key(Qt.Key.Key_Escape)
    assert not stage.page.keeper.desk.busy
    assert stage.page.strip.sentence() == ""
    opened.set()
    stage.bot.waitUntil(
        lambda: not any(t.name == "keychain" for t in threading.enumerate()), timeout=A_CHECK
    )
    assert not stage.page.runner.running


def test_a_full_disk_is_said_and_the_form_keeps_everything(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    from mailcheck_gui.storage import json_file

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    stage.fill()
    monkeypatch.setattr(json_file.os, "fsync", full)
    stage.page.form.foot.save.click()
    assert "disk is full" in stage.page.strip.sentence()
    assert stage.page.session.saved is None
    assert stage.page.form.incoming.host.text() == IMAP_HOST
    assert stage.keychain.kept == {}
    assert not os.path.lexists(stage.accounts_file)


def test_rename_asks_inside_the_page(stage: Stage) -> None:
    stage.fill()
    save(stage)
    stage.page.ask_name()
    assert stage.page.strip.line.hasFocus()
    stage.page.strip.line.selectAll()
    QTest.keyClicks(stage.page.strip.line, "Office")
    stage.key(Qt.Key.Key_Return)
    assert stage.page.row().title == "Office"
    assert stage.services.book.accounts[0].name == "Office"
    assert len(stage.keychain.kept) == 1


def test_esc_leaves_the_name_as_it_was(stage: Stage) -> None:
    stage.fill()
    save(stage)
    stage.page.ask_name()
    QTest.keyClicks(stage.page.strip.line, "Office")
    stage.key(Qt.Key.Key_Escape)
    assert stage.services.book.accounts[0].name == USER
    assert stage.page.strip.sentence() == ""


def test_deleting_the_account_deletes_the_password(stage: Stage) -> None:
    stage.fill()
    save(stage)
    page = stage.page
    page.ask_delete()
    assert "keychain" in page.strip.sentence()
    with stage.bot.waitSignal(page.removed, timeout=A_CHECK):
        page.strip.press("delete")
    assert stage.keychain.kept == {}
    assert stage.services.book.accounts == ()
    assert stage.window.page() is not page


def test_esc_keeps_the_account(stage: Stage) -> None:
    stage.fill()
    save(stage)
    stage.page.ask_delete()
    stage.key(Qt.Key.Key_Escape)
    assert len(stage.services.book.accounts) == 1
    assert len(stage.keychain.kept) == 1


def test_a_locked_keychain_stops_the_deletion_until_the_person_decides(stage: Stage) -> None:
    stage.fill()
    save(stage)
    stage.keychain.mood = KeyringLocked("no")
    page = stage.page
    page.ask_delete()
    page.strip.press("delete")
    stage.bot.waitUntil(lambda: "still in the keychain" in page.strip.sentence())
    assert len(stage.services.book.accounts) == 1
    with stage.bot.waitSignal(page.removed):
        page.strip.press("anyway")
    assert stage.services.book.accounts == ()


def test_several_accounts_are_listed_and_opened_by_number(stage: Stage) -> None:
    stage.fill()
    save(stage)
    stage.page.ask_name()
    stage.page.strip.line.setText("First")
    stage.key(Qt.Key.Key_Return)
    first = stage.page
    stage.key(Qt.Key.Key_N, CONTROL)
    assert stage.page is not first
    assert stage.page.form.incoming.host.text() == ""
    stage.fill()
    save(stage)
    assert [row.title for row in stage.window.model.rows] == ["First", USER]
    stage.key(Qt.Key.Key_1, CONTROL)
    assert stage.page is first
    stage.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert stage.page is not first


# Consent


def suggestion_of(stage: Stage, host: str) -> Suggestion:
    """Suggest another name for the outgoing server, as a certificate would."""
    from dataclasses import replace

    from mailcheck_gui.model.finding import Change

    report = stage.page.session.report
    assert report is not None
    assert report.account.outgoing is not None
    server = replace(report.account.outgoing, host=host, ascii_host=host)
    change = Change(
        Role.OUTGOING, Field.HOST, SMTP_HOST, host, "certificate-name-mismatch", Proof.HANDSHAKE
    )
    side = SideSuggestion(SideStatus.CHANGE, server, Proof.HANDSHAKE, (change,), needs_consent=True)
    return Suggestion(outgoing=side)


def test_apply_is_no_yes_to_a_new_host_and_the_question_is_asked_again(stage: Stage) -> None:
    stage.fill()
    stage.check()
    host = "blocked.practice.example"
    stage.page.apply(ApplyRequest(suggestion_of(stage, host)))
    consent = stage.page.starter._consent
    assert consent is not None
    assert host in consent.question()
    assert not stage.page.runner.running
    consent.declined.emit()
    stage.wait_for(View.CHECKING)
    stage.wait_for(View.RESULT)
    report = stage.page.session.report
    assert report is not None
    assert report.observations.sign_in(Role.OUTGOING).result.value == "not-tested"  # type: ignore[union-attr]
    stage.page.check()
    assert stage.page.starter._consent is not None


def test_a_yes_is_remembered_and_signs_in(stage: Stage) -> None:
    stage.fill()
    stage.check()
    stage.page.apply(ApplyRequest(suggestion_of(stage, "blocked.practice.example")))
    consent = stage.page.starter._consent
    assert consent is not None
    consent.agreed.emit()
    stage.wait_for(View.CHECKING)
    stage.wait_for(View.RESULT)
    report = stage.page.session.report
    assert report is not None
    assert report.observations.sign_in(Role.OUTGOING).result.value == "accepted"  # type: ignore[union-attr]


def test_saving_a_new_host_is_no_yes_to_it_either(stage: Stage) -> None:
    stage.fill()
    stage.check()
    host = "blocked.practice.example"
    stage.page.apply(ApplyRequest(suggestion_of(stage, host)))
    save(stage)
    stage.window.close()
    again = make_stage(stage.bot, stage.accounts_file.parent)
    again.keychain.kept = stage.keychain.kept
    again.window.open_account(USER)
    again.page.check()
    again.bot.waitUntil(lambda: again.page.starter._consent is not None, timeout=A_CHECK)
    assert not again.page.runner.running
    again.window.close()


def test_typing_the_host_oneself_needs_no_question(stage: Stage) -> None:
    stage.fill()
    stage.check()
    stage.page.apply(ApplyRequest(suggestion_of(stage, "blocked.practice.example")))
    line = stage.page.form.outgoing.host
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "blocked.practice.example")
    stage.check()
    assert verdict_of(stage) is Verdict.OK


def test_all_accounts_shows_the_state_and_opens_the_result(stage: Stage) -> None:
    stage.fill()
    save(stage)
    stage.check()
    checked = stage.page
    stage.window.open(ALL_ACCOUNTS)
    stage.window.page().table.opened.emit(checked.session.id)  # type: ignore[attr-defined]
    assert stage.page is checked
    assert stage.page.view is View.RESULT


def test_the_report_on_the_clipboard_holds_no_password(stage: Stage) -> None:
    stage.fill()
    stage.check()
    stage.page.result.copy_report_requested.emit()
    text = QApplication.clipboard().text()
    assert SMTP_HOST in text
    assert PASSWORD not in text


def test_no_password_is_in_the_window_title_or_in_any_accessible_text(stage: Stage) -> None:
    from PySide6.QtWidgets import QWidget

    stage.fill()
    stage.check()
    assert PASSWORD not in stage.window.windowTitle()
    said = [
        text
        for widget in stage.window.findChildren(QWidget)
        for text in (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    ]
    assert not any(PASSWORD in text for text in said)
