"""What stands beside the fields while someone types."""

from __future__ import annotations

import pytest
from diagnosis_builders import IMAP, IN, NONE, OUT, POP3, SMTP, STARTTLS, TLS, typed

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.diagnosis.hints import hints_for
from mailcheck_gui.model.account import AccountDraft, AuthMethod, Field, Role, ServerDraft

PROVIDERS = load_providers()


def hints(incoming=None, outgoing=None, email="anna@firma.test"):
    return hints_for(AccountDraft(email, incoming, outgoing), PROVIDERS)


def one(*args, **more):
    (hint,) = hints(*args, **more)
    return hint


def fixes(hint):
    return {(role.value, field.value): value for role, field, value in hint.fix}


PAIRS = [
    (SMTP, 587, TLS, "tls-on-starttls-port", "Port 587 normally goes with STARTTLS.", "starttls"),
    (IMAP, 143, TLS, "tls-on-starttls-port", "Port 143 normally goes with STARTTLS.", "starttls"),
    (POP3, 110, TLS, "tls-on-starttls-port", "Port 110 normally goes with STARTTLS.", "starttls"),
    (SMTP, 465, STARTTLS, "starttls-on-tls-port", "Port 465 normally goes with SSL/TLS.",
     "implicit-tls"),
    (IMAP, 993, STARTTLS, "starttls-on-tls-port", "Port 993 normally goes with SSL/TLS.",
     "implicit-tls"),
    (POP3, 995, NONE, "plaintext-on-tls-port", "Port 995 normally goes with SSL/TLS.",
     "implicit-tls"),
    (IMAP, 143, NONE, "plaintext-password",
     "Without encryption your password can be read on the way.", "starttls"),
    (SMTP, 4711, NONE, "plaintext-password",
     "Without encryption your password can be read on the way.", "implicit-tls"),
]  # fmt: skip


@pytest.mark.parametrize(("protocol", "port", "security", "code", "sentence", "fix"), PAIRS)
def test_port_and_encryption(protocol, port, security, code, sentence, fix):
    draft = typed(protocol, port, security)
    hint = one(None, draft) if protocol is SMTP else one(draft)
    side = "outgoing" if protocol is SMTP else "incoming"
    assert (hint.code, hint.sentence.english(), hint.field) == (code, sentence, Field.SECURITY)
    assert fixes(hint)[side, "security"] == fix


def test_the_button_is_a_verb():
    assert one(None, typed(SMTP, 587, TLS)).button.english() == "Use STARTTLS"


@pytest.mark.parametrize(
    "draft",
    [
        typed(SMTP, 587, STARTTLS),
        typed(SMTP, 465, TLS),
        typed(SMTP, 2525, TLS),
        typed(SMTP, 587),
        typed(SMTP),
        typed(SMTP, 587, NONE, auth=AuthMethod.NONE),
        ServerDraft(SMTP),
    ],
)
def test_nothing_to_say(draft):
    assert hints(None, draft) == ()


def test_port_25():
    hint = one(None, typed(SMTP, 25, STARTTLS))
    assert hint.code == "submission-on-port-25"
    assert fixes(hint) == {("outgoing", "port"): "465", ("outgoing", "security"): "implicit-tls"}


@pytest.mark.parametrize(
    ("protocol", "port", "code", "right"),
    [
        (IMAP, 995, "protocol-port-mismatch", "993"),
        (POP3, 993, "protocol-port-mismatch", "995"),
        (IMAP, 587, "wrong-protocol", "993"),
        (SMTP, 993, "wrong-protocol", "465"),
    ],
)
def test_ports_of_other_protocols(protocol, port, code, right):
    draft = typed(protocol, port, TLS)
    hint = one(None, draft) if protocol is SMTP else one(draft)
    assert hint.code == code
    assert right in fixes(hint).values()


@pytest.mark.parametrize("port", ["0", "70000", "imap"])
def test_no_port(port):
    hint = one(typed(IMAP, port))
    assert (hint.code, hint.field, hint.severity.value) == ("port-invalid", Field.PORT, "error")


def test_swapped_boxes_make_one_hint_that_swaps_them():
    hint = one(
        typed(IMAP, 465, TLS, host="smtp.example.com"),
        typed(SMTP, 993, TLS, host="imap.example.com"),
    )
    assert hint.code == "servers-swapped"
    assert fixes(hint)["incoming", "host"] == "imap.example.com"
    assert fixes(hint)["outgoing", "port"] == "465"


def test_swapped_names_without_ports():
    hint = one(typed(IMAP, host="smtp.example.com"), typed(SMTP, host="imap.example.com"))
    assert hint.code == "servers-swapped"


@pytest.mark.parametrize(
    ("host", "code", "value"),
    [
        (" imap.firma.test", "host-cleaned", "imap.firma.test"),
        ("imap.firma.test:993", "host-cleaned", "imap.firma.test"),
        ("imaps://imap.firma.test", "host-cleaned", "imap.firma.test"),
        ("imap.gmial.com", "host-typo", "imap.gmail.com"),
        ("imap.frima.test", "host-typo", "imap.firma.test"),
        ("imap-mail.outlook.com", "host-retired", "outlook.office365.com"),
        ("aspmx.l.google.com", "host-is-mx", "imap.gmail.com"),
        ("https://mail.google.com", "host-is-web-address", "imap.gmail.com"),
    ],
)
def test_server_names(host, code, value):
    hint = one(typed(IMAP, host=host))
    assert (hint.code, hint.field) == (code, Field.HOST)
    assert fixes(hint)["incoming", "host"] == value
    assert value in hint.button.english()


def test_blank_is_named():
    assert one(typed(IMAP, host="imap.firma.test ")).sentence.english() == (
        "Blank removed from the server name."
    )


def test_port_behind_the_name_moves_into_an_empty_box():
    assert fixes(one(typed(IMAP, host="imap.firma.test:993")))["incoming", "port"] == "993"
    assert ("incoming", "port") not in fixes(one(typed(IMAP, 993, TLS, host="imap.firma.test:143")))


@pytest.mark.parametrize("host", ["imap..firma.test", "imap firma.test", "192.0.2.300"])
def test_what_is_no_name_has_no_button(host):
    hint = one(typed(IMAP, host=host))
    assert (hint.code, hint.button) == ("host-invalid", None)


@pytest.mark.parametrize("host", ["imap.firma.test", "pop.gmx.net", "192.0.2.1", "localhost"])
def test_good_names(host):
    assert [h for h in hints(typed(IMAP, host=host)) if h.field is Field.HOST] == []


def test_unknown_web_page_has_no_button():
    hint = one(typed(IMAP, host="https://webmail.firma.test"))
    assert (hint.code, hint.button) == ("host-is-web-address", None)


class TestAddress:
    @pytest.mark.parametrize(
        ("email", "meant"),
        [("anna@gmial.com", "anna@gmail.com"), ("anna@outlok.com", "anna@outlook.com")],
    )
    def test_misspelt_domains(self, email, meant):
        hint = one(email=email)
        assert (hint.role, hint.field) == (Role.ACCOUNT, Field.EMAIL)
        assert fixes(hint)["account", "email"] == meant

    @pytest.mark.parametrize("email", ["", "anna", "anna@", "a@mf.com", "a@wet.de", "a@x.test"])
    def test_nothing_to_guess(self, email):
        assert hints(email=email) == ()

    def test_preparation_is_told_early(self):
        assert one(email="anna@gmail.com").code == "provider-needs-preparation"

    def test_unsupported_provider(self):
        assert one(email="anna@tuta.com").code == "provider-unsupported"

    @pytest.mark.parametrize(
        "email", ["an\x00na@firma.test", "anna@firma.test S3cret", "anna@firma.test,S3cret"]
    )
    def test_what_cannot_be_used(self, email):
        hint = one(typed(IMAP, host="imap.firma.test"), email=email)
        assert hint.code == "email-invalid"
        assert "S3cret" not in hint.sentence.english()

    @pytest.mark.parametrize("end", [",", ";", ".", "'"])
    def test_what_ends_a_sentence_is_in_no_server_name(self, end):
        hint = one(typed(IMAP, host="mial.firma.test"), email=f"anna@firma.test{end}")
        assert fixes(hint)["incoming", "host"] == "mail.firma.test"


class TestUserName:
    def hint(self, username, host="smtp.gmail.com", email="anna@gmail.com"):
        found = hints(None, typed(SMTP, host=host, username=username), email)
        return next((h for h in found if h.field is Field.USERNAME), None)

    def test_documented_form(self):
        hint = self.hint("anna")
        assert fixes(hint) == {("outgoing", "username"): "anna@gmail.com"}

    @pytest.mark.parametrize("username", ["", "anna@gmail.com", "office"])
    def test_fits_or_is_not_ours_to_guess(self, username):
        assert self.hint(username) is None

    def test_control_characters(self):
        assert self.hint("anna\r").code == "username-invalid"

    def test_a_pasted_book(self):
        assert self.hint("a" * 2001).code == "username-invalid"
        assert self.hint("a" * 2000) is None


def test_most_serious_first():
    found = hints(typed(IMAP, "70000", host=" imap.gmial.com"), email="anna@gmail.com")
    assert [h.severity.value for h in found] == ["error", "warning", "info", "info"]
    assert {h.role for h in found} == {IN, Role.ACCOUNT}
    assert OUT not in {h.role for h in found}
