"""The rules of sign-in that hold for every protocol and mechanism."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest
from protocol_driving import (
    CREDENTIAL,
    PLAIN_CREDENTIAL,
    SECRET,
    USER,
    greeted,
    offering,
    reply_of,
    sign_in,
)

from mailcheck_gui.model.account import Credential, Protocol
from mailcheck_gui.protocols.dialogue import Mechanism, ReplyKind
from mailcheck_gui.protocols.errors import LocalProtocolError

SPOKEN = [
    (Protocol.SMTP, "PLAIN"),
    (Protocol.SMTP, "LOGIN"),
    (Protocol.SMTP, "CRAM-MD5"),
    (Protocol.SMTP, "XOAUTH2"),
    (Protocol.IMAP, "PLAIN"),
    (Protocol.IMAP, "LOGIN"),
    (Protocol.IMAP, "CRAM-MD5"),
    (Protocol.IMAP, "XOAUTH2"),
    (Protocol.IMAP, "LOGIN-COMMAND"),
    (Protocol.POP3, "PLAIN"),
    (Protocol.POP3, "LOGIN"),
    (Protocol.POP3, "CRAM-MD5"),
    (Protocol.POP3, "XOAUTH2"),
    (Protocol.POP3, "USER"),
    (Protocol.POP3, "APOP"),
]
STAMPED = b"+OK ready <1.2@example.org>\r\n"
REFUSALS = {
    Protocol.SMTP: b"535 5.7.8 no\r\n",
    Protocol.IMAP: b"A1 NO no\r\n",
    Protocol.POP3: b"-ERR no\r\n",
}


def challenge(protocol: Protocol, text: bytes = b"") -> bytes:
    prefix = b"334 " if protocol is Protocol.SMTP else b"+ "
    return prefix + b64encode(text) + b"\r\n"


def greeting(protocol: Protocol) -> bytes:
    return STAMPED if protocol is Protocol.POP3 else b""


@pytest.mark.parametrize(("protocol", "name"), SPOKEN)
def test_no_sign_in_outside_tls(protocol: Protocol, name: str) -> None:
    dialogue = greeted(protocol, greeting=greeting(protocol))
    with pytest.raises(LocalProtocolError, match="outside TLS"):
        sign_in(dialogue, name)


@pytest.mark.parametrize(("protocol", "name"), SPOKEN)
def test_no_sign_in_between_the_go_ahead_and_tls(protocol: Protocol, name: str) -> None:
    go_ahead = {
        Protocol.SMTP: b"220 go\r\n",
        Protocol.IMAP: b"A1 OK go\r\n",
        Protocol.POP3: b"+OK go\r\n",
    }
    dialogue = greeted(protocol, greeting=greeting(protocol))
    dialogue.start_tls()
    assert reply_of(dialogue, go_ahead[protocol]).kind is ReplyKind.OK
    with pytest.raises(LocalProtocolError, match="outside TLS"):
        sign_in(dialogue, name)


@pytest.mark.parametrize(("protocol", "name"), SPOKEN)
@pytest.mark.parametrize("end", ["\r", "\n", "\0"])
def test_line_ends_in_a_credential_are_refused_before_anything_is_produced(
    protocol: Protocol, name: str, end: str
) -> None:
    for credential in (Credential(f"a{end}b", "c"), Credential("a", f"b{end}c")):
        dialogue = greeted(protocol, tls=True, greeting=greeting(protocol))
        with pytest.raises(LocalProtocolError, match="control character"):
            sign_in(dialogue, name, credential)


@pytest.mark.parametrize(("protocol", "name"), SPOKEN)
def test_only_an_offered_mechanism_is_used(protocol: Protocol, name: str) -> None:
    dialogue = greeted(protocol, tls=True, greeting=greeting(protocol))
    with pytest.raises(LocalProtocolError, match="not offered"):
        dialogue.sign_in(Mechanism(name, False), CREDENTIAL, offering("NTLM"))


@pytest.mark.parametrize("protocol", list(Protocol))
def test_a_mechanism_that_is_not_spoken_is_refused(protocol: Protocol) -> None:
    with pytest.raises(LocalProtocolError, match="not offered"):
        sign_in(greeted(protocol, tls=True), "NTLM")


@pytest.mark.parametrize(("protocol", "name"), SPOKEN)
def test_a_session_gives_away_one_credential_only(protocol: Protocol, name: str) -> None:
    dialogue = greeted(protocol, tls=True, greeting=greeting(protocol))
    exchange = sign_in(dialogue, name)
    exchange.begin()
    if not exchange.secret_sent:
        text = b"" if name in {"PLAIN", "XOAUTH2"} else b"Username:"
        assert exchange.answer(reply_of(dialogue, challenge(protocol, text))) is not None
    assert exchange.secret_sent
    assert exchange.answer(reply_of(dialogue, REFUSALS[protocol])) is None
    with pytest.raises(LocalProtocolError, match="second sign-in"):
        sign_in(dialogue, name)


@pytest.mark.parametrize("protocol", list(Protocol))
def test_refusal_before_the_secret_leaves_the_sign_in_unspent(protocol: Protocol) -> None:
    dialogue = greeted(protocol, tls=True)
    first = sign_in(dialogue, "LOGIN")
    first.begin()
    assert first.answer(reply_of(dialogue, REFUSALS[protocol])) is None
    assert not first.secret_sent
    second = sign_in(dialogue, "CRAM-MD5")
    assert b"CRAM-MD5" in second.begin()


@pytest.mark.parametrize(("protocol", "name"), SPOKEN)
def test_a_sign_in_begins_once(protocol: Protocol, name: str) -> None:
    exchange = sign_in(greeted(protocol, tls=True, greeting=greeting(protocol)), name)
    exchange.begin()
    with pytest.raises(LocalProtocolError, match="begins once"):
        exchange.begin()


@pytest.mark.parametrize(
    ("protocol", "name", "values"),
    [
        (Protocol.SMTP, "PLAIN", ()),
        (Protocol.SMTP, "XOAUTH2", ()),
        (Protocol.IMAP, "PLAIN", ("SASL-IR",)),
        (Protocol.IMAP, "XOAUTH2", ("SASL-IR",)),
    ],
)
def test_initial_response(protocol: Protocol, name: str, values: tuple[str, ...]) -> None:
    dialogue = greeted(protocol, tls=True)
    offered = offering(name, values=values)
    exchange = sign_in(dialogue, name, offered=offered)
    words = exchange.begin().split()
    assert exchange.secret_sent
    assert words[-2] == name.encode()
    expected = {
        "PLAIN": f"\0{USER}\0{SECRET}",
        "XOAUTH2": f"user={USER}\x01auth=Bearer {SECRET}\x01\x01",
    }
    assert b64decode(words[-1]).decode() == expected[name]


@pytest.mark.parametrize(
    ("protocol", "name", "command"),
    [
        (Protocol.SMTP, "LOGIN", b"AUTH LOGIN\r\n"),
        (Protocol.SMTP, "CRAM-MD5", b"AUTH CRAM-MD5\r\n"),
        (Protocol.IMAP, "PLAIN", b"A1 AUTHENTICATE PLAIN\r\n"),
        (Protocol.IMAP, "LOGIN", b"A1 AUTHENTICATE LOGIN\r\n"),
        (Protocol.IMAP, "CRAM-MD5", b"A1 AUTHENTICATE CRAM-MD5\r\n"),
        (Protocol.IMAP, "XOAUTH2", b"A1 AUTHENTICATE XOAUTH2\r\n"),
        (Protocol.POP3, "PLAIN", b"AUTH PLAIN\r\n"),
        (Protocol.POP3, "LOGIN", b"AUTH LOGIN\r\n"),
        (Protocol.POP3, "CRAM-MD5", b"AUTH CRAM-MD5\r\n"),
        (Protocol.POP3, "XOAUTH2", b"AUTH XOAUTH2\r\n"),
    ],
)
def test_without_initial_response_the_command_holds_nothing_secret(
    protocol: Protocol, name: str, command: bytes
) -> None:
    exchange = sign_in(greeted(protocol, tls=True), name)
    assert exchange.begin() == command
    assert not exchange.secret_sent


@pytest.mark.parametrize("protocol", list(Protocol))
def test_login_mechanism(protocol: Protocol) -> None:
    dialogue = greeted(protocol, tls=True)
    exchange = sign_in(dialogue, "LOGIN")
    exchange.begin()
    user = exchange.answer(reply_of(dialogue, challenge(protocol, b"Username:")))
    secret = exchange.answer(reply_of(dialogue, challenge(protocol, b"Password:")))
    assert user == b64encode(USER.encode()) + b"\r\n"
    assert secret == b64encode(SECRET.encode()) + b"\r\n"


@pytest.mark.parametrize("protocol", [Protocol.IMAP, Protocol.POP3])
def test_plain_after_the_empty_challenge(protocol: Protocol) -> None:
    dialogue = greeted(protocol, tls=True)
    exchange = sign_in(dialogue, "PLAIN")
    exchange.begin()
    sent = exchange.answer(reply_of(dialogue, b"+\r\n"))
    assert sent == b64encode(f"\0{USER}\0{SECRET}".encode()) + b"\r\n"
    assert exchange.secret_sent


UNEXPECTED = [
    (Protocol.SMTP, "PLAIN", [b""]),
    (Protocol.SMTP, "PLAIN", [b"Password:"]),
    (Protocol.SMTP, "XOAUTH2", [b""]),
    (Protocol.SMTP, "CRAM-MD5", [b""]),
    (Protocol.SMTP, "CRAM-MD5", [b"<1@x>", b"<2@x>"]),
    (Protocol.SMTP, "LOGIN", [b"Username:", b"Password:", b"PIN:"]),
    (Protocol.SMTP, "XOAUTH2", [b'{"status":"400"}', b'{"status":"400"}']),
    (Protocol.IMAP, "PLAIN", [b"Password:"]),
    (Protocol.IMAP, "PLAIN", [b"", b""]),
    (Protocol.IMAP, "XOAUTH2", [b"token?"]),
    (Protocol.POP3, "PLAIN", [b"Password:"]),
    (Protocol.POP3, "XOAUTH2", [b"", b"why", b"why"]),
]


@pytest.mark.parametrize(("protocol", "name", "challenges"), UNEXPECTED)
def test_unexpected_challenge_is_cancelled(
    protocol: Protocol, name: str, challenges: list[bytes]
) -> None:
    dialogue = greeted(protocol, tls=True)
    exchange = sign_in(dialogue, name)
    exchange.begin()
    answers = [
        exchange.answer(reply_of(dialogue, challenge(protocol, text))) for text in challenges
    ]
    assert answers[-1] == b"*\r\n"
    assert b"*\r\n" not in answers[:-1]
    assert exchange.cancelled
    assert exchange.answer(reply_of(dialogue, challenge(protocol))) is None


@pytest.mark.parametrize("name", ["PLAIN", "CRAM-MD5", "XOAUTH2"])
def test_challenge_that_is_no_base64_is_cancelled(name: str) -> None:
    dialogue = greeted(Protocol.IMAP, tls=True)
    exchange = sign_in(dialogue, name)
    exchange.begin()
    assert exchange.answer(reply_of(dialogue, b"+ go ahead!\r\n")) == b"*\r\n"
    assert (exchange.cancelled, exchange.secret_sent) == (True, False)


@pytest.mark.parametrize("protocol", list(Protocol))
def test_xoauth2_error_gets_an_empty_line_and_is_kept(protocol: Protocol) -> None:
    dialogue = greeted(protocol, tls=True)
    exchange = sign_in(dialogue, "XOAUTH2")
    exchange.begin()
    if not exchange.secret_sent:
        exchange.answer(reply_of(dialogue, challenge(protocol)))
    detail = b'{"status":"401","schemes":"bearer"}'
    assert exchange.answer(reply_of(dialogue, challenge(protocol, detail))) == b"\r\n"
    assert exchange.error_detail == detail
    reply = reply_of(dialogue, REFUSALS[protocol])
    assert (reply.kind, exchange.answer(reply)) == (ReplyKind.REFUSED, None)
    assert not exchange.cancelled


@pytest.mark.parametrize(
    ("credential", "first", "then"),
    [
        (PLAIN_CREDENTIAL, b'A1 LOGIN "anna@example.org" "correct horse"\r\n', []),
        (Credential("anna", "a&b<c"), b'A1 LOGIN "anna" "a&b<c"\r\n', []),
        (Credential("anna", ""), b'A1 LOGIN "anna" ""\r\n', []),
        (Credential("anna", 'a"b'), b'A1 LOGIN "anna" {3}\r\n', [b'a"b\r\n']),
        (Credential("anna", "a\\b"), b'A1 LOGIN "anna" {3}\r\n', [b"a\\b\r\n"]),
        (Credential("anna", "é"), b'A1 LOGIN "anna" {2}\r\n', [b"\xc3\xa9\r\n"]),
        (Credential("é", "x y"), b"A1 LOGIN {2}\r\n", [b'\xc3\xa9 "x y"\r\n']),
        (Credential("é", " é"), b"A1 LOGIN {2}\r\n", [b"\xc3\xa9 {3}\r\n", b" \xc3\xa9\r\n"]),
    ],
)
def test_imap_login_quotes_or_sends_literals(
    credential: Credential, first: bytes, then: list[bytes]
) -> None:
    dialogue = greeted(Protocol.IMAP, tls=True)
    exchange = sign_in(dialogue, "LOGIN-COMMAND", credential)
    assert exchange.begin() == first
    for literal in then:
        assert exchange.answer(reply_of(dialogue, b"+ go\r\n")) == literal
    assert exchange.answer(reply_of(dialogue, b"+ more\r\n")) is None
    assert exchange.cancelled


def test_refused_literal_is_not_sent() -> None:
    dialogue = greeted(Protocol.IMAP, tls=True)
    exchange = sign_in(dialogue, "LOGIN-COMMAND", Credential("anna", "é"))
    exchange.begin()
    assert exchange.answer(reply_of(dialogue, b"A1 BAD no literals\r\n")) is None


@pytest.mark.parametrize(("protocol", "name"), SPOKEN)
def test_representation_leaks_nothing(protocol: Protocol, name: str) -> None:
    dialogue = greeted(protocol, tls=True, greeting=greeting(protocol))
    exchange = sign_in(dialogue, name, Credential("Zelda", "Hyrule"))
    shown = f"{exchange!r} {exchange} {dialogue!r} {exchange.__dict__!r}"
    encoded = b64encode(b"\0Zelda\0Hyrule").decode()
    assert name in shown
    for secret in ("Zelda", "Hyrule", encoded):
        assert secret not in shown
