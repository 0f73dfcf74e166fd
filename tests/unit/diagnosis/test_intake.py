"""Typed settings: defaults, cleaning, refusals, and what may still be checked."""

from __future__ import annotations

import pytest
from diagnosis_builders import IMAP, IN, NONE, OUT, POP3, SMTP, STARTTLS, TLS, typed

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.diagnosis.intake import account_of, can_be_checked, take_in
from mailcheck_gui.model.account import AccountDraft, AuthMethod, Field, Role, ServerDraft
from mailcheck_gui.model.finding import Severity

PROVIDERS = load_providers()


def taken(incoming=None, outgoing=None, email="anna@example.com", **more):
    return take_in(AccountDraft(email, incoming, outgoing, **more), PROVIDERS)


@pytest.mark.parametrize(
    ("draft", "port", "security"),
    [
        (typed(IMAP), 993, TLS),
        (typed(POP3), 995, TLS),
        (typed(SMTP), 465, TLS),
        (typed(IMAP, security=STARTTLS), 143, STARTTLS),
        (typed(SMTP, security=STARTTLS), 587, STARTTLS),
        (typed(SMTP, security=NONE), 587, NONE),
        (typed(IMAP, 143), 143, STARTTLS),
        (typed(SMTP, 587), 587, STARTTLS),
        (typed(SMTP, 465), 465, TLS),
        (typed(SMTP, 2525), 2525, STARTTLS),
        (typed(SMTP, 4711), 4711, STARTTLS),
        (typed(SMTP, 587, TLS), 587, TLS),
        (typed(IMAP, host="mail.example.com:143"), 143, STARTTLS),
        (typed(IMAP, 993, host="mail.example.com:143"), 993, TLS),
    ],
)
def test_defaults(draft, port, security):
    sides = {"outgoing": draft} if draft.protocol is SMTP else {"incoming": draft}
    account = taken(**sides).account
    server = account.outgoing or account.incoming
    assert (server.port, server.security, server.auth) == (port, security, AuthMethod.PASSWORD)


class TestUserNames:
    def names(self, incoming="", outgoing="", **more):
        account = taken(
            typed(IMAP, username=incoming), typed(SMTP, username=outgoing), **more
        ).account
        return account.incoming.username, account.outgoing.username

    def test_the_address_is_the_default(self):
        assert self.names() == ("anna@example.com", "anna@example.com")

    @pytest.mark.parametrize("shared", [True, False])
    def test_sending_uses_the_incoming_name(self, shared):
        assert self.names("anna", same_credentials=shared) == ("anna", "anna")

    @pytest.mark.parametrize("shared", [True, False])
    def test_its_own_name_wins(self, shared):
        assert self.names("anna", "apikey", same_credentials=shared) == ("anna", "apikey")

    def test_sending_alone_falls_back_to_the_address(self):
        assert taken(outgoing=typed(SMTP)).account.outgoing.username == "anna@example.com"

    def test_blanks_around_it_go(self):
        intake = taken(typed(IMAP, username=" anna\u00a0"))
        assert intake.account.incoming.username == "anna"
        assert intake.cleaned[0].field is Field.USERNAME


def test_cleaning_is_recorded_and_told():
    intake = taken(typed(IMAP, host=" imaps://IMAP.example.com:993/ "))
    assert intake.account.incoming.host == "imap.example.com"
    assert {(c.field, c.used) for c in intake.cleaned} == {
        (Field.HOST, "imap.example.com"),
        (Field.PORT, "993"),
    }
    (finding,) = intake.findings
    assert (finding.code, finding.role, finding.field) == ("host-cleaned", IN, Field.HOST)


@pytest.mark.parametrize("host", ["IMAP.Example.com", "straße.de"])
def test_case_and_encoding_are_no_cleaning(host):
    intake = taken(typed(IMAP, host=host))
    assert intake.cleaned == ()
    assert intake.findings == ()


@pytest.mark.parametrize(
    ("draft", "field", "code"),
    [
        (typed(IMAP, 0), Field.PORT, "port-invalid"),
        (typed(IMAP, 70000), Field.PORT, "port-invalid"),
        (typed(IMAP, "abc"), Field.PORT, "port-invalid"),
        (typed(IMAP, host="imap.example.com:70000"), Field.PORT, "port-invalid"),
        (typed(IMAP, host=""), Field.HOST, "host-invalid"),
        (typed(IMAP, host="x" * 300), Field.HOST, "host-invalid"),
        (typed(IMAP, host="a\r\nb"), Field.HOST, "host-invalid"),
        (typed(IMAP, host="https://webmail.example.com"), Field.HOST, "host-is-web-address"),
        (typed(IMAP, username="anna\nQUIT"), Field.USERNAME, "username-invalid"),
        (typed(IMAP, username="anna\x00"), Field.USERNAME, "username-invalid"),
        (typed(IMAP, username="\ud800anna"), Field.USERNAME, "username-invalid"),
        (typed(IMAP, username="a" * 2001), Field.USERNAME, "username-invalid"),
    ],
)
def test_a_refused_side_leaves_the_other_one(draft, field, code):
    alone = taken(draft)
    assert alone.account is None
    assert not can_be_checked(alone, PROVIDERS)
    both = taken(draft, typed(SMTP, 465, TLS))
    assert both.account.incoming is None
    assert both.account.outgoing is not None
    assert can_be_checked(both, PROVIDERS)
    for intake in (alone, both):
        assert [(r.role, r.field) for r in intake.refusals] == [(IN, field)]
        errors = [f.code for f in intake.findings if f.severity is Severity.ERROR]
        assert errors == [code]
        assert intake.refusals[0].sentence.english()


def test_port_in_the_name_is_ignored_where_the_box_says_otherwise():
    intake = taken(typed(IMAP, 993, host="imap.example.com:70000"))
    assert intake.account.incoming.port == 993


def test_refused_values_are_shown_short_and_visible():
    (refusal,) = taken(typed(IMAP, host="im\u202eap" + "x" * 50 + " y" + "z" * 90)).refusals
    sentence = refusal.sentence.english()
    assert "\u202e" not in sentence
    assert len(sentence) < 140


@pytest.mark.parametrize(
    ("host", "read"),
    [
        ("imaps://mail.example.com/?password=Hunter2secret", "mail.example.com"),
        ("imaps://mail.example.com:993/#pw=Hunter2secret", "mail.example.com"),
        ("mail.example.com/INBOX;Hunter2secret", "mail.example.com"),
        ("mail.example.com,Hunter2secret", ""),
        ("mail.example.com Hunter2secret", ""),
        ("mail.example.com:Hunter2secret", ""),
    ],
)
def test_a_password_beside_a_server_is_shown_nowhere(host, read):
    intake = taken(typed(IMAP, host=host), typed(SMTP))
    server = intake.account.incoming
    assert (server.host if server else "") == read
    assert intake.findings
    told = (intake.account, intake.cleaned, intake.findings, intake.refusals)
    assert "hunter2secret" not in repr(told).lower()


def test_no_side_at_all():
    intake = taken()
    assert intake.account is None
    assert len(intake.refusals) == 1
    assert not can_be_checked(intake, PROVIDERS)


def test_both_sides_empty():
    intake = taken(ServerDraft(IMAP), ServerDraft(SMTP))
    assert [r.role for r in intake.refusals] == [IN, OUT]
    assert not can_be_checked(intake, PROVIDERS)


@pytest.mark.parametrize(
    "email",
    [
        "anna@example.com\r\nRSET",
        "an\x00na@example.com",
        "an\udcffna@example.com",
        "anna:secret@example.com",
        "anna@example.com:secret",
        "anna@example.com secret",
        "anna@example.com,secret",
        "anna@example.com; bob@example.com",
        "Anna <anna@example.com>, Bob <bob@example.com>",
        "<anna@example.com",
        "an\u202ena@example.com",
        "a" * 5000 + "@example.com",
    ],
)
def test_a_character_that_no_address_has_there_stops_everything(email):
    intake = taken(typed(IMAP), typed(SMTP), email=email)
    assert intake.account is None
    assert [(r.role, r.field) for r in intake.refusals] == [(Role.ACCOUNT, Field.EMAIL)]
    assert not can_be_checked(intake, PROVIDERS)
    (finding,) = intake.findings
    assert finding.code == "email-invalid"
    assert "secret" not in finding.explanation.english()
    assert account_of(intake).email == ""


@pytest.mark.parametrize(
    "email", ['"a:b"@example.com', '"a, b"@x.example', "anna@[IPv6:2001:db8::1]", "anna"]
)
def test_colons_in_quotes_and_literals_stay(email):
    assert taken(typed(IMAP), email=email).account.email == email


@pytest.mark.parametrize(
    ("email", "used"),
    [
        (" anna@example.com ", "anna@example.com"),
        ("mailto:anna@example.com", "anna@example.com"),
        ("Anna <anna@example.com>", "anna@example.com"),
        ("anna@example.com,", "anna@example.com"),
        ("anna@example.com;", "anna@example.com"),
        ("anna@example.com.", "anna@example.com"),
        ("'anna@example.com'", "anna@example.com"),
        ('"anna@example.com"', "anna@example.com"),
        ("anna@example.com>", "anna@example.com"),
        ("anna @ example.com", "anna@example.com"),
        ("anna\uff20example.com", "anna@example.com"),
    ],
)
def test_address_is_tidied(email, used):
    intake = taken(typed(IMAP), email=email)
    assert intake.account.email == intake.account.incoming.username == used
    assert intake.cleaned[0].role is Role.ACCOUNT


class TestCatalogueKnows:
    @pytest.mark.parametrize(
        "host", ["https://mail.google.com", "mail.google.com", "https://outlook.office.com/mail/"]
    )
    def test_a_pasted_web_page_of_a_known_provider(self, host):
        intake = taken(typed(IMAP, host=host))
        assert intake.account is None
        assert can_be_checked(intake, PROVIDERS)
        assert "Put " in intake.findings[0].remedy.english()

    def test_an_unknown_web_page_with_a_known_address(self):
        intake = taken(typed(IMAP, host="https://webmail.firma.test"), email="anna@gmail.com")
        assert can_be_checked(intake, PROVIDERS)

    def test_a_documented_server_behind_https_is_cleaned(self):
        intake = taken(None, typed(SMTP, host="https://mail.gmx.net"))
        assert intake.account.outgoing.host == "mail.gmx.net"
        assert intake.findings[0].code == "host-cleaned"
