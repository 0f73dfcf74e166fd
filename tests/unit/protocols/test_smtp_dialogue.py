from __future__ import annotations

import pytest
from protocol_driving import (
    GREETINGS,
    events_of,
    greeted,
    greeting_of,
    offering,
    reply_of,
    sign_in,
)

from mailcheck_gui.model.account import AuthMethod, Protocol
from mailcheck_gui.model.observation import Capabilities, GreetingKind, Spoken
from mailcheck_gui.protocols.dialogue import ReplyKind
from mailcheck_gui.protocols.errors import LocalProtocolError, ProtocolViolation
from mailcheck_gui.protocols.smtp import SmtpDialogue

SMTP = Protocol.SMTP
EHLO_REPLY = b"250-mail.example.org\r\n250-SIZE 1000\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"220 mail.example.org ESMTP\r\n", GreetingKind.READY),
        (b"220-mail.example.org ESMTP\r\n220-no spam\r\n220 ready\r\n", GreetingKind.READY),
        (b"220 mail.example.org ESMTP\n", GreetingKind.READY),
        (b"220\r\n", GreetingKind.READY),
        (b"421 4.3.2 try later\r\n", GreetingKind.REFUSED),
        (b"554 5.7.1 blocked\r\n", GreetingKind.REFUSED),
        (b"554-blocked\r\n554 go away\r\n", GreetingKind.REFUSED),
        (b"450 not now\r\n", GreetingKind.REFUSED),
    ],
)
def test_greeting(raw: bytes, kind: GreetingKind) -> None:
    greeting = greeting_of(SmtpDialogue(), raw)
    assert (greeting.kind, greeting.spoken, greeting.raw) == (kind, Spoken.SMTP, raw)


def test_ftp_that_names_itself_in_a_later_line_is_foreign() -> None:
    greeting = greeting_of(SmtpDialogue(), b"220-Welcome\r\n220 FTP server\r\n")
    assert (greeting.kind, greeting.spoken) == (GreetingKind.FOREIGN, Spoken.FTP)


@pytest.mark.parametrize(
    "raw", [b"220-mail ESMTP\r\n221 ready\r\n", b"220-mail ESMTP\r\nready\r\n"]
)
def test_greeting_that_changes_its_code_is_a_violation(raw: bytes) -> None:
    dialogue = SmtpDialogue()
    dialogue.receive(raw)
    with pytest.raises(ProtocolViolation):
        dialogue.next_event()


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("[192.0.2.7]", b"EHLO [192.0.2.7]\r\n"),
        ("[IPv6:2001:db8::7]", b"EHLO [IPv6:2001:db8::7]\r\n"),
        ("client.example.org", b"EHLO client.example.org\r\n"),
    ],
)
def test_ehlo_names_the_client(name: str, sent: bytes) -> None:
    assert greeted(SMTP).ask_capabilities(name) == sent


@pytest.mark.parametrize("name", ["", "two words", "a\r\nMAIL FROM:<>", "straße.de"])
def test_ehlo_refuses_a_name_that_is_no_argument(name: str) -> None:
    with pytest.raises(LocalProtocolError):
        greeted(SMTP).ask_capabilities(name)


def test_capabilities_of_ehlo() -> None:
    dialogue = greeted(SMTP)
    dialogue.ask_capabilities("[192.0.2.7]")
    reply = reply_of(dialogue, EHLO_REPLY)
    assert reply.kind is ReplyKind.OK
    assert reply.codes == ("250",)
    assert reply.capabilities == Capabilities(
        values=("SIZE 1000", "STARTTLS", "AUTH PLAIN LOGIN"),
        mechanisms=("PLAIN", "LOGIN"),
        starttls=True,
        size_limit=1000,
        raw=EHLO_REPLY,
    )


def test_ehlo_without_extensions_is_an_answer() -> None:
    dialogue = greeted(SMTP)
    dialogue.ask_capabilities("[192.0.2.7]")
    assert reply_of(dialogue, b"250 mail\r\n").capabilities == Capabilities(raw=b"250 mail\r\n")


def test_masked_banner_is_told_with_the_capabilities_until_tls() -> None:
    dialogue = greeted(SMTP, greeting=b"220 *******************\r\n")
    dialogue.ask_capabilities("[192.0.2.7]")
    plain = reply_of(dialogue, EHLO_REPLY).capabilities
    dialogue.start_tls()
    reply_of(dialogue, b"220 go\r\n")
    dialogue.tls_established()
    dialogue.ask_capabilities("[192.0.2.7]")
    inside = reply_of(dialogue, EHLO_REPLY).capabilities
    assert plain is not None
    assert inside is not None
    assert (plain.masked, inside.masked) == (True, False)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"502 5.5.2 not known\r\n", ReplyKind.REFUSED),
        (b"451 later\r\n", ReplyKind.TEMPORARY),
        (b"421 closing\r\n", ReplyKind.BYE),
        (b"354 go on\r\n", ReplyKind.NONSENSE),
        (b"220 again\r\n", ReplyKind.NONSENSE),
    ],
)
def test_ehlo_without_an_answer_says_nothing_about_starttls(raw: bytes, kind: ReplyKind) -> None:
    dialogue = greeted(SMTP)
    dialogue.ask_capabilities("[192.0.2.7]")
    reply = reply_of(dialogue, raw)
    assert reply.kind is kind
    assert reply.capabilities == Capabilities(answered=False, raw=raw)


def test_helo_after_a_refused_ehlo_is_for_diagnosis_only() -> None:
    dialogue = greeted(SMTP, tls=True)
    assert dialogue.ask_again("[192.0.2.7]") is None
    dialogue.ask_capabilities("[192.0.2.7]")
    reply_of(dialogue, b"502 5.5.2 no\r\n")
    assert dialogue.ask_again("[192.0.2.7]") == b"HELO [192.0.2.7]\r\n"
    reply = reply_of(dialogue, b"250 mail\r\n")
    assert reply.kind is ReplyKind.OK
    assert reply.capabilities == Capabilities(answered=False, raw=b"250 mail\r\n")
    assert dialogue.usable_mechanisms(AuthMethod.PASSWORD, reply.capabilities) == ()
    assert dialogue.ask_again("[192.0.2.7]") is None


@pytest.mark.parametrize("raw", [EHLO_REPLY, b"451 later\r\n", b"354 what\r\n"])
def test_no_helo_where_ehlo_was_not_refused(raw: bytes) -> None:
    dialogue = greeted(SMTP)
    dialogue.ask_capabilities("[192.0.2.7]")
    reply_of(dialogue, raw)
    assert dialogue.ask_again("[192.0.2.7]") is None


@pytest.mark.parametrize(
    ("raw", "kind", "codes"),
    [
        (b"220 2.0.0 go\r\n", ReplyKind.OK, ("220", "2.0.0")),
        (b"250 ok\r\n", ReplyKind.NONSENSE, ("250",)),
        (b"334 \r\n", ReplyKind.NONSENSE, ("334",)),
        (b"454 4.7.0 TLS not available\r\n", ReplyKind.TEMPORARY, ("454", "4.7.0")),
        (b"502 no\r\n", ReplyKind.REFUSED, ("502",)),
        (b"421 4.3.0 bye\r\n", ReplyKind.BYE, ("421", "4.3.0")),
    ],
)
def test_starttls_replies(raw: bytes, kind: ReplyKind, codes: tuple[str, ...]) -> None:
    dialogue = greeted(SMTP)
    assert dialogue.start_tls() == b"STARTTLS\r\n"
    reply = reply_of(dialogue, raw)
    assert (reply.kind, reply.codes) == (kind, codes)


@pytest.mark.parametrize(
    ("raw", "kind", "codes", "text"),
    [
        (b"235 2.7.0 ok\r\n", ReplyKind.OK, ("235", "2.7.0"), "2.7.0 ok"),
        (b"535 5.7.8 no\r\n", ReplyKind.REFUSED, ("535", "5.7.8"), "5.7.8 no"),
        (
            b"535-5.7.8 a\r\n535 5.7.8 b\r\n",
            ReplyKind.REFUSED,
            ("535", "5.7.8"),
            "5.7.8 a\n5.7.8 b",
        ),
        (b"535 5.7.139 x\r\n", ReplyKind.REFUSED, ("535", "5.7.139"), "5.7.139 x"),
        (b"535 5.7.1390\r\n", ReplyKind.REFUSED, ("535",), "5.7.1390"),
        (b"535 5.7.8\n", ReplyKind.REFUSED, ("535", "5.7.8"), "5.7.8"),
        (b"535 192.0.2.1 is bad\r\n", ReplyKind.REFUSED, ("535",), "192.0.2.1 is bad"),
        (b"535\r\n", ReplyKind.REFUSED, ("535",), ""),
        (b"535 caf\xe9\r\n", ReplyKind.REFUSED, ("535",), "caf\N{REPLACEMENT CHARACTER}"),
        (b"530 5.7.0 first\r\n", ReplyKind.REFUSED, ("530", "5.7.0"), "5.7.0 first"),
        (b"454 4.7.0 later\r\n", ReplyKind.TEMPORARY, ("454", "4.7.0"), "4.7.0 later"),
        (b"432 4.7.12 change\r\n", ReplyKind.TEMPORARY, ("432", "4.7.12"), "4.7.12 change"),
        (b"421 4.7.0 bye\r\n", ReplyKind.BYE, ("421", "4.7.0"), "4.7.0 bye"),
        (b"250 fine\r\n", ReplyKind.NONSENSE, ("250",), "fine"),
        (b"354 go\r\n", ReplyKind.NONSENSE, ("354",), "go"),
    ],
)
def test_sign_in_replies(raw: bytes, kind: ReplyKind, codes: tuple[str, ...], text: str) -> None:
    dialogue = greeted(SMTP, tls=True)
    exchange = sign_in(dialogue, "PLAIN")
    exchange.begin()
    reply = reply_of(dialogue, raw)
    assert (reply.kind, reply.codes, reply.text, reply.raw) == (kind, codes, text, raw)
    assert exchange.answer(reply) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"hello\r\n",
        b"\r\n",
        b"25 ok\r\n",
        b"2500 ok\r\n",
        b"100 ok\r\n",
        b"600 ok\r\n",
        b"250_ok\r\n",
        b"250-a\r\n251 b\r\n",
        b"250-a\r\n\r\n",
        b" 250 ok\r\n",
    ],
)
def test_no_reply_at_all_is_a_violation_for_good(raw: bytes) -> None:
    dialogue = greeted(SMTP)
    dialogue.ask_capabilities("[192.0.2.7]")
    dialogue.receive(raw)
    for _ in range(2):
        with pytest.raises(ProtocolViolation):
            dialogue.next_event()
    assert dialogue.leave() == b""
    with pytest.raises(LocalProtocolError):
        dialogue.start_tls()


def test_reply_followed_by_a_closed_connection_is_still_that_reply() -> None:
    dialogue = greeted(SMTP, tls=True)
    sign_in(dialogue, "PLAIN").begin()
    dialogue.receive(b"535 5.7.8 no\r\n")
    dialogue.receive_end()
    event = dialogue.next_event()
    assert event is not None
    assert event.raw == b"535 5.7.8 no\r\n"
    assert dialogue.next_event() is None
    assert dialogue.leave() == b""


def test_last_line_before_a_drop_is_kept_as_evidence() -> None:
    dialogue = greeted(SMTP)
    dialogue.ask_capabilities("[192.0.2.7]")
    assert events_of(dialogue, b"250-mail\r\n250-SI") == []
    dialogue.receive_end()
    assert dialogue.next_event() is None
    assert dialogue.last_line == b"250-SI"
    assert dialogue.pending == b"250-mail\r\n250-SI"


def test_pending_shows_the_unfinished_reply() -> None:
    dialogue = greeted(SMTP)
    dialogue.ask_capabilities("[192.0.2.7]")
    assert events_of(dialogue, b"250-mail\r\n250-SI") == []
    assert dialogue.pending == b"250-mail\r\n250-SI"
    assert dialogue.last_line == b"250-mail"


def test_unasked_421_is_a_goodbye_and_ends_the_session() -> None:
    dialogue = greeted(SMTP)
    assert reply_of(dialogue, b"421 4.4.2 timeout\r\n").kind is ReplyKind.BYE
    assert dialogue.leave() == b""
    with pytest.raises(LocalProtocolError):
        dialogue.ask_capabilities("[192.0.2.7]")


def test_unasked_answer_is_nonsense() -> None:
    dialogue = greeted(SMTP)
    assert reply_of(dialogue, b"250 fine\r\n").kind is ReplyKind.NONSENSE


def test_goodbye() -> None:
    dialogue = greeted(SMTP)
    assert dialogue.leave() == b"QUIT\r\n"
    assert reply_of(dialogue, b"221 2.0.0 bye\r\n").kind is ReplyKind.OK
    assert dialogue.leave() == b""


def test_refused_session_gets_only_a_goodbye() -> None:
    dialogue = SmtpDialogue()
    greeting_of(dialogue, b"554 5.7.1 blocked\r\n")
    with pytest.raises(LocalProtocolError):
        dialogue.ask_capabilities("[192.0.2.7]")
    assert dialogue.leave() == b"QUIT\r\n"


def test_mechanisms_best_first() -> None:
    dialogue = greeted(SMTP, tls=True)
    offered = offering("LOGIN", "XOAUTH2", "CRAM-MD5", "NTLM", "PLAIN")

    def names(method: AuthMethod) -> list[tuple[str, bool]]:
        usable = dialogue.usable_mechanisms(method, offered)
        return [(mechanism.name, mechanism.secret_first) for mechanism in usable]

    assert names(AuthMethod.PASSWORD) == [("PLAIN", True), ("LOGIN", False)]
    assert names(AuthMethod.ENCRYPTED_PASSWORD) == [("CRAM-MD5", False)]
    assert names(AuthMethod.OAUTH2) == [("XOAUTH2", True)]
    assert names(AuthMethod.NONE) == []


def test_commands_wait_for_the_greeting_and_for_each_other() -> None:
    dialogue = SmtpDialogue()
    with pytest.raises(LocalProtocolError, match="before the greeting"):
        dialogue.ask_capabilities("[192.0.2.7]")
    greeting_of(dialogue, GREETINGS[SMTP])
    dialogue.ask_capabilities("[192.0.2.7]")
    with pytest.raises(LocalProtocolError, match="before the reply"):
        dialogue.start_tls()
