from __future__ import annotations

import pytest
from protocol_driving import CREDENTIAL, greeted, greeting_of, offering, reply_of, sign_in

from mailcheck_gui.model.account import AuthMethod, Credential, Protocol
from mailcheck_gui.model.observation import Capabilities, GreetingKind, Spoken
from mailcheck_gui.protocols.dialogue import Mechanism, ReplyKind
from mailcheck_gui.protocols.errors import LocalProtocolError, ProtocolViolation
from mailcheck_gui.protocols.lines import Limits
from mailcheck_gui.protocols.pop3 import Pop3Dialogue

POP3 = Protocol.POP3
APOP_GREETING = b"+OK ready <1896.697170952@dbc.mtview.ca.us>\r\n"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"+OK ready\r\n", GreetingKind.READY),
        (b"+OK\n", GreetingKind.READY),
        (b"+ok ready\r\n", GreetingKind.READY),
        (b"-ERR [SYS/TEMP] later\r\n", GreetingKind.REFUSED),
    ],
)
def test_greeting(raw: bytes, kind: GreetingKind) -> None:
    greeting = greeting_of(Pop3Dialogue(), raw)
    assert (greeting.kind, greeting.spoken, greeting.raw) == (kind, Spoken.POP3, raw)


def test_capabilities_of_capa() -> None:
    dialogue = greeted(POP3)
    assert dialogue.ask_capabilities() == b"CAPA\r\n"
    raw = b"+OK list\r\nTOP\r\nSTLS\r\nUSER\r\nSASL PLAIN XOAUTH2\r\n..X\r\n.\r\n"
    reply = reply_of(dialogue, raw)
    assert (reply.kind, reply.raw) == (ReplyKind.OK, raw)
    assert reply.capabilities == Capabilities(
        values=("TOP", "STLS", "USER", "SASL PLAIN XOAUTH2", ".X"),
        mechanisms=("PLAIN", "XOAUTH2", "USER"),
        starttls=True,
        raw=raw,
    )


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"-ERR what\r\n", ReplyKind.REFUSED),
        (b"-ERR [SYS/TEMP] later\r\n", ReplyKind.TEMPORARY),
        (b"+ go on\r\n", ReplyKind.NONSENSE),
    ],
)
def test_capa_without_an_answer_says_nothing_about_stls(raw: bytes, kind: ReplyKind) -> None:
    dialogue = greeted(POP3)
    dialogue.ask_capabilities()
    reply = reply_of(dialogue, raw)
    assert reply.kind is kind
    assert reply.capabilities == Capabilities(answered=False, raw=raw)


def test_user_may_be_tried_where_capa_is_not_known() -> None:
    dialogue = greeted(POP3, tls=True)
    unknown = Capabilities(answered=False)
    assert dialogue.usable_mechanisms(AuthMethod.PASSWORD, unknown) == (Mechanism("USER", True),)
    assert dialogue.usable_mechanisms(AuthMethod.PASSWORD, Capabilities()) == ()


def test_mechanisms_best_first() -> None:
    dialogue = greeted(POP3, tls=True)
    offered = offering("LOGIN", "USER", "PLAIN", "CRAM-MD5", "XOAUTH2", "APOP")
    assert dialogue.usable_mechanisms(AuthMethod.PASSWORD, offered) == (
        Mechanism("PLAIN", False),
        Mechanism("USER", True),
        Mechanism("LOGIN", False),
    )
    assert dialogue.usable_mechanisms(AuthMethod.ENCRYPTED_PASSWORD, offered) == (
        Mechanism("CRAM-MD5", False),
    )
    assert dialogue.usable_mechanisms(AuthMethod.OAUTH2, offered) == (Mechanism("XOAUTH2", False),)


@pytest.mark.parametrize(
    ("raw", "kind", "codes", "text"),
    [
        (b"+OK in\r\n", ReplyKind.OK, ("+OK",), "in"),
        (b"+OK\n", ReplyKind.OK, ("+OK",), ""),
        (b"-ERR no\r\n", ReplyKind.REFUSED, ("-ERR",), "no"),
        (b"-ERR\r\n", ReplyKind.REFUSED, ("-ERR",), ""),
        (b"-ERR [AUTH] wrong\r\n", ReplyKind.REFUSED, ("-ERR", "AUTH"), "wrong"),
        (b"-err [auth]\r\n", ReplyKind.REFUSED, ("-ERR", "AUTH"), ""),
        (b"-ERR [SYS/PERM] off\r\n", ReplyKind.REFUSED, ("-ERR", "SYS/PERM"), "off"),
        (b"-ERR [SYS/TEMP] later\r\n", ReplyKind.TEMPORARY, ("-ERR", "SYS/TEMP"), "later"),
        (b"-ERR [IN-USE] busy\r\n", ReplyKind.TEMPORARY, ("-ERR", "IN-USE"), "busy"),
        (b"-ERR [LOGIN-DELAY 9] x\r\n", ReplyKind.TEMPORARY, ("-ERR", "LOGIN-DELAY"), "x"),
        (b"-ERR [broken\r\n", ReplyKind.REFUSED, ("-ERR",), "[broken"),
        (b"-ERR caf\xe9\r\n", ReplyKind.REFUSED, ("-ERR",), "caf\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_sign_in_replies(raw: bytes, kind: ReplyKind, codes: tuple[str, ...], text: str) -> None:
    dialogue = greeted(POP3, tls=True)
    sign_in(dialogue, "USER").begin()
    reply = reply_of(dialogue, raw)
    assert (reply.kind, reply.codes, reply.text, reply.raw) == (kind, codes, text, raw)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"+OK begin\r\n", ReplyKind.OK),
        (b"-ERR no\r\n", ReplyKind.REFUSED),
        (b"+ \r\n", ReplyKind.NONSENSE),
    ],
)
def test_stls_replies(raw: bytes, kind: ReplyKind) -> None:
    dialogue = greeted(POP3)
    assert dialogue.start_tls() == b"STLS\r\n"
    assert reply_of(dialogue, raw).kind is kind


@pytest.mark.parametrize("raw", [b"hello\r\n", b"\r\n", b"+\tOK\r\n", b"* OK\r\n", b".\r\n"])
def test_no_reply_at_all_is_a_violation(raw: bytes) -> None:
    dialogue = greeted(POP3)
    dialogue.start_tls()
    dialogue.receive(raw)
    with pytest.raises(ProtocolViolation):
        dialogue.next_event()


def test_capa_list_is_bounded() -> None:
    dialogue = Pop3Dialogue(Limits(lines=4))
    greeting_of(dialogue, b"+OK\r\n")
    dialogue.ask_capabilities()
    dialogue.receive(b"+OK\r\n" + b"X\r\n" * 4)
    with pytest.raises(ProtocolViolation, match="more than 4 lines"):
        dialogue.next_event()


def test_user_and_pass_keep_blanks_and_special_characters() -> None:
    dialogue = greeted(POP3, tls=True)
    exchange = sign_in(dialogue, "USER")
    assert exchange.begin() == f"USER {CREDENTIAL.username}\r\n".encode()
    sent = exchange.answer(reply_of(dialogue, b"+OK go on\r\n"))
    assert sent == f"PASS {CREDENTIAL.secret}\r\n".encode()
    assert exchange.answer(reply_of(dialogue, b"+OK in\r\n")) is None


@pytest.mark.parametrize("raw", [b"-ERR unknown\r\n", b"+ hm\r\n"])
def test_password_is_not_sent_where_the_user_name_was_not_accepted(raw: bytes) -> None:
    dialogue = greeted(POP3, tls=True)
    exchange = sign_in(dialogue, "USER")
    exchange.begin()
    assert exchange.answer(reply_of(dialogue, raw)) is None
    assert exchange.cancelled is raw.startswith(b"+ ")


def test_apop_inside_implicit_tls_is_the_digest_of_rfc_1939() -> None:
    dialogue = greeted(POP3, tls=True, greeting=APOP_GREETING)
    dialogue.ask_capabilities()
    offered = reply_of(dialogue, b"+OK\r\n.\r\n").capabilities
    assert offered is not None
    (apop,) = dialogue.usable_mechanisms(AuthMethod.ENCRYPTED_PASSWORD, offered)
    assert apop == Mechanism("APOP", True)
    exchange = dialogue.sign_in(apop, Credential("mrose", "tanstaaf"), offered)
    assert exchange.begin() == b"APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n"
    assert exchange.secret_sent
    assert exchange.answer(reply_of(dialogue, b"+OK in\r\n")) is None


def test_apop_is_offered_without_capa_too() -> None:
    dialogue = greeted(POP3, tls=True, greeting=APOP_GREETING)
    dialogue.ask_capabilities()
    offered = reply_of(dialogue, b"-ERR what\r\n").capabilities
    assert offered is not None
    assert offered.mechanisms == ("APOP",)
    assert dialogue.usable_mechanisms(AuthMethod.ENCRYPTED_PASSWORD, offered)


def test_timestamp_from_before_stls_is_forgotten() -> None:
    dialogue = greeted(POP3, greeting=APOP_GREETING)
    dialogue.ask_capabilities()
    plain = reply_of(dialogue, b"+OK\r\nSTLS\r\n.\r\n").capabilities
    assert plain is not None
    assert plain.mechanisms == ("APOP",)
    assert dialogue.usable_mechanisms(AuthMethod.ENCRYPTED_PASSWORD, plain) == ()
    dialogue.start_tls()
    reply_of(dialogue, b"+OK\r\n")
    dialogue.tls_established()
    assert dialogue.usable_mechanisms(AuthMethod.ENCRYPTED_PASSWORD, plain) == ()
    with pytest.raises(LocalProtocolError):
        sign_in(dialogue, "APOP", offered=plain)


@pytest.mark.parametrize(
    "greeting",
    [
        b"+OK <no-at-sign>\r\n",
        b"+OK <a@b@c>\r\n",
        b"+OK <a b@c>\r\n",
        b"+OK <caf\xe9@c>\r\n",
        b"+OK <a@>\r\n",
    ],
)
def test_loose_timestamp_is_none(greeting: bytes) -> None:
    dialogue = greeted(POP3, tls=True, greeting=greeting)
    usable = dialogue.usable_mechanisms(AuthMethod.ENCRYPTED_PASSWORD, offering("APOP"))
    assert usable == ()


def test_goodbye() -> None:
    dialogue = greeted(POP3)
    assert dialogue.leave() == b"QUIT\r\n"
    assert reply_of(dialogue, b"+OK bye\r\n").kind is ReplyKind.OK
    assert dialogue.leave() == b""


def test_there_is_no_simpler_question() -> None:
    dialogue = greeted(POP3)
    dialogue.ask_capabilities()
    reply_of(dialogue, b"-ERR what\r\n")
    assert dialogue.ask_again() is None


def test_unasked_answer_is_nonsense() -> None:
    assert reply_of(greeted(POP3), b"+OK fine\r\n").kind is ReplyKind.NONSENSE
