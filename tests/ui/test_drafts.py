"""What hints and suggestions do to typed settings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck_gui.model.account import (
    AccountDraft,
    AuthMethod,
    Field,
    Protocol,
    Role,
    Security,
    Server,
    ServerDraft,
)
from mailcheck_gui.model.finding import Change, Proof, SideStatus, SideSuggestion, Suggestion
from mailcheck_gui.ui.drafts import hosts, is_practice, title_of, with_fix, with_suggestion

DRAFT = AccountDraft(
    email="me@example.com",
    incoming=ServerDraft(Protocol.IMAP, " imap.example.com ", "993", Security.IMPLICIT_TLS),
    outgoing=ServerDraft(Protocol.SMTP, "smtp.example.com", "587", Security.IMPLICIT_TLS),
)


def suggestion(*fields: Field, username: str = "") -> Suggestion:
    server = Server(
        Protocol.SMTP,
        "mail.example.com",
        "mail.example.com",
        465,
        Security.IMPLICIT_TLS,
        AuthMethod.PASSWORD,
        username,
    )
    changes = tuple(
        Change(Role.OUTGOING, field, "", "", "tls-on-starttls-port", Proof.SIGNED_IN)
        for field in fields
    )
    side = SideSuggestion(SideStatus.CHANGE, server, Proof.SIGNED_IN, changes)
    return Suggestion(outgoing=side)


@pytest.mark.parametrize(
    ("field", "value", "attribute", "expected"),
    [
        (Field.HOST, "imap.example.org", "host", "imap.example.org"),
        (Field.PORT, "143", "port", "143"),
        (Field.SECURITY, "starttls", "security", Security.STARTTLS),
        (Field.AUTH, "oauth2", "auth", AuthMethod.OAUTH2),
        (Field.PROTOCOL, "pop3", "protocol", Protocol.POP3),
        (Field.USERNAME, "me", "username", "me"),
    ],
)
def test_a_fix_sets_one_field(field: Field, value: str, attribute: str, expected: object) -> None:
    fixed = with_fix(DRAFT, [(Role.INCOMING, field, value)])
    assert getattr(fixed.incoming, attribute) == expected
    assert fixed.outgoing == DRAFT.outgoing


def test_a_fix_can_set_the_address_and_a_side_that_was_empty() -> None:
    fixed = with_fix(
        AccountDraft(),
        [
            (Role.ACCOUNT, Field.EMAIL, "me@gmail.com"),
            (Role.OUTGOING, Field.HOST, "smtp.gmail.com"),
        ],
    )
    assert fixed.email == "me@gmail.com"
    assert fixed.outgoing == ServerDraft(Protocol.SMTP, "smtp.gmail.com")
    assert fixed.incoming is None


def test_only_what_changes_is_taken_over() -> None:
    applied = with_suggestion(DRAFT, suggestion(Field.PORT))
    assert applied.incoming == DRAFT.incoming
    assert applied.outgoing == ServerDraft(
        Protocol.SMTP, "smtp.example.com", "465", Security.IMPLICIT_TLS
    )


def test_encryption_left_open_goes_with_a_changed_port() -> None:
    open_draft = AccountDraft(outgoing=ServerDraft(Protocol.SMTP, "smtp.example.com", "587"))
    applied = with_suggestion(open_draft, suggestion(Field.PORT))
    assert applied.outgoing is not None
    assert applied.outgoing.security is Security.IMPLICIT_TLS


def test_a_side_that_was_not_given_is_filled_in() -> None:
    bare = AccountDraft(email="me@example.com")
    applied = with_suggestion(bare, suggestion(username="me"))
    assert applied.outgoing == ServerDraft(
        Protocol.SMTP,
        "mail.example.com",
        "465",
        Security.IMPLICIT_TLS,
        AuthMethod.PASSWORD,
        "me",
    )


def test_another_user_name_for_sending_parts_the_credentials() -> None:
    applied = with_suggestion(DRAFT, suggestion(Field.USERNAME, username="me@example.com"))
    assert applied.same_credentials is False


@pytest.mark.parametrize("status", [SideStatus.KEEP, SideStatus.NO_CURE, SideStatus.NOT_GIVEN])
def test_other_states_change_nothing(status: SideStatus) -> None:
    server = suggestion().outgoing.server
    kept = Suggestion(outgoing=SideSuggestion(status, server))
    assert with_suggestion(DRAFT, kept) == DRAFT


def test_hosts_are_listed_once() -> None:
    assert hosts(DRAFT) == ("imap.example.com", "smtp.example.com")
    same = with_fix(DRAFT, [(Role.OUTGOING, Field.HOST, "imap.example.com")])
    assert hosts(same) == ("imap.example.com",)
    assert hosts(AccountDraft()) == ()


@pytest.mark.parametrize(
    ("host", "practice"),
    [
        ("imap.practice.example", True),
        ("IMAP.Practice.Example.", True),
        ("imaps://imap.practice.example/?user=anna", True),
        ("imap.practice.example:993", True),
        ("imap.practice.example.:993", True),
        ("imaps://imap.example.com/imap.practice.example", False),
        ("practice.example.com", False),
        ("notpractice.example", False),
        ("", False),
    ],
)
def test_practice_is_known_by_its_hosts(host: str, practice: bool) -> None:
    draft = with_fix(DRAFT, [(Role.OUTGOING, Field.HOST, host)])
    assert is_practice(draft) is practice


@pytest.mark.parametrize(
    ("email", "practice"),
    [
        (" Anna <anna@Practice.Example> ", True),
        ("anna@practice.example", True),
        ("anna@practice.example@example.com", False),
        ("anna@practice.example.com", False),
    ],
)
def test_practice_is_known_by_its_address(email: str, practice: bool) -> None:
    assert is_practice(replace(DRAFT, email=email)) is practice


def test_a_title_shows_no_password_of_a_pasted_address() -> None:
    pasted = "imaps://imap.example.com/?password=S3cret"
    in_server_box = AccountDraft(incoming=ServerDraft(Protocol.IMAP, pasted))
    for draft in (AccountDraft(pasted), in_server_box):
        assert title_of(draft) == "imaps://imap.example.com/?***"


def test_a_title_is_the_best_name_there_is() -> None:
    assert title_of(DRAFT, "Office") == "Office"
    assert title_of(DRAFT) == "me@example.com"
    assert title_of(AccountDraft(incoming=DRAFT.incoming)) == "imap.example.com"
    assert title_of(AccountDraft()) == ""
