"""The result page in each of its shapes, with the keyboard, in both themes and at large text."""

from __future__ import annotations

from dataclasses import replace

import pytest
import window_reports as sample
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mailcheck_gui.model.account import Account, Role
from mailcheck_gui.model.finding import (
    Evidence,
    Severity,
    SideStatus,
    SideSuggestion,
    Suggestion,
)
from mailcheck_gui.model.report import Report, Verdict
from mailcheck_gui.ui.badge import Badge
from mailcheck_gui.ui.buttons import PrimaryButton
from mailcheck_gui.ui.cure_steps import provider_letter
from mailcheck_gui.ui.finding_card import FindingCard
from mailcheck_gui.ui.labels import ElideLabel, TypedLabel
from mailcheck_gui.ui.password_field import PasswordField
from mailcheck_gui.ui.port_map import PortMap
from mailcheck_gui.ui.port_tiles import Mark
from mailcheck_gui.ui.requests import ApplyRequest, ResultContext, TypedPasswords
from mailcheck_gui.ui.result_kind import ResultKind
from mailcheck_gui.ui.result_page import ResultView
from mailcheck_gui.ui.severity import Shape, ShapeMark
from mailcheck_gui.ui.side_line import SideLine
from mailcheck_gui.ui.theme import Roles
from mailcheck_gui.ui.transcript_view import transcript_text

CONTEXT = ResultContext("info@example.com")


@pytest.fixture
def view(qtbot: QtBot, themed: QApplication) -> ResultView:
    page = ResultView()
    qtbot.addWidget(page)
    page.resize(880, 760)
    page.show()
    return page


def shown(view: QWidget) -> list[str]:
    """All texts that can be seen."""
    labels = [label for label in view.findChildren(TypedLabel) if not _hidden(label, view)]
    elided = [label for label in view.findChildren(ElideLabel) if not _hidden(label, view)]
    badges = [badge for badge in view.findChildren(Badge) if not _hidden(badge, view)]
    return [
        *(label.plain_text() for label in labels),
        *(label.text() for label in elided),
        *(badge.text() for badge in badges),
    ]


def _hidden(widget: QWidget, view: QWidget) -> bool:
    return not widget.isVisibleTo(view)


def button(view: QWidget, words: str) -> QAbstractButton:
    """The visible button with these words."""
    found = [
        each
        for each in view.findChildren(QAbstractButton)
        if each.text() == words and each.isVisibleTo(view)
    ]
    assert len(found) == 1, f"{words}: {len(found)} buttons"
    return found[0]


def cards(view: ResultView) -> list[FindingCard]:
    """The visible cards of findings, from top to bottom."""
    found = [card for card in view.findChildren(FindingCard) if card.isVisibleTo(view)]
    return sorted(found, key=lambda card: card.mapTo(view, QPoint()).y())


def has_button(view: QWidget, words: str) -> bool:
    return any(
        each.text() == words and each.isVisibleTo(view)
        for each in view.findChildren(QAbstractButton)
    )


# A problem with a proven cure


def test_the_verdict_stands_beside_the_values_that_work(view: ResultView) -> None:
    view.show_report(sample.problem(), CONTEXT)
    texts = shown(view)
    assert "You can receive mail, but not send it" in texts
    assert "Change one setting" in texts
    assert "Works" in texts
    assert "Suggested" not in texts
    assert "Signed in" in texts
    assert "No change needed" in texts


def test_a_changed_row_reads_itself_out(view: ResultView) -> None:
    view.show_report(sample.problem(), CONTEXT)
    names = {label.accessibleName() for label in view.findChildren(QLabel)}
    assert "Port: yours 587, works 465, proof Signed in" in names


def test_apply_hands_over_the_suggestion(view: ResultView, qtbot: QtBot) -> None:
    report = sample.problem()
    view.show_report(report, CONTEXT)
    with qtbot.waitSignal(view.apply_requested) as caught:
        view.apply()
    assert caught.args == [ApplyRequest(report.suggestion)]


def test_enter_on_the_filled_button_applies(view: ResultView, qtbot: QtBot) -> None:
    view.show_report(sample.problem(), CONTEXT)
    primary = button(view, "Apply and check again")
    with qtbot.waitSignal(view.apply_requested):
        qtbot.keyClick(primary, Qt.Key.Key_Space)


def test_not_now_changes_nothing(view: ResultView, qtbot: QtBot) -> None:
    view.show_report(sample.problem(), CONTEXT)
    with qtbot.assertNotEmitted(view.apply_requested):
        button(view, "Not now").click()
    assert "Nothing was changed. The offer stays here." in shown(view)
    assert not has_button(view, "Not now")


def test_the_map_marks_yours_and_the_better_port(view: ResultView) -> None:
    view.show_report(sample.problem(), CONTEXT)
    marks = {
        tile.tile.port: tile.tile.mark
        for tile in view.findChild(PortMap).tiles()
        if tile.tile.mark is not Mark.NONE
    }
    assert marks == {465: Mark.USE_THIS, 587: Mark.YOURS_DIFFERS, 993: Mark.YOURS}


# Weaker proofs


def test_what_was_not_signed_in_with_is_only_suggested(view: ResultView) -> None:
    view.show_report(sample.both_sides(), CONTEXT)
    texts = shown(view)
    assert "Suggested" in texts
    assert "Works" not in texts
    assert "Handshake" in texts
    assert "Documented, 2026-09" in texts
    assert has_button(view, "Try these settings")
    assert not has_button(view, "Apply and check again")


def test_there_is_one_badge_a_side_and_one_more_for_a_weaker_proof(view: ResultView) -> None:
    view.show_report(sample.both_sides(), CONTEXT)
    badges = sorted(badge.text() for badge in view.findChildren(Badge))
    assert badges == ["Documented, 2026-09", "Handshake", "Handshake"]


def test_a_password_typed_into_the_foot_goes_along(view: ResultView, qtbot: QtBot) -> None:
    report = sample.both_sides()
    view.show_report(report, CONTEXT)
    button(view, "Enter password").click()
    sentence = (
        "Sent only to imap.example.com and smtp.example.com, once each, over verified encryption."
    )
    assert sentence in shown(view)
    field = view.findChild(PasswordField)
    field.setText("s3cret é")
    with qtbot.waitSignal(view.apply_requested) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    typed = TypedPasswords("s3cret é", "s3cret é")
    assert caught.args == [ApplyRequest(report.suggestion, passwords=typed)]


def test_passwords_are_not_in_the_words_of_a_request() -> None:
    request = ApplyRequest(Suggestion(), passwords=TypedPasswords("s3cret", "0ther"))
    assert "s3cret" not in repr(request)
    assert "0ther" not in repr(request)


# Consent


def test_apply_alone_is_no_yes_to_a_new_server_name(view: ResultView, qtbot: QtBot) -> None:
    report = sample.both_sides(needs_consent=True)
    view.show_report(report, CONTEXT)
    with qtbot.assertNotEmitted(view.apply_requested):
        view.apply()
    verdict = view.verdict()
    assert verdict is not None
    assert verdict.consent is not None
    assert verdict.consent.question() == "Send your password to imap.example.com?"
    focus = view.window().focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Check without password"
    with qtbot.waitSignal(view.apply_requested) as caught:
        button(view, "Send it").click()
    assert caught.args == [ApplyRequest(report.suggestion, frozenset({sample.IMAP_HOST}))]


def test_a_no_checks_without_the_password(view: ResultView, qtbot: QtBot) -> None:
    report = sample.both_sides(needs_consent=True)
    view.show_report(report, CONTEXT)
    view.apply()
    with qtbot.waitSignal(view.apply_requested) as caught:
        button(view, "Check without password").click()
    assert caught.args == [ApplyRequest(report.suggestion)]


def test_escape_takes_the_question_back(view: ResultView, qtbot: QtBot) -> None:
    view.show_report(sample.both_sides(needs_consent=True), CONTEXT)
    view.apply()
    with qtbot.assertNotEmitted(view.apply_requested):
        qtbot.keyClick(view.window().focusWidget(), Qt.Key.Key_Escape)
    assert has_button(view, "Try these settings")
    assert not has_button(view, "Send it")


def test_ctrl_enter_does_not_answer_the_question(view: ResultView, qtbot: QtBot) -> None:
    view.show_report(sample.both_sides(needs_consent=True), CONTEXT)
    view.apply()
    with qtbot.assertNotEmitted(view.apply_requested):
        view.apply()


# No setting helps


def test_a_bad_certificate_offers_steps_and_a_text_but_never_apply(
    view: ResultView, qtbot: QtBot
) -> None:
    view.show_report(sample.no_cure(), CONTEXT)
    assert not has_button(view, "Apply and check again")
    assert not has_button(view, "Try these settings")
    assert "Only your provider can renew it. Do not click a warning away." in shown(view)
    with qtbot.waitSignal(view.copy_text_requested) as caught:
        button(view, "Copy text").click()
    letter = caught.args[0]
    assert "imap.example.com" in letter
    assert "ran out on 3 March" in letter
    assert sample.USER not in letter
    with qtbot.waitSignal(view.save_report_requested):
        button(view, "Save report for my provider").click()


def test_a_refused_password_is_asked_for_again_in_place(view: ResultView, qtbot: QtBot) -> None:
    view.show_report(sample.wrong_password(), CONTEXT)
    field = view.findChild(PasswordField)
    qtbot.keyClicks(field, "right one")
    with qtbot.waitSignal(view.passwords_entered) as caught:
        view.apply()
    assert caught.args == [TypedPasswords("right one", "right one")]


def test_an_empty_field_checks_again_with_what_is_known(view: ResultView, qtbot: QtBot) -> None:
    view.show_report(sample.wrong_password(), CONTEXT)
    with (
        qtbot.assertNotEmitted(view.passwords_entered),
        qtbot.waitSignal(view.check_again_requested),
    ):
        view.apply()


def test_a_second_password_has_a_field_of_its_own(view: ResultView, qtbot: QtBot) -> None:
    context = replace(CONTEXT, separate_passwords=True)
    view.show_report(sample.wrong_password(), context)
    fields = view.findChildren(PasswordField)
    assert [field.accessibleName() for field in fields] == [
        "Password for incoming mail",
        "Password for outgoing mail",
    ]
    qtbot.keyClicks(fields[1], "only this")
    with qtbot.waitSignal(view.passwords_entered) as caught:
        view.apply()
    assert caught.args == [TypedPasswords("", "only this")]


# Other states


def test_all_fine_names_what_is_still_to_be_done_in_the_mail_program(
    view: ResultView, qtbot: QtBot
) -> None:
    context = replace(CONTEXT, applied=(sample.PORT_CHANGE,), can_undo=True)
    view.show_report(sample.perfect(), context)
    texts = shown(view)
    assert "Everything works" in texts
    assert "Last step: put port 465 into your mail program" in texts
    assert texts.count("Signed in") == 2
    assert "valid for 74 days" in texts
    with qtbot.waitSignal(view.copy_text_requested) as caught:
        button(view, "Copy the new value").click()
    assert caught.args == ["Outgoing mail, Port: 465"]
    with qtbot.waitSignal(view.undo_requested):
        button(view, "Undo").click()


def test_the_last_step_waits_until_the_settings_work(view: ResultView) -> None:
    view.show_report(sample.problem(), replace(CONTEXT, applied=(sample.PORT_CHANGE,)))
    assert not any(text.startswith("Last step") for text in shown(view))


def test_a_warning_is_worth_knowing_and_leads_to_its_details(
    view: ResultView, qtbot: QtBot
) -> None:
    report = replace(sample.all_fine(), verdict=Verdict.OK, findings=(sample.PORT_25,))
    view.show_report(report, CONTEXT)
    assert "Worth knowing" in shown(view)
    button(view, "Details").click()
    card = cards(view)[0]
    assert card.disclosure is not None
    assert view.window().focusWidget() is card.disclosure.link


def test_without_a_password_the_foot_asks_for_it(view: ResultView, qtbot: QtBot) -> None:
    view.show_report(sample.without_password(), CONTEXT)
    texts = shown(view)
    assert "Checked without password" in texts
    assert "Signed in" not in texts
    field = view.findChild(PasswordField)
    qtbot.keyClicks(field, "pw")
    with qtbot.waitSignal(view.passwords_entered) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == [TypedPasswords("pw", "pw")]


def test_a_stopped_check_keeps_what_is_known(view: ResultView) -> None:
    view.show_report(sample.cancelled(), CONTEXT)
    texts = shown(view)
    assert "Stopped after 1.2 seconds" in texts
    assert {tile.tile.port for tile in view.findChild(PortMap).tiles()} == {993, 143}


def _remarks(view: ResultView) -> list[tuple[Shape, str]]:
    """The shape and the word of each side that does not change."""
    lines = [line for line in view.findChildren(SideLine) if line.isVisibleTo(view)]
    return [
        (line.findChild(ShapeMark).shape(), line.findChildren(TypedLabel)[-1].plain_text())
        for line in lines
    ]


def test_a_side_that_a_stopped_check_did_not_finish_has_neither_tick_nor_cross(
    view: ResultView,
) -> None:
    no_cure = SideSuggestion(SideStatus.NO_CURE)
    finished = sample.problem()
    changes = replace(finished, suggestion=replace(finished.suggestion, incoming=no_cure))
    view.show_report(replace(changes, cancelled=True), CONTEXT)
    assert _remarks(view) == [(Shape.NOT_TESTED, "Not known: the check was stopped")]
    view.show_report(changes, CONTEXT)
    assert _remarks(view) == [(Shape.ERROR, "No setting helps here")]


def test_a_stopped_check_does_not_say_that_no_setting_helps(view: ResultView) -> None:
    no_cure = SideSuggestion(SideStatus.NO_CURE)
    stopped = replace(sample.no_cure(), suggestion=Suggestion(no_cure, no_cure), cancelled=True)
    view.show_report(stopped, CONTEXT)
    assert _remarks(view) == [
        (Shape.ERROR, "No better setting known: the check was stopped"),
        (Shape.NOT_TESTED, "Not known: the check was stopped"),
    ]


def test_offline_shows_no_ports_and_tries_again(view: ResultView, qtbot: QtBot) -> None:
    view.show_report(sample.offline(), CONTEXT)
    assert "This computer is not connected" in shown(view)
    assert view.findChild(PortMap) is None
    with qtbot.waitSignal(view.check_again_requested):
        button(view, "Try again").click()


def test_practice_says_so_and_can_be_left(view: ResultView, qtbot: QtBot) -> None:
    view.show_report(sample.problem(), replace(CONTEXT, practice=True))
    assert "Practice: nothing here is real" in shown(view)
    with qtbot.waitSignal(view.leave_practice_requested):
        button(view, "Leave").click()
    view.show_report(sample.problem(), CONTEXT)
    assert "Practice: nothing here is real" not in shown(view)


def test_only_one_side_is_shown_where_only_one_was_given(view: ResultView) -> None:
    report = replace(sample.perfect(), account=Account(outgoing=sample.SMTP_465))
    view.show_report(report, CONTEXT)
    assert "Sending mail works" in shown(view)
    assert "Incoming mail (IMAP)" not in shown(view)


@pytest.mark.parametrize("name", sorted(sample.ALL))
def test_each_page_has_at_most_one_filled_button(view: ResultView, name: str) -> None:
    view.show_report(sample.ALL[name](), replace(CONTEXT, applied=(sample.PORT_CHANGE,)))
    filled = [each for each in view.findChildren(PrimaryButton) if each.isVisibleTo(view)]
    assert len(filled) <= 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("problem", ResultKind.CHANGE),
        ("both_sides", ResultKind.CHANGE),
        ("no_cure", ResultKind.NO_CURE),
        ("wrong_password", ResultKind.NO_CURE),
        ("without_password", ResultKind.INCOMPLETE),
        ("cancelled", ResultKind.INCOMPLETE),
        ("offline", ResultKind.OFFLINE),
        ("perfect", ResultKind.FINE),
    ],
)
def test_each_report_has_its_shape(view: ResultView, name: str, kind: ResultKind) -> None:
    view.show_report(sample.ALL[name](), CONTEXT)
    verdict = view.verdict()
    assert verdict is not None
    assert verdict.kind is kind


# Findings and evidence


def test_evidence_is_closed_first_and_shows_control_signs_when_open(
    view: ResultView, qtbot: QtBot
) -> None:
    view.show_report(sample.wrong_password(), CONTEXT)
    card = cards(view)[0]
    assert card.disclosure is not None
    assert not card.disclosure.is_open()
    qtbot.keyClick(card.disclosure.link, Qt.Key.Key_Return)
    box = card.findChild(QPlainTextEdit)
    assert box.toPlainText() == "535 5.7.8 Error: authentication failed ⟨U+202E⟩ ⟨0x07⟩"
    assert box.isReadOnly()
    assert view.close_evidence()
    assert not card.disclosure.is_open()
    assert not view.close_evidence()


def test_the_words_of_our_own_tls_library_are_not_called_the_servers(view: ResultView) -> None:
    expired = replace(sample.EXPIRED, evidence=Evidence(quote=b"certificate has expired"))
    view.show_report(replace(sample.no_cure(), findings=(expired,)), CONTEXT)
    assert has_button(view, "Show evidence")
    assert not has_button(view, "What the server said")
    assert "The server said" not in provider_letter(replace(sample.no_cure(), findings=(expired,)))


def test_the_letter_quotes_the_server_on_one_line() -> None:
    refused = replace(
        sample.finding("server-refuses-client", Severity.ERROR, Role.OUTGOING, "It hangs up"),
        evidence=Evidence(quote=b"554-no\r\n554 \xe2\x80\xaego away"),
    )
    letter = provider_letter(replace(sample.no_cure(), findings=(refused,)))
    assert "The server said: 554-no 554 ⟨U+202E⟩go away" in letter


def test_findings_keep_the_reports_order(view: ResultView) -> None:
    report = sample.problem()
    view.show_report(report, CONTEXT)
    assert tuple(card.finding for card in cards(view)) == report.findings


def test_a_servers_markup_is_only_text(view: ResultView) -> None:
    nasty = replace(
        sample.TLS_ON_STARTTLS, title=replace(sample.TLS_ON_STARTTLS.title, template="<h1>Hi</h1>")
    )
    view.show_report(replace(sample.problem(), findings=(nasty,)), CONTEXT)
    assert "<h1>Hi</h1>" in shown(view)
    for label in view.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_the_transcript_is_grouped_by_connection() -> None:
    text = transcript_text(sample.TRANSCRIPT)
    assert text.splitlines()[0] == "smtp.example.com:465 (203.0.113.26)"
    assert text.count("smtp.example.com:465") == 1
    assert "→ AUTH PLAIN ***" in text
    assert "← 220 smtp.example.com ESMTP Postfix" in text


def test_the_report_can_be_copied_and_saved(view: ResultView, qtbot: QtBot) -> None:
    view.show_report(sample.problem(), CONTEXT)
    with qtbot.waitSignal(view.copy_report_requested):
        button(view, "Copy as text").click()
    view.confirm_copied()
    assert has_button(view, "Copied")
    with qtbot.waitSignal(view.save_report_requested):
        button(view, "Save report").click()


# Keyboard, accessibility, sizes


def test_header_actions_come_after_the_verdicts_button(view: ResultView) -> None:
    view.show_report(sample.problem(), CONTEXT)
    order: list[str] = []
    widget: QWidget = view
    for _ in range(200):
        widget = widget.nextInFocusChain()
        if isinstance(widget, QPushButton) and widget.isVisibleTo(view):
            order.append(widget.accessibleName())
        if widget is view:
            break
    apply = order.index("Apply and check again")
    assert order[apply : apply + 4] == [
        "Apply and check again",
        "Edit settings",
        "Check again",
        "More",
    ]


@pytest.mark.parametrize("name", sorted(sample.ALL))
def test_every_place_of_the_keyboard_has_a_name(view: ResultView, name: str) -> None:
    view.show_report(sample.ALL[name](), replace(CONTEXT, practice=True, can_undo=True))
    nameless = [
        widget
        for widget in view.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(view)
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_the_verdict_takes_the_keyboard_when_asked(view: ResultView) -> None:
    view.show_report(sample.problem(), CONTEXT)
    before = view.window().focusWidget()
    verdict = view.verdict()
    assert verdict is not None
    assert before is not verdict.head
    view.focus_verdict()
    assert view.window().focusWidget() is verdict.head
    assert verdict.head.accessibleName().startswith("You can receive mail, but not send it.")


def _overflow(view: ResultView) -> int:
    return view.widget().width() - view.viewport().width()


@pytest.mark.parametrize("name", sorted(sample.ALL))
def test_nothing_is_cut_off_at_200_percent_in_the_smallest_window(
    qtbot: QtBot, large_text: QApplication, name: str
) -> None:
    page = ResultView()
    qtbot.addWidget(page)
    page.resize(844, 620)
    page.show()
    page.show_report(sample.ALL[name](), replace(CONTEXT, applied=(sample.PORT_CHANGE,)))
    large_text.processEvents()
    assert _overflow(page) <= 0


@pytest.mark.parametrize("name", ["problem", "both_sides"])
def test_the_verdict_with_its_button_fits_the_smallest_window(view: ResultView, name: str) -> None:
    view.resize(844, 620)
    view.show_report(sample.ALL[name](), CONTEXT)
    verdict = view.verdict()
    assert verdict is not None
    bottom = verdict.mapTo(view, verdict.rect().bottomLeft()).y()
    assert bottom < 620


def test_the_first_layout_is_the_final_one(view: ResultView, themed: QApplication) -> None:
    view.show_report(sample.problem(), CONTEXT)
    at_once = view.widget().height()
    for _ in range(5):
        themed.processEvents()
    assert view.widget().height() == at_once


def test_a_second_report_replaces_the_first(view: ResultView, themed: QApplication) -> None:
    view.show_report(sample.problem(), CONTEXT)
    view.show_report(sample.perfect(), CONTEXT)
    themed.processEvents()
    assert "You can receive mail, but not send it" not in shown(view)
    assert cards(view) == []


def test_pages_are_drawn_in_both_themes(qtbot: QtBot, colours: Roles, themed: QApplication) -> None:
    page = ResultView()
    qtbot.addWidget(page)
    page.resize(880, 760)
    page.show()
    page.show_report(sample.problem(), CONTEXT)
    picture = page.grab().toImage()
    used = {picture.pixelColor(x, 45).name() for x in range(0, 880, 4)}
    assert len(used) > 1


def report_with_long_texts() -> Report:
    host = "postausgang.rechenzentrum-sued.musterbetrieb.example"
    long = replace(sample.SMTP_587_TLS, host=host, ascii_host=host, username=f"rechnung@{host}")
    return replace(sample.problem(), account=Account(sample.USER, sample.IMAP, long))


def test_long_names_do_not_widen_the_page(view: ResultView, themed: QApplication) -> None:
    view.resize(844, 620)
    view.show_report(report_with_long_texts(), CONTEXT)
    themed.processEvents()
    assert _overflow(view) <= 0
