from __future__ import annotations

import pytest
from protocol_driving import greeting_of, new_dialogue

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.model.observation import GreetingKind, Spoken
from mailcheck_gui.protocols.greeting import recognise

TABLE = [
    (b"* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n", Spoken.IMAP),
    (b"* PREAUTH signed in\r\n", Spoken.IMAP),
    (b"* BYE too many connections\r\n", Spoken.IMAP),
    (b"* ok\r\n", Spoken.IMAP),
    (b"* OKAY\r\n", Spoken.UNKNOWN),
    (b"+OK Dovecot ready.\r\n", Spoken.POP3),
    (b"-ERR [SYS/TEMP] try later\r\n", Spoken.POP3),
    (b"220 mail.example.org ESMTP Postfix\r\n", Spoken.SMTP),
    (b"220-mail.example.org ESMTP Exim 4.96\r\n220 hello\r\n", Spoken.SMTP),
    (b"220\r\n", Spoken.SMTP),
    (b"220 mx.example.org\r\n", Spoken.SMTP),
    (b"220 ***************************\r\n", Spoken.SMTP),
    (b"421 4.7.0 Too many connections\r\n", Spoken.SMTP),
    (b"554 5.7.1 Blocked, see http://ftp.example.org/why\r\n", Spoken.SMTP),
    (b"220 ftp.example.org ESMTP ready\r\n", Spoken.SMTP),
    (b"220 ftp.example.org ready\r\n", Spoken.SMTP),
    (b"220 host LMTP\r\n", Spoken.SMTP),
    (b"220 (vsFTPd 3.0.3)\r\n", Spoken.FTP),
    (b"220 ProFTPD Server (Debian) [::ffff:192.0.2.1]\r\n", Spoken.FTP),
    (b"220---------- Welcome to Pure-FTPd [TLS] ----------\r\n", Spoken.FTP),
    (b"220-FileZilla Server 1.7.0\r\n", Spoken.FTP),
    (b"220 ftp.example.org FTP server ready.\r\n", Spoken.FTP),
    (b"220 Welcome to our FTP.\r\n", Spoken.FTP),
    (b"HTTP/1.1 400 Bad Request\r\n", Spoken.HTTP),
    (b"<html>\r\n", Spoken.HTTP),
    (b"<!DOCTYPE html>\r\n", Spoken.HTTP),
    (b"SSH-2.0-OpenSSH_9.2\r\n", Spoken.SSH),
    (b"200 news.example.org InterNetNews ready\r\n", Spoken.UNKNOWN),
    (b"2200 strange\r\n", Spoken.UNKNOWN),
    (b"RFB 003.008\n", Spoken.UNKNOWN),
    (b"\xff\xfd\x18\xff\xfd\x20", Spoken.UNKNOWN),
    (b"\r\n", Spoken.UNKNOWN),
    (b"", Spoken.UNKNOWN),
]


@pytest.mark.parametrize(("raw", "spoken"), TABLE)
def test_greeting_is_recognised(raw: bytes, spoken: Spoken) -> None:
    assert recognise(raw) is spoken


FOREIGN = [
    (protocol, raw, spoken)
    for protocol in Protocol
    for raw, spoken in TABLE
    if raw.endswith(b"\n") and spoken.value != protocol.value
]


@pytest.mark.parametrize(("protocol", "raw", "spoken"), FOREIGN)
def test_other_protocol_is_foreign_to_a_dialogue(
    protocol: Protocol, raw: bytes, spoken: Spoken
) -> None:
    greeting = greeting_of(new_dialogue(protocol), raw)
    assert (greeting.kind, greeting.spoken) == (GreetingKind.FOREIGN, spoken)
    assert raw.startswith(greeting.raw)
    assert greeting.raw.endswith(b"\n")


@pytest.mark.parametrize("protocol", list(Protocol))
def test_nothing_is_read_from_or_said_to_a_foreign_server(protocol: Protocol) -> None:
    dialogue = new_dialogue(protocol)
    greeting_of(dialogue, b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n")
    assert dialogue.next_event() is None
    assert dialogue.pending == b"Server: x\r\n\r\n"
    assert dialogue.leave() == b""
