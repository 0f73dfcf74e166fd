from __future__ import annotations

import pytest
from protocol_driving import (
    CREDENTIAL,
    events_of,
    greeted,
    greeting_of,
    offering,
    reply_of,
    sign_in,
)

from mailcheck_gui.model.account import AuthMethod, Protocol
from mailcheck_gui.model.observation import Capabilities, GreetingKind, Spoken
from mailcheck_gui.protocols.dialogue import Mechanism, ReplyKind
from mailcheck_gui.protocols.errors import LocalProtocolError, ProtocolViolation
from mailcheck_gui.protocols.imap import ImapDialogue
from mailcheck_gui.protocols.lines import Limits

IMAP = Protocol.IMAP
CAPABILITY_GREETING = b"* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"* OK ready\r\n", GreetingKind.READY),
        (b"* OK\r\n", GreetingKind.READY),
        (b"* ok ready\n", GreetingKind.READY),
        (b"* PREAUTH hello\r\n", GreetingKind.PREAUTH),
        (b"* BYE [UNAVAILABLE] too many\r\n", GreetingKind.REFUSED),
    ],
)
def test_greeting(raw: bytes, kind: GreetingKind) -> None:
    greeting = greeting_of(ImapDialogue(), raw)
    assert (greeting.kind, greeting.spoken, greeting.raw) == (kind, Spoken.IMAP, raw)
    assert greeting.capabilities is None


def test_untagged_data_is_no_greeting() -> None:
    greeting = greeting_of(ImapDialogue(), b"* 5 EXISTS\r\n")
    assert (greeting.kind, greeting.spoken) == (GreetingKind.FOREIGN, Spoken.UNKNOWN)


def test_capabilities_of_the_greeting_are_not_asked_for_again() -> None:
    dialogue = ImapDialogue()
    greeting = greeting_of(dialogue, CAPABILITY_GREETING)
    assert greeting.capabilities == Capabilities(
        values=("IMAP4rev1", "STARTTLS", "LOGINDISABLED"),
        starttls=True,
        login_disabled=True,
        raw=CAPABILITY_GREETING,
    )
    assert dialogue.ask_capabilities() is None


def test_capabilities_are_asked_for_again_inside_tls() -> None:
    dialogue = ImapDialogue()
    greeting_of(dialogue, CAPABILITY_GREETING)
    assert dialogue.start_tls() == b"A1 STARTTLS\r\n"
    reply_of(dialogue, b"A1 OK begin\r\n")
    dialogue.tls_established()
    assert dialogue.ask_capabilities() == b"A2 CAPABILITY\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA1 OK done\r\n",
        b"* capability IMAP4rev1 AUTH=PLAIN\r\nA1 OK\r\n",
        b"* 5 EXISTS\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n* OK still here\r\nA1 OK done\r\n",
        b"A1 OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] done\r\n",
    ],
)
def test_capabilities_asked(raw: bytes) -> None:
    dialogue = greeted(IMAP)
    assert dialogue.ask_capabilities() == b"A1 CAPABILITY\r\n"
    reply = reply_of(dialogue, raw)
    assert reply.kind is ReplyKind.OK
    assert reply.capabilities is not None
    assert reply.capabilities.answered
    assert reply.capabilities.values == ("IMAP4rev1", "AUTH=PLAIN")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"A1 OK done\r\n", ReplyKind.OK),
        (b"A1 BAD what\r\n", ReplyKind.REFUSED),
        (b"A1 NO what\r\n", ReplyKind.REFUSED),
        (b"* CAPABILITY IMAP4rev1\r\nA1 NO what\r\n", ReplyKind.REFUSED),
        (b"* BYE going down\r\n", ReplyKind.BYE),
        (b"+ go on\r\n", ReplyKind.NONSENSE),
    ],
)
def test_capability_without_an_answer_says_nothing(raw: bytes, kind: ReplyKind) -> None:
    dialogue = greeted(IMAP)
    dialogue.ask_capabilities()
    reply = reply_of(dialogue, raw)
    assert reply.kind is kind
    assert reply.capabilities is not None
    assert not reply.capabilities.answered


def test_capabilities_nobody_asked_for_are_ignored() -> None:
    dialogue = greeted(IMAP)
    dialogue.start_tls()
    raw = b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA1 OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] begin\r\n"
    reply = reply_of(dialogue, raw)
    assert reply.kind is ReplyKind.OK
    assert reply.capabilities is None
    assert reply.raw == b"A1 OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] begin\r\n"


@pytest.mark.parametrize(
    ("raw", "kind", "codes"),
    [
        (b"A1 OK\r\n", ReplyKind.OK, ("OK",)),
        (b"a1 OK\r\n", None, ()),
        (b"A1 NO not now\r\n", ReplyKind.REFUSED, ("NO",)),
        (b"A1 BAD unknown\r\n", ReplyKind.REFUSED, ("BAD",)),
        (b"A1 NO [UNAVAILABLE] x\r\n", ReplyKind.TEMPORARY, ("NO", "UNAVAILABLE")),
        (b"+ ready\r\n", ReplyKind.NONSENSE, ("+",)),
        (b"* BYE x\r\n", ReplyKind.BYE, ("BYE",)),
    ],
)
def test_starttls_replies(raw: bytes, kind: ReplyKind | None, codes: tuple[str, ...]) -> None:
    dialogue = greeted(IMAP)
    dialogue.start_tls()
    if kind is None:
        with pytest.raises(ProtocolViolation):
            events_of(dialogue, raw)
        return
    reply = reply_of(dialogue, raw)
    assert (reply.kind, reply.codes) == (kind, codes)


@pytest.mark.parametrize(
    ("raw", "kind", "codes", "text"),
    [
        (b"A1 OK signed in\r\n", ReplyKind.OK, ("OK",), "signed in"),
        (
            b"A1 NO [AUTHENTICATIONFAILED] wrong\r\n",
            ReplyKind.REFUSED,
            ("NO", "AUTHENTICATIONFAILED"),
            "wrong",
        ),
        (b"A1 NO [authorizationfailed]\r\n", ReplyKind.REFUSED, ("NO", "AUTHORIZATIONFAILED"), ""),
        (b"A1 NO [EXPIRED] old\r\n", ReplyKind.REFUSED, ("NO", "EXPIRED"), "old"),
        (
            b"A1 NO [PRIVACYREQUIRED] tls\r\n",
            ReplyKind.REFUSED,
            ("NO", "PRIVACYREQUIRED"),
            "tls",
        ),
        (b"A1 NO [CONTACTADMIN] ask\r\n", ReplyKind.REFUSED, ("NO", "CONTACTADMIN"), "ask"),
        (b"A1 NO [ALERT] look\r\n", ReplyKind.REFUSED, ("NO", "ALERT"), "look"),
        (b"A1 NO [UNAVAILABLE] later\r\n", ReplyKind.TEMPORARY, ("NO", "UNAVAILABLE"), "later"),
        (b"A1 NO [INUSE] busy\r\n", ReplyKind.TEMPORARY, ("NO", "INUSE"), "busy"),
        (b"A1 NO [LIMIT] many\r\n", ReplyKind.TEMPORARY, ("NO", "LIMIT"), "many"),
        (b"A1 NO [SERVERBUG] oops\r\n", ReplyKind.TEMPORARY, ("NO", "SERVERBUG"), "oops"),
        (b"A1 BAD [UNAVAILABLE] syntax\r\n", ReplyKind.REFUSED, ("BAD", "UNAVAILABLE"), "syntax"),
        (b"A1 NO [broken\r\n", ReplyKind.REFUSED, ("NO",), "[broken"),
        (
            b"A1 NO caf\xe9 {99}\r\n",
            ReplyKind.REFUSED,
            ("NO",),
            "caf\N{REPLACEMENT CHARACTER} {99}",
        ),
        (b"* BYE gone\r\n", ReplyKind.BYE, ("BYE",), "gone"),
    ],
)
def test_sign_in_replies(raw: bytes, kind: ReplyKind, codes: tuple[str, ...], text: str) -> None:
    dialogue = greeted(IMAP, tls=True)
    exchange = sign_in(dialogue, "LOGIN-COMMAND")
    exchange.begin()
    reply = reply_of(dialogue, raw)
    assert (reply.kind, reply.codes, reply.text, reply.raw) == (kind, codes, text, raw)
    assert exchange.answer(reply) is None


def test_alerts_beside_the_refusal_are_kept_inside_tls() -> None:
    dialogue = greeted(IMAP, tls=True)
    sign_in(dialogue, "LOGIN-COMMAND").begin()
    raw = b"* NO [WEBALERT https://mail.example.org/x] look\r\nA1 NO [ALERT] web login required\r\n"
    reply = reply_of(dialogue, raw)
    assert reply.codes == ("NO", "ALERT", "WEBALERT")
    assert reply.raw == raw


def test_alerts_before_tls_are_ignored() -> None:
    dialogue = greeted(IMAP)
    dialogue.start_tls()
    reply = reply_of(dialogue, b"* OK [ALERT] call this number\r\nA1 NO no\r\n")
    assert (reply.codes, reply.raw) == (("NO",), b"A1 NO no\r\n")


def test_alert_of_one_command_is_not_told_of_the_next() -> None:
    dialogue = greeted(IMAP, tls=True)
    dialogue.ask_capabilities()
    reply_of(dialogue, b"* OK [ALERT] x\r\n* CAPABILITY IMAP4rev1\r\nA1 OK\r\n")
    sign_in(dialogue, "LOGIN-COMMAND").begin()
    assert reply_of(dialogue, b"A2 NO no\r\n").codes == ("NO",)


def test_capabilities_with_the_acceptance_are_read() -> None:
    dialogue = greeted(IMAP, tls=True)
    sign_in(dialogue, "LOGIN-COMMAND").begin()
    reply = reply_of(dialogue, b"A1 OK [CAPABILITY IMAP4rev1 IDLE] in\r\n")
    assert reply.capabilities is not None
    assert reply.capabilities.values == ("IMAP4rev1", "IDLE")


def test_untagged_data_and_literals_are_ignored() -> None:
    dialogue = greeted(IMAP, tls=True)
    dialogue.ask_capabilities()
    data = b'* LIST () "/" {11}\r\nA1 OK\r\nA1 N\r\n* X {2}\r\nhi {0}\r\n\r\n'
    reply = reply_of(dialogue, data + b"* CAPABILITY IMAP4rev1\r\nA1 OK done\r\n")
    assert reply.raw == b"* CAPABILITY IMAP4rev1\r\nA1 OK done\r\n"
    assert reply.capabilities is not None
    assert reply.capabilities.values == ("IMAP4rev1",)


def test_literal_is_bounded() -> None:
    dialogue = ImapDialogue(Limits(literal=10))
    greeting_of(dialogue, b"* OK\r\n")
    assert events_of(dialogue, b"* X {10}\r\n0123456789\r\n") == []
    with pytest.raises(ProtocolViolation, match="literal of more than 10 bytes"):
        events_of(dialogue, b"* X {11}\r\n")


def test_ignored_lines_are_counted() -> None:
    dialogue = ImapDialogue(Limits(lines=3))
    greeting_of(dialogue, b"* OK\r\n")
    assert events_of(dialogue, b"* 1 EXISTS\r\n" * 3) == []
    with pytest.raises(ProtocolViolation, match="more than 3 lines"):
        events_of(dialogue, b"* 1 EXISTS\r\n")


@pytest.mark.parametrize(
    "raw",
    [
        b"A2 OK\r\n",
        b"A0 OK\r\n",
        b"A OK\r\n",
        b"B1 OK\r\n",
        b"A1\r\n",
        b"A1 YES\r\n",
        b"A1 BYE\r\n",
        b"A1 PREAUTH\r\n",
        b"*\r\n",
        b"\r\n",
        b"220 mail\r\n",
    ],
)
def test_what_no_grammar_allows_is_a_violation(raw: bytes) -> None:
    dialogue = greeted(IMAP)
    dialogue.ask_capabilities()
    dialogue.receive(raw)
    with pytest.raises(ProtocolViolation):
        dialogue.next_event()


def test_answer_given_before_the_question_is_a_violation() -> None:
    dialogue = ImapDialogue()
    dialogue.receive(b"* OK ready\r\nA1 OK begin\r\n")
    dialogue.next_event()
    with pytest.raises(ProtocolViolation):
        dialogue.next_event()


def test_late_answer_to_a_command_that_was_given_up_is_ignored() -> None:
    dialogue = greeted(IMAP)
    dialogue.start_tls()
    assert dialogue.leave() == b"A2 LOGOUT\r\n"
    reply = reply_of(dialogue, b"A1 NO no\r\n* BYE\r\nA2 OK\r\n")
    assert (reply.kind, reply.raw) == (ReplyKind.OK, b"A2 OK\r\n")


def test_refusal_beside_a_goodbye_is_still_told() -> None:
    dialogue = greeted(IMAP, tls=True)
    sign_in(dialogue, "LOGIN-COMMAND").begin()
    events = events_of(dialogue, b"* BYE too many tries\r\nA1 NO [AUTHENTICATIONFAILED] no\r\n")
    kinds = [event.kind for event in events]
    assert kinds == [ReplyKind.BYE, ReplyKind.REFUSED]
    assert dialogue.leave() == b""


def test_unasked_goodbye_ends_the_session() -> None:
    dialogue = greeted(IMAP)
    assert reply_of(dialogue, b"* BYE idle too long\r\n").kind is ReplyKind.BYE
    with pytest.raises(LocalProtocolError):
        dialogue.ask_capabilities()


def test_preauth_forbids_starttls_and_sign_in() -> None:
    plain = greeted(IMAP, greeting=b"* PREAUTH hello\r\n")
    with pytest.raises(LocalProtocolError, match="PREAUTH"):
        plain.start_tls()
    inside = greeted(IMAP, tls=True, greeting=b"* PREAUTH hello\r\n")
    with pytest.raises(LocalProtocolError, match="PREAUTH"):
        sign_in(inside, "PLAIN")
    assert inside.leave() == b"A1 LOGOUT\r\n"


def test_mechanisms_with_and_without_initial_response() -> None:
    dialogue = greeted(IMAP, tls=True)
    names = ("LOGIN", "PLAIN", "XOAUTH2", "CRAM-MD5", "LOGIN-COMMAND")
    with_ir, without = offering(*names, values=("sasl-ir",)), offering(*names)
    assert dialogue.usable_mechanisms(AuthMethod.PASSWORD, with_ir) == (
        Mechanism("PLAIN", True),
        Mechanism("LOGIN-COMMAND", True),
        Mechanism("LOGIN", False),
    )
    assert dialogue.usable_mechanisms(AuthMethod.PASSWORD, without)[0] == Mechanism("PLAIN", False)
    assert dialogue.usable_mechanisms(AuthMethod.OAUTH2, with_ir) == (Mechanism("XOAUTH2", True),)
    assert dialogue.usable_mechanisms(AuthMethod.OAUTH2, without) == (Mechanism("XOAUTH2", False),)
    assert dialogue.usable_mechanisms(AuthMethod.ENCRYPTED_PASSWORD, with_ir) == (
        Mechanism("CRAM-MD5", False),
    )


def test_login_is_never_sent_where_it_is_disabled() -> None:
    dialogue = greeted(IMAP, tls=True)
    offered = Capabilities(mechanisms=("LOGIN-COMMAND",), login_disabled=True)
    assert dialogue.usable_mechanisms(AuthMethod.PASSWORD, offered) == ()
    with pytest.raises(LocalProtocolError):
        dialogue.sign_in(Mechanism("LOGIN-COMMAND", True), CREDENTIAL, offered)
