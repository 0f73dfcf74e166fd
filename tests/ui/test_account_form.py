"""The form: what it says while someone types, what it fills in, and what it hands over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.model.account import (
    AccountDraft,
    AuthMethod,
    Field,
    Protocol,
    Role,
    Security,
    ServerDraft,
)
from mailcheck_gui.model.finding import Severity, message
from mailcheck_gui.model.intake import Refusal
from mailcheck_gui.storage.credentials import StoreState
from mailcheck_gui.ui.account_form import AccountForm
from mailcheck_gui.ui.choice_boxes import ChoiceBox
from mailcheck_gui.ui.theme import roles


@pytest.fixture
def form(qtbot: QtBot, themed: QApplication) -> AccountForm:
    made = AccountForm(load_providers)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    made.show_draft(AccountDraft())
    return made


def test_the_first_picture_has_the_foot_in_line_with_the_page(
    qtbot: QtBot, themed: QApplication
) -> None:
    made = AccountForm(load_providers)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    edges = [
        each.mapTo(made, each.rect().topRight()).x() for each in (made.foot.check, made.identity)
    ]
    assert edges[0] == edges[1]


def choose(box: ChoiceBox[Security] | ChoiceBox[Protocol], words: str) -> None:
    """Choose as a person does: by keys in the closed box."""
    box.setFocus()
    QTest.keyClicks(box, words[:2])
    assert box.currentText() == words


def retype(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def leave(form: AccountForm) -> None:
    form.foot.check.setFocus()


FULL = AccountDraft(
    email="info@example.com",
    incoming=ServerDraft(
        Protocol.POP3,
        "pop.example.com",
        "110",
        Security.STARTTLS,
        AuthMethod.ENCRYPTED_PASSWORD,
        "info",
    ),
    outgoing=ServerDraft(
        Protocol.SMTP,
        "smtp.example.com",
        "2525",
        Security.NONE,
        AuthMethod.NONE,
        "other",
    ),
    same_credentials=False,
    name="Office",
)


def test_every_value_of_a_draft_is_shown_and_handed_back(form: AccountForm) -> None:
    form.show_draft(FULL)
    assert form.draft() == FULL


def test_an_empty_form_has_no_sides_and_says_nothing(form: AccountForm) -> None:
    assert form.draft() == AccountDraft()
    assert not any(slot.sentence() for slot in form._slots())


def test_a_side_whose_server_was_deleted_again_is_no_side(form: AccountForm) -> None:
    form.show_draft(FULL)
    form.incoming.host.clear()
    assert form.draft().incoming is None
    assert form.draft().outgoing is not None


def test_a_port_of_its_own_without_a_server_is_a_side(form: AccountForm) -> None:
    retype(form.incoming.port.line(), "1993")
    side = form.draft().incoming
    assert side is not None
    assert (side.host, side.port) == ("", "1993")


def test_one_typed_side_is_one_side(form: AccountForm) -> None:
    QTest.keyClicks(form.outgoing.host, "smtp.example.com")
    draft = form.draft()
    assert draft.incoming is None
    assert draft.outgoing == ServerDraft(
        Protocol.SMTP, "smtp.example.com", "465", Security.IMPLICIT_TLS, AuthMethod.PASSWORD
    )


# Port and encryption


def test_the_port_follows_the_encryption(form: AccountForm) -> None:
    choose(form.incoming.security, "STARTTLS")
    assert form.incoming.port.currentText() == "143"


def test_the_encryption_follows_the_port(form: AccountForm) -> None:
    retype(form.outgoing.port.line(), "587")
    assert form.outgoing.security.value() is Security.STARTTLS


def test_a_port_that_was_typed_stays(form: AccountForm) -> None:
    retype(form.outgoing.port.line(), "2525")
    choose(form.outgoing.security, "SSL/TLS")
    assert form.outgoing.port.currentText() == "2525"


def test_an_encryption_that_was_chosen_stays(form: AccountForm) -> None:
    choose(form.outgoing.security, "STARTTLS")
    retype(form.outgoing.port.line(), "465")
    assert form.outgoing.security.value() is Security.STARTTLS


def test_the_port_follows_the_protocol(form: AccountForm) -> None:
    choose(form.incoming.protocol, "POP3")
    assert form.incoming.port.currentText() == "995"
    offered = [form.incoming.port.itemText(i) for i in range(form.incoming.port.count())]
    assert offered == ["995", "110"]


def test_a_port_of_another_protocol_changes_nothing_else(form: AccountForm) -> None:
    retype(form.incoming.port.line(), "110")
    assert form.incoming.security.value() is Security.IMPLICIT_TLS


@pytest.mark.parametrize("typed", ["0", "70000", "imap", "５８７", "99999999999999999999", " 58"])
def test_any_text_can_be_typed_as_a_port_and_is_kept(form: AccountForm, typed: str) -> None:
    line = form.outgoing.port.line()
    line.selectAll()
    line.insert(typed)
    line.textEdited.emit(typed)
    QTest.keyClicks(form.outgoing.host, "h")
    outgoing = form.draft().outgoing
    assert outgoing is not None
    assert outgoing.port == typed


def test_a_typed_port_is_not_completed_to_a_longer_one(form: AccountForm) -> None:
    retype(form.outgoing.port.line(), "58")
    assert form.outgoing.port.currentText() == "58"


# Hints


def test_a_pair_that_does_not_match_is_named_while_typing(form: AccountForm, qtbot: QtBot) -> None:
    QTest.keyClicks(form.outgoing.host, "smtp.example.com")
    choose(form.outgoing.security, "SSL/TLS")
    form.outgoing._security_touched = True
    retype(form.outgoing.port.line(), "587")
    slot = form.outgoing.slot(Field.PORT)
    qtbot.waitUntil(lambda: "STARTTLS" in slot.sentence())
    slot.press()
    assert form.outgoing.security.value() is Security.STARTTLS
    assert slot.sentence() == ""


def test_a_hint_waits_for_a_pause_in_typing(form: AccountForm) -> None:
    form.outgoing._security_touched = True
    QTest.keyClicks(form.outgoing.host, "smtp.example.com")
    retype(form.outgoing.port.line(), "587")
    assert form._timer.isActive()
    assert form.outgoing.slot(Field.PORT).sentence() == ""


def test_a_hint_without_a_cure_has_no_button(form: AccountForm, qtbot: QtBot) -> None:
    form.outgoing.slot(Field.HOST).say(Severity.INFO, "A sentence.")
    hint = form.outgoing.slot(Field.HOST)._hint
    assert hint.button().isHidden()


# Cleaning


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        (" imap.example.com ", "imap.example.com"),
        ("imap.example.com\u00a0", "imap.example.com"),
        ("imaps://imap.example.com/", "imap.example.com"),
        ("imap.example.com:993", "imap.example.com"),
    ],
)
def test_a_host_is_tidied_when_it_is_left_and_that_is_said(
    form: AccountForm, typed: str, host: str
) -> None:
    form.incoming.host.setFocus()
    form.incoming.host.insert(typed)
    form.incoming.changed.emit()
    QTest.keyClick(form.incoming.host, Qt.Key.Key_Tab)
    assert form.incoming.host.text() == host
    incoming = form.draft().incoming
    assert incoming is not None
    assert take_in(form.draft(), load_providers()).cleaned == ()


def test_what_was_tidied_is_shown_below_the_field(form: AccountForm) -> None:
    retype(form.incoming.host, "imap://imap.example.com")
    QTest.keyClick(form.incoming.host, Qt.Key.Key_Tab)
    sentence = form.incoming.slot(Field.HOST).sentence()
    assert "imap://imap.example.com" in sentence
    assert "imap.example.com" in sentence


def test_the_note_goes_when_the_field_is_typed_anew(form: AccountForm) -> None:
    retype(form.incoming.host, "imap://imap.example.com")
    QTest.keyClick(form.incoming.host, Qt.Key.Key_Tab)
    retype(form.incoming.host, "imap.example.org")
    QTest.keyClick(form.incoming.host, Qt.Key.Key_Tab)
    assert form.incoming.slot(Field.HOST).sentence() == ""


def test_an_umlaut_domain_stays_readable(form: AccountForm) -> None:
    form.incoming.host.setFocus()
    form.incoming.host.insert("imap.bücher.example")  # QTest types Latin-1 only
    leave(form)
    assert form.incoming.host.text() == "imap.bücher.example"


# Refusals


def test_refusals_stand_at_their_fields_and_the_first_gets_the_keyboard(
    form: AccountForm,
) -> None:
    QTest.keyClicks(form.incoming.host, "imap.example.com")
    retype(form.incoming.port.line(), "70000")
    intake = take_in(form.draft(), load_providers())
    form.show_refusals(intake.refusals)
    assert form.incoming.slot(Field.PORT).sentence()
    assert form.incoming.port.hasFocus() or form.incoming.port.line().hasFocus()


def test_a_refused_password_speaks_at_the_password(form: AccountForm) -> None:
    form.show_refusals([Refusal(Role.ACCOUNT, Field.PASSWORD, message("No."))])
    assert form.identity.slots[Field.PASSWORD].sentence() == "No."
    assert form.identity.password.hasFocus()


# Credentials


def test_sending_shares_user_and_password_unless_told_otherwise(form: AccountForm) -> None:
    QTest.keyClicks(form.identity.password, "one")
    assert form.outgoing.same.isChecked()
    assert form.outgoing.username.isHidden() or not form.outgoing.username.isVisible()
    assert form.passwords().outgoing == "one"


def test_sending_can_have_its_own_user_and_password(form: AccountForm) -> None:
    form.outgoing.same.setFocus()
    QTest.keyClick(form.outgoing.same, Qt.Key.Key_Space)
    assert form.outgoing.username.isVisible()
    QTest.keyClicks(form.identity.password, "one")
    QTest.keyClicks(form.outgoing.password, "two")
    QTest.keyClicks(form.outgoing.host, "smtp.example.com")
    QTest.keyClicks(form.outgoing.username, "sender")
    assert (form.passwords().incoming, form.passwords().outgoing) == ("one", "two")
    draft = form.draft()
    assert draft.same_credentials is False
    assert draft.outgoing is not None
    assert draft.outgoing.username == "sender"


def test_an_empty_user_for_sending_is_that_of_receiving(form: AccountForm) -> None:
    QTest.keyClicks(form.incoming.host, "imap.example.com")
    QTest.keyClicks(form.incoming.username, "anna")
    QTest.keyClicks(form.outgoing.host, "smtp.example.com")
    form.outgoing.same.click()
    account = take_in(form.draft(), load_providers()).account
    assert account is not None
    assert account.outgoing is not None
    assert (account.outgoing.username, account.same_credentials) == ("anna", False)


@pytest.mark.parametrize(
    ("typed", "says"),
    [(" copied", "blank"), ("copied ", "blank"), ("a\u00a0b", "special kind"), ("plum pie", "")],
)
def test_what_copying_adds_to_a_password_is_said_when_the_field_is_left(
    form: AccountForm, typed: str, says: str
) -> None:
    form.identity.password.setFocus()
    form.identity.password.insert(typed)
    form.identity.changed.emit()
    QTest.keyClick(form.identity.password, Qt.Key.Key_Tab)
    sentence = form.identity.slots[Field.PASSWORD].sentence()
    assert says in sentence
    assert bool(sentence) is bool(says)


def test_a_password_in_the_box_of_the_user_name_is_noted(form: AccountForm) -> None:
    QTest.keyClicks(form.incoming.username, "Hunter2secret")
    form.identity.password.setFocus()
    QTest.keyClicks(form.identity.password, "Hunter2secret")
    QTest.keyClick(form.identity.password, Qt.Key.Key_Tab)
    sentence = form.identity.slots[Field.PASSWORD].sentence()
    assert sentence == "The user name and the password are the same."


def test_a_second_password_is_noted_at_its_own_field(form: AccountForm) -> None:
    form.outgoing.same.click()
    form.outgoing.password.setFocus()
    QTest.keyClicks(form.outgoing.password, " second")
    QTest.keyClick(form.outgoing.password, Qt.Key.Key_Tab)
    assert "blank" in form.outgoing.slot(Field.PASSWORD).sentence()
    assert form.identity.slots[Field.PASSWORD].sentence() == ""


def test_a_refused_second_password_speaks_at_its_own_field(form: AccountForm) -> None:
    form.outgoing.same.click()
    form.show_refusals([Refusal(Role.OUTGOING, Field.PASSWORD, message("No."))])
    assert form.outgoing.slot(Field.PASSWORD).sentence() == "No."
    assert form.outgoing.password.hasFocus()


def test_a_user_name_above_serves_sending_without_receiving(form: AccountForm) -> None:
    QTest.keyClicks(form.incoming.username, "me")
    QTest.keyClicks(form.outgoing.host, "smtp.example.com")
    outgoing = form.draft().outgoing
    assert outgoing is not None
    assert outgoing.username == "me"


def test_the_eye_shows_the_password_by_keys(form: AccountForm) -> None:
    field = form.identity.password
    QTest.keyClicks(field, "secret")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_E, control)
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    QTest.keyClick(field, Qt.Key.Key_E, control)
    assert field.echoMode() is QLineEdit.EchoMode.Password


def test_a_kept_password_is_told_in_the_empty_field(form: AccountForm) -> None:
    form.show_kept(incoming=True, outgoing=False)
    assert "keychain" in form.identity.password.placeholderText()
    form.show_kept(incoming=False, outgoing=False)
    assert form.identity.password.placeholderText() == ""


@pytest.mark.parametrize(
    ("state", "again"),
    [(StoreState.NONE, False), (StoreState.LOCKED, True), (StoreState.BROKEN, True)],
)
def test_without_a_keychain_the_form_says_how_long_a_password_is_kept(
    form: AccountForm, state: StoreState, again: bool
) -> None:
    form.show_keychain(state)
    assert form.identity.remember.isHidden()
    assert "until you close Mailcheck" in form.identity._state.plain_text()
    assert form.identity._again.isHidden() is not again
    assert not form.identity.wants_keychain()
    form.show_keychain(StoreState.AVAILABLE)
    assert form.identity.wants_keychain()


# The foot


def test_the_foot_names_the_only_places_for_the_password(form: AccountForm) -> None:
    assert form.foot.promise().startswith("Enter a server name.")
    QTest.keyClicks(form.incoming.host, "imap.example.com")
    assert "sent to imap.example.com only" in form.foot.promise()
    QTest.keyClicks(form.outgoing.host, "smtp.example.com")
    assert "imap.example.com and smtp.example.com only" in form.foot.promise()


@pytest.mark.parametrize(
    "typed", ["https://mail.google.com/mail/u/0", "two words.example", "-", "a" * 300 + ".example"]
)
def test_the_foot_names_nothing_that_a_check_would_not_go_to(form: AccountForm, typed: str) -> None:
    QTest.keyClicks(form.outgoing.host, typed)
    assert form.foot.promise().startswith("Enter a server name.")
    QTest.keyClicks(form.incoming.host, "imap.example.com")
    assert "sent to imap.example.com only" in form.foot.promise()


def test_the_foot_names_a_host_as_it_is_used(form: AccountForm) -> None:
    QTest.keyClicks(form.incoming.host, " imaps://IMAP.example.com:993 ")
    assert "sent to imap.example.com only" in form.foot.promise()


def test_a_very_long_host_does_not_stretch_the_foot(form: AccountForm) -> None:
    form.incoming.host.setText("a" * 1000 + ".example")
    form.incoming.changed.emit()
    assert len(form.foot.promise()) < 200


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_in_any_line_checks(form: AccountForm, qtbot: QtBot, key: Qt.Key) -> None:
    lines = (form.identity.email, form.identity.password, form.incoming.host, form.outgoing.host)
    for line in (*lines, form.outgoing.port.line()):
        line.setFocus()
        with qtbot.waitSignal(form.check_requested):
            QTest.keyClick(line, key)


def test_enter_on_a_button_presses_that_button(form: AccountForm, qtbot: QtBot) -> None:
    form.foot.save.setFocus()
    with (
        qtbot.waitSignal(form.save_requested),
        qtbot.assertNotEmitted(form.check_requested),
    ):
        QTest.keyClick(form.foot.save, Qt.Key.Key_Return)


def test_tab_walks_through_the_form_from_top_to_bottom(form: AccountForm) -> None:
    form.identity.email.setFocus()
    walked = []
    for _ in range(15):
        walked.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    wanted = [
        form.identity.email,
        form.identity.password,
        form.identity.remember,
        form.identity.find_settings,
        form.incoming.protocol,
        form.incoming.host,
        form.incoming.port,
        form.incoming.security,
        form.incoming.username,
        form.incoming.auth,
        form.outgoing.host,
        form.outgoing.port,
        form.outgoing.security,
        form.outgoing.same,
        form.outgoing.auth,
    ]
    assert [_owner(each) for each in walked] == wanted


def _owner(widget: object) -> object:
    """An editable combo box hands the keyboard to its line."""
    parent = widget.parentWidget() if isinstance(widget, QLineEdit) else None
    return parent if hasattr(parent, "line") else widget


def test_the_wheel_scrolls_the_page_and_changes_no_box(form: AccountForm) -> None:
    box = form.incoming.security
    form.identity.email.setFocus()
    before = box.currentIndex()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert box.currentIndex() == before


def edge_colour(line: QLineEdit) -> str:
    """Return the colour of a field's lower edge as it is painted."""
    picture = line.grab().toImage()
    return picture.pixelColor(picture.width() // 2, picture.height() - 1).name()


def test_the_edge_of_a_field_says_that_the_sentence_below_is_about_it(form: AccountForm) -> None:
    host = form.incoming.host
    plain = edge_colour(host)
    form.show_refusals((Refusal(Role.INCOMING, Field.PORT, message("No.")),))
    assert edge_colour(host) == plain

    places = ((Role.ACCOUNT, Field.EMAIL), (Role.INCOMING, Field.HOST))
    form.show_refusals([Refusal(*place, message("No.")) for place in places])
    assert edge_colour(host) == roles().error

    retype(form.outgoing.host, "smtp.example.com")
    form.show_hints()
    assert edge_colour(host) == plain


def test_a_refusal_stays_while_the_keyboard_moves_and_goes_when_something_is_typed(
    form: AccountForm,
) -> None:
    form.incoming.port.setFocus()  # left as soon as the refused field gets the keyboard
    form.show_refusals((Refusal(Role.INCOMING, Field.HOST, message("No such name.")),))
    slot = form.incoming.slot(Field.HOST)
    assert slot.sentence() == "No such name."
    form.identity.email.setFocus()
    assert slot.sentence() == "No such name."

    retype(form.incoming.host, "imap.example.com")
    form.show_hints()
    assert slot.sentence() == ""
