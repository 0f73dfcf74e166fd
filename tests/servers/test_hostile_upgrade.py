"""Attacks on the way to TLS: stripping, nonsense, downgrade, PREAUTH, injection, tampering."""

from __future__ import annotations

import ssl

import pytest
from hostile import (
    GO_AHEADS,
    GREETINGS,
    PLAIN_PORTS,
    Attacker,
    assert_no_advice_names,
    assert_no_credential_left,
    assert_one_exchange,
    attack,
    attack_on,
    role_of,
    talk_of,
)
from run_watch import RunWatch
from whole_check import IMAP, POP3, SMTP, STARTTLS, Examined

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.model.finding import SideStatus
from mailcheck_gui.model.observation import EndKind, HandshakeOutcome, StartTlsOutcome
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.practice import Wire


def assert_stopped(seen: Examined, watch: RunWatch, protocol: Protocol, *codes: str) -> None:
    """The check names the cause, proposes nothing weaker, and sent nothing of a credential."""
    assert set(codes) <= seen.errors
    assert seen.report.verdict is Verdict.ERROR
    assert seen.report.suggestion.side(role_of(protocol)).status is SideStatus.NO_CURE
    assert_no_credential_left(watch)
    sent = [sent for run in watch.runs for sent in run.network.bytes_to(PLAIN_PORTS[protocol])]
    commands = b"".join(each.partition(b"\x16\x03\x01")[0] for each in sent)
    for verb in (b"AUTH", b"LOGIN", b"USER", b"PASS", b"MAIL", b"SELECT", b"APPEND"):
        assert verb not in commands.upper()


OFFERS_WITHOUT = {
    SMTP: b"250-mx\r\n250 AUTH PLAIN LOGIN\r\n",
    IMAP: b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n<tag> OK done\r\n",
    POP3: b"+OK list\r\nUSER\r\nSASL PLAIN\r\n.\r\n",
}


@pytest.mark.parametrize("protocol", list(Protocol))
def test_starttls_that_was_cut_out(protocol: Protocol, run_watch: RunWatch) -> None:
    seen = attack(Attacker(protocol, offers=OFFERS_WITHOUT[protocol]))
    assert_stopped(seen, run_watch, protocol, "starttls-not-offered")


@pytest.mark.parametrize("mask", [b"XXXXXXXA", b"XXXX", b"XXXXXXXXXX"])
def test_starttls_that_was_overwritten(mask: bytes, run_watch: RunWatch) -> None:
    offers = b"250-mx\r\n250-" + mask + b"\r\n250 AUTH PLAIN\r\n"
    seen = attack(Attacker(SMTP, offers=offers))
    assert_stopped(seen, run_watch, SMTP, "starttls-stripped")


def test_a_greeting_that_was_overwritten(run_watch: RunWatch) -> None:
    greeting = b"220 *************************************\r\n"
    seen = attack(Attacker(SMTP, greeting=greeting, offers=OFFERS_WITHOUT[SMTP]))
    assert_stopped(seen, run_watch, SMTP, "starttls-stripped")


@pytest.mark.parametrize(
    ("protocol", "reply"),
    [
        (SMTP, b"454 4.7.0 not now\r\n"),
        (SMTP, b"502 5.5.1 no\r\n"),
        (SMTP, b"354 go on\r\n"),
        (SMTP, b"250 2.0.0 OK\r\n"),
        (SMTP, b"334 UGFzc3dvcmQ6\r\n"),
        (SMTP, b"235 2.7.0 welcome\r\n"),
        (IMAP, b"<tag> NO not now\r\n"),
        (IMAP, b"<tag> BAD what\r\n"),
        (IMAP, b"+ continue\r\n"),
        (IMAP, b"+\r\n"),
        (POP3, b"-ERR not now\r\n"),
        (POP3, b"+ continue\r\n"),
    ],
)
def test_an_upgrade_that_is_refused(protocol: Protocol, reply: bytes, run_watch: RunWatch) -> None:
    seen = attack(Attacker(protocol, go_ahead=reply))
    assert_stopped(seen, run_watch, protocol, "starttls-refused")


@pytest.mark.parametrize(
    ("protocol", "reply"),
    [
        (SMTP, b"+ continue\r\n"),
        (SMTP, b"220-go\r\n354 on\r\n"),
        (SMTP, b"\r\n"),
        (IMAP, b"<tag> PREAUTH welcome\r\n"),
        (IMAP, b"220 go\r\n"),
        (IMAP, b"A999999 OK another tag\r\n"),
        (POP3, b"220 go\r\n"),
    ],
)
def test_an_upgrade_that_is_answered_in_no_known_way(
    protocol: Protocol, reply: bytes, run_watch: RunWatch
) -> None:
    seen = attack(Attacker(protocol, go_ahead=reply))
    assert_stopped(seen, run_watch, protocol)
    assert talk_of(seen).tls is None
    end = talk_of(seen).end
    assert end is not None
    assert end.kind is EndKind.VIOLATION


@pytest.mark.parametrize(
    ("protocol", "offers", "answers"),
    [
        (SMTP, b"502 5.5.1 no EHLO\r\n", {"HELO": b"250 mx\r\n"}),
        (SMTP, b"500 what\r\n", {"HELO": b"500 what\r\n"}),
        (SMTP, b"354 go on\r\n", {}),
        (IMAP, b"<tag> BAD what\r\n", {}),
        (IMAP, b"<tag> NO not for you\r\n", {}),
        (IMAP, b"<tag> OK nothing listed\r\n", {}),
        (IMAP, b"* CAPABILITY IMAP4\r\n<tag> OK done\r\n", {}),
        (IMAP, b"+ continue\r\n", {}),
        (POP3, b"-ERR what\r\n", {}),
        (POP3, b"+ continue\r\n", {}),
        (POP3, b"+OK\r\n.\r\n", {}),
    ],
)
def test_capabilities_that_are_withheld(
    protocol: Protocol, offers: bytes, answers: dict[str, bytes], run_watch: RunWatch
) -> None:
    """That one cannot ask does not mean that no TLS is needed."""
    seen = attack(Attacker(protocol, offers=offers, answers=answers))
    assert_stopped(seen, run_watch, protocol, "starttls-not-offered")


@pytest.mark.parametrize(
    "greeting",
    [
        b"* PREAUTH welcome\r\n",
        b"* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] welcome\r\n",
        b"* PREAUTH [CAPABILITY IMAP4rev1] welcome\r\n",
        b"* PREAUTH [REFERRAL imap://evil.example/] welcome\r\n",
    ],
)
def test_preauth_before_tls(greeting: bytes, run_watch: RunWatch) -> None:
    seen = attack(Attacker(IMAP, greeting=greeting))
    assert_stopped(seen, run_watch, IMAP, "preauth-before-tls")
    assert_no_advice_names(seen, "evil.example")


def test_preauth_inside_tls_is_no_sign_in_either(run_watch: RunWatch) -> None:
    seen = attack(Attacker(IMAP, implicit=True, greeting=b"* PREAUTH welcome\r\n"))
    assert seen.report.verdict is not Verdict.OK
    assert_no_credential_left(run_watch)


INJECTED = {
    "capabilities": {
        SMTP: b"250-mx\r\n250 AUTH PLAIN\r\n",
        IMAP: b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA2 OK done\r\n",
        POP3: b"+OK list\r\nUSER\r\n.\r\n",
    },
    "alert": {
        SMTP: b"220 Call 555-1234 at once\r\n",
        IMAP: b"* OK [ALERT] Call 555-1234 at once\r\n",
        POP3: b"+OK Call 555-1234 at once\r\n",
    },
    "bye": {SMTP: b"421 bye\r\n", IMAP: b"* BYE\r\n", POP3: b"-ERR bye\r\n"},
    "junk": dict.fromkeys((SMTP, IMAP, POP3), b"\x00\xff\xfe junk"),
    "half a line": dict.fromkeys((SMTP, IMAP, POP3), b"2"),
    "a TLS record": dict.fromkeys((SMTP, IMAP, POP3), bytes.fromhex("15 0303 0002 0228")),
    "an accepted sign-in": {
        SMTP: b"235 2.7.0 welcome\r\n",
        IMAP: b"A3 OK welcome\r\n",
        POP3: b"+OK welcome\r\n",
    },
}


@pytest.mark.parametrize("protocol", list(Protocol))
@pytest.mark.parametrize("injected", INJECTED.values(), ids=INJECTED)
def test_bytes_behind_the_go_ahead(
    protocol: Protocol, injected: dict[Protocol, bytes], run_watch: RunWatch
) -> None:
    go_ahead = GO_AHEADS[protocol] + injected[protocol]
    seen = attack(Attacker(protocol, go_ahead=go_ahead, upgrades=True))
    assert_stopped(seen, run_watch, protocol, "starttls-injection")
    assert talk_of(seen).tls is None  # no ClientHello follows
    assert_no_advice_names(seen, "555-1234")


@pytest.mark.parametrize("protocol", list(Protocol))
def test_bytes_in_place_of_the_handshake(protocol: Protocol, run_watch: RunWatch) -> None:
    async def late(wire: Wire, _context: ssl.SSLContext) -> None:
        attacker = Attacker(protocol)
        await wire.send(GREETINGS[protocol])
        while True:
            words = (await wire.read_line()).split(b" ")
            tag = words.pop(0) if protocol is IMAP else b""
            upgrade = words[0] in (b"STARTTLS", b"STLS")
            answer = attacker._answer(words[0].decode(), inside=False).replace(b"<tag>", tag)
            await wire.send(answer)
            if upgrade:
                await wire.read_some()
                await wire.send(INJECTED["an accepted sign-in"][protocol])

    port = PLAIN_PORTS[protocol]
    seen = attack_on(protocol, port, STARTTLS, {port: late})
    assert_stopped(seen, run_watch, protocol, "tls-handshake-failed")
    tls = talk_of(seen).tls
    assert tls is not None
    assert tls.outcome is HandshakeOutcome.NOT_TLS


UNTAGGED = [
    b'* LIST (\\Noselect) "/" "evil.example"',
    b'* LSUB () "/" INBOX',
    b"* STATUS INBOX (MESSAGES 555)",
    b"* SEARCH 1 2 3",
    b"* FLAGS (\\Seen)",
    b"* 555 EXISTS",
    b"* 3 RECENT",
    b"* 1 EXPUNGE",
    b"* 1 FETCH (BODY[TEXT] {12}\r\nevil.example)",
    b'* NAMESPACE (("" "/")) NIL NIL',
    b"* OK [ALERT] evil.example: call 555-1234",
    b"* NO [PARSE] evil.example",
    b"* BAD [BADCHARSET (evil.example)] what",
    b"* OK [REFERRAL imap://evil.example/] there",
    b"* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=NTLM",
]


@pytest.mark.parametrize("untagged", UNTAGGED)
def test_what_is_said_before_tls_counts_for_nothing_inside(
    untagged: bytes, run_watch: RunWatch
) -> None:
    """The upgrade goes on, everything is asked again, and the words are nobody's facts."""
    seen = attack(
        Attacker(
            IMAP,
            greeting=b"* OK ready\r\n",
            offers=untagged + b"\r\n* CAPABILITY IMAP4rev1 STARTTLS\r\n<tag> OK done\r\n",
            go_ahead=untagged + b"\r\n<tag> OK begin\r\n",
            upgrades=True,
            inside={"AUTHENTICATE": b"<tag> OK welcome\r\n"},
        )
    )
    assert talk_of(seen).starttls is not None
    assert seen.report.verdict is Verdict.OK
    assert seen.codes <= {"weaker-than-available"}
    assert_no_advice_names(seen, "evil.example")
    (row,) = [row for row in seen.document["endpoints"] if row["configured"]]  # type: ignore[attr-defined]
    assert row["auth"] == ["PLAIN", "LOGIN-COMMAND"]
    assert_one_exchange(run_watch)


@pytest.mark.parametrize(
    ("protocol", "words"),
    [
        (SMTP, b"220 mx ESMTP <b>evil</b> https://evil.example/ \x1b[31m\xe2\x80\xae\x00\r\n"),
        (IMAP, b"* OK [ALERT] <b>evil</b> https://evil.example/ \x1b[31m\xe2\x80\xae\x00\r\n"),
        (POP3, b"+OK <b>evil</b> https://evil.example/ \x1b[31m\xe2\x80\xae\x00\r\n"),
    ],
)
def test_words_before_tls_are_quoted_and_nothing_more(
    protocol: Protocol, words: bytes, run_watch: RunWatch
) -> None:
    seen = attack(Attacker(protocol, greeting=words, offers=OFFERS_WITHOUT[protocol]))
    assert_stopped(seen, run_watch, protocol, "starttls-not-offered")
    assert_no_advice_names(seen, "evil")
    quotes = "".join(str(finding["evidence"]) for finding in seen.document["findings"])  # type: ignore[attr-defined]
    assert "https://evil.example/" in quotes
    assert not set("\x1b\x00\u202e") & set(quotes)


@pytest.mark.parametrize(
    ("protocol", "greeting"),
    [
        (IMAP, b"A1 OK a tag in the greeting\r\n"),
        (IMAP, b"* LIST () INBOX\r\n* OK ready\r\n"),
        (IMAP, b"\r\n* OK ready\r\n"),
        (IMAP, b"* BAD no\r\n"),
        (SMTP, b"250 ready\r\n"),
        (SMTP, b"220-mx\r\n* OK ready\r\n"),
        (POP3, b"+ ready\r\n"),
    ],
)
def test_greetings_that_no_grammar_allows(
    protocol: Protocol, greeting: bytes, run_watch: RunWatch
) -> None:
    seen = attack(Attacker(protocol, greeting=greeting))
    assert_stopped(seen, run_watch, protocol)
    starttls = talk_of(seen).starttls
    assert starttls is None or starttls.outcome is not StartTlsOutcome.ACCEPTED
