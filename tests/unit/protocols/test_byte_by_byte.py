"""However the network cuts the stream, the same is seen and said."""

from __future__ import annotations

import pytest
from protocol_driving import (
    CREDENTIAL,
    PLAIN_CREDENTIAL,
    Step,
    answer,
    ask,
    begin,
    end,
    hear,
    run_script,
    say,
    upgrade,
)

from mailcheck_gui.model.account import Protocol

leave = say(lambda dialogue: dialogue.leave())
start_tls = say(lambda dialogue: dialogue.start_tls())
ask_again = say(lambda dialogue: dialogue.ask_again("[192.0.2.7]"))

SMTP_OPENING: tuple[Step, ...] = (
    hear(b"220-mail.example.org ESMTP\r\n220 no spam\r\n"),
    ask,
    hear(b"250-mail.example.org\r\n250-SIZE 1000\r\n250-AUTH=PLAIN\r\n250 STARTTLS\r\n"),
    start_tls,
    hear(b"220 2.0.0 go\r\n"),
    upgrade,
    ask,
    hear(b"250-mail.example.org\r\n250 AUTH PLAIN LOGIN XOAUTH2 CRAM-MD5\r\n"),
)
IMAP_OPENING: tuple[Step, ...] = (
    hear(b"* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n"),
    ask,
    start_tls,
    hear(b"* OK [ALERT] hm\r\nA1 OK begin\r\n"),
    upgrade,
    ask,
    hear(b"* X {5}\r\nA2 \r\n\r\n* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\nA2 OK\r\n"),
)
POP3_OPENING: tuple[Step, ...] = (
    hear(b"+OK ready <1.2@example.org>\r\n"),
    ask,
    hear(b"+OK\r\nUSER\r\nSTLS\r\nSASL PLAIN\r\n.\r\n"),
    start_tls,
    hear(b"+OK begin\r\n"),
    upgrade,
    ask,
    hear(b"+OK\r\nUSER\r\nSASL PLAIN CRAM-MD5\r\n..\r\n.\r\n"),
)

SCRIPTS: dict[str, tuple[Protocol, tuple[Step, ...]]] = {
    "smtp-plain": (
        Protocol.SMTP,
        (
            *SMTP_OPENING,
            begin("PLAIN", CREDENTIAL),
            hear(b"235 2.7.0 ok\r\n"),
            answer,
            leave,
            hear(b"221 bye\r\n"),
            end,
        ),
    ),
    "smtp-login-refused-and-closed": (
        Protocol.SMTP,
        (
            *SMTP_OPENING,
            begin("LOGIN", CREDENTIAL),
            hear(b"334 VXNlcm5hbWU6\r\n"),
            answer,
            hear(b"334 UGFzc3dvcmQ6\r\n"),
            answer,
            hear(b"535-5.7.8 a\n535 5.7.8 b"),
            end,
            answer,
        ),
    ),
    "smtp-xoauth2-error": (
        Protocol.SMTP,
        (
            *SMTP_OPENING,
            begin("XOAUTH2", PLAIN_CREDENTIAL),
            hear(b"334 eyJzIjoxfQ==\r\n"),
            answer,
            hear(b"535 5.7.8 no\r\n"),
            answer,
            leave,
        ),
    ),
    "smtp-cram-md5": (
        Protocol.SMTP,
        (
            *SMTP_OPENING,
            begin("CRAM-MD5", CREDENTIAL),
            hear(b"334 PDFAeD4=\r\n"),
            answer,
            hear(b"454 4.7.0 later\r\n"),
            answer,
        ),
    ),
    "smtp-helo": (
        Protocol.SMTP,
        (hear(b"220 mx\n"), ask, hear(b"502 5.5.2 no\n"), ask_again, hear(b"250 mx\n"), leave, end),
    ),
    "smtp-injection": (
        Protocol.SMTP,
        (
            hear(b"220 mx\r\n"),
            start_tls,
            hear(b"220 go\r\n250-x\r\n250 AUTH PLAIN\r\n"),
            upgrade,
            ask,
            hear(b"250 mx\r\n"),
        ),
    ),
    "smtp-violation": (Protocol.SMTP, (hear(b"220 mx\r\n"), ask, hear(b"250-mx\r\n251 x\r\n"))),
    "smtp-tls-instead": (Protocol.SMTP, (hear(b"\x15\x03\x01\x00\x02\x02\x46"),)),
    "smtp-refused": (Protocol.SMTP, (hear(b"554-5.7.1 no\r\n554 5.7.1 go\r\n"), leave, end)),
    "smtp-foreign": (Protocol.SMTP, (hear(b"* OK IMAP\r\n* BYE\r\n"), leave, end)),
    "imap-plain-ir": (
        Protocol.IMAP,
        (
            *IMAP_OPENING,
            begin("PLAIN", CREDENTIAL, "SASL-IR"),
            hear(b"A3 OK in\r\n"),
            answer,
            leave,
            hear(b"* BYE bye\r\nA4 OK done\r\n"),
            end,
        ),
    ),
    "imap-login-literals": (
        Protocol.IMAP,
        (
            *IMAP_OPENING,
            begin("LOGIN-COMMAND", CREDENTIAL),
            hear(b"+ go\r\n"),
            answer,
            hear(b"+ go\r\n"),
            answer,
            hear(b"* NO [WEBALERT x] y\r\nA3 NO [ALERT] z\r\n"),
            answer,
        ),
    ),
    "imap-bye-in-sign-in": (
        Protocol.IMAP,
        (*IMAP_OPENING, begin("CRAM-MD5", CREDENTIAL), hear(b"* BYE x\r\nA3 NO y\r\n"), leave, end),
    ),
    "imap-cancelled": (
        Protocol.IMAP,
        (
            *IMAP_OPENING,
            begin("PLAIN", CREDENTIAL),
            hear(b"+ aGk=\r\n"),
            answer,
            hear(b"A3 BAD cancelled\r\n"),
            answer,
        ),
    ),
    "imap-preauth": (Protocol.IMAP, (hear(b"* PREAUTH in\r\n"), ask, hear(b"A1 NO\r\n"), leave)),
    "imap-violation": (Protocol.IMAP, (hear(b"* OK\r\n"), ask, hear(b"A7 OK\r\n"))),
    "pop3-user": (
        Protocol.POP3,
        (
            *POP3_OPENING,
            begin("USER", CREDENTIAL),
            hear(b"+OK\r\n"),
            answer,
            hear(b"-ERR [IN-USE] busy\r\n"),
            answer,
            leave,
            hear(b"+OK bye\r\n"),
            end,
        ),
    ),
    "pop3-plain": (
        Protocol.POP3,
        (
            *POP3_OPENING,
            begin("PLAIN", CREDENTIAL),
            hear(b"+ \r\n"),
            answer,
            hear(b"+OK in\r\n"),
            answer,
        ),
    ),
    "pop3-capa-refused": (
        Protocol.POP3,
        (hear(b"+OK\r\n"), ask, hear(b"-ERR [SYS/PERM] what\r\n"), start_tls, hear(b"+ hm\r\n")),
    ),
}


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("name", list(SCRIPTS))
def test_pieces_of_any_size_give_the_same_as_the_whole(name: str, size: int) -> None:
    protocol, steps = SCRIPTS[name]
    whole = run_script(protocol, steps, None)
    assert whole
    assert run_script(protocol, steps, size) == whole


def test_injected_bytes_are_pending_at_the_go_ahead_and_forgotten_after_it() -> None:
    seen = run_script(*SCRIPTS["smtp-injection"], None)
    assert b"250-x\r\n250 AUTH PLAIN\r\n" in seen
    last = seen[-1]
    assert getattr(last, "raw", None) == b"250 mx\r\n"
