"""Whatever bytes a server sends, they end in events or in a violation, within the limits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protocol_driving import DIALOGUES, GREETINGS, PLAIN_CREDENTIAL, sign_in

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.protocols.dialogue import Event, MailDialogue, Reply
from mailcheck_gui.protocols.errors import ProtocolViolation
from mailcheck_gui.protocols.lines import Limits

LIMITS = Limits(line=200, literal=50, total=2000, lines=10)

FRAGMENTS = [
    *(b"220 ", b"250-", b"250 ", b"334 ", b"421 ", b"535 5.7.8 ", b"AUTH PLAIN", b"STARTTLS"),
    *(b"* ", b"* OK ", b"* BYE ", b"* CAPABILITY ", b"A1 OK ", b"A1 NO [ALERT] ", b"A1 BAD", b"A9"),
    *(b"+OK ", b"-ERR [", b"+ ", b"+", b".", b"..", b"{3}", b"{99}", b"{0}", b"[CAPABILITY ", b"]"),
    *(b"\x15\x03\x01", b"\x16\x03", b"\x00", b"\xff", b"<a@b>", b"=" * 60, b"X" * 90),
    *(b"\r\n", b"\r\n", b"\r\n", b"\n", b"\r", b" "),
]
server_bytes = st.one_of(
    st.binary(max_size=300),
    st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(b"".join),
)


def listen(dialogue: MailDialogue) -> None:
    """Say nothing: the greeting is still to come."""


def greet(dialogue: MailDialogue) -> None:
    dialogue.receive(GREETINGS[dialogue.protocol])
    dialogue.next_event()


def ask(dialogue: MailDialogue) -> None:
    greet(dialogue)
    dialogue.ask_capabilities("[192.0.2.7]")


def upgrade(dialogue: MailDialogue) -> None:
    greet(dialogue)
    dialogue.start_tls()


def authenticate(dialogue: MailDialogue) -> None:
    dialogue.tls_established()
    greet(dialogue)
    sign_in(dialogue, "LOGIN", PLAIN_CREDENTIAL).begin()


def goodbye(dialogue: MailDialogue) -> None:
    greet(dialogue)
    dialogue.leave()


MOMENTS: list[Callable[[MailDialogue], None]] = [
    listen,
    greet,
    ask,
    upgrade,
    authenticate,
    goodbye,
]

Outcome = tuple[list[Event], str, bytes]


def outcome(dialogue: MailDialogue, data: bytes, size: int) -> Outcome:
    """Feed bytes in pieces and return the events, the violation if any, and what is pending."""
    events: list[Event] = []

    def drain() -> None:
        while (event := dialogue.next_event()) is not None:
            events.append(event)

    try:
        for start in range(0, len(data), size):
            dialogue.receive(data[start : start + size])
            drain()
        dialogue.receive_end()
        drain()
    except ProtocolViolation as violation:
        return events, violation.reason, b""
    return events, "", dialogue.pending


@pytest.mark.parametrize("protocol", list(Protocol))
@given(moment=st.sampled_from(MOMENTS), data=server_bytes, size=st.integers(1, 20))
def test_any_bytes_end_in_events_or_a_violation_however_they_are_cut(
    protocol: Protocol, moment: Callable[[MailDialogue], None], data: bytes, size: int
) -> None:
    whole, cut = (DIALOGUES[protocol](LIMITS) for _ in range(2))
    moment(whole)
    moment(cut)
    seen = outcome(whole, data, max(len(data), 1))
    assert outcome(cut, data, size) == seen
    events, _, pending = seen
    assert sum(len(event.raw) for event in events) + len(pending) <= len(data)
    for event in events:
        assert event.raw.count(b"\n") <= LIMITS.lines
        assert all(len(line) <= LIMITS.line for line in event.raw.splitlines(keepends=True))


@pytest.mark.parametrize("protocol", list(Protocol))
@given(data=server_bytes)
def test_a_sign_in_outlives_any_bytes_and_says_little(protocol: Protocol, data: bytes) -> None:
    dialogue = DIALOGUES[protocol](LIMITS)
    dialogue.tls_established()
    greet(dialogue)
    exchange = sign_in(dialogue, "LOGIN", PLAIN_CREDENTIAL)
    exchange.begin()
    answers: list[bytes] = []
    events, _, _ = outcome(dialogue, data, len(data) + 1)
    for event in events:
        sent = exchange.answer(event) if isinstance(event, Reply) else None
        if sent is not None:
            answers.append(sent)
    assert len(answers) <= 3
    assert answers[2:] in ([], [b"*\r\n"])


def hear_for_ever(dialogue: MailDialogue, data: bytes) -> None:
    for _ in range(LIMITS.total):
        dialogue.receive(data)
        while dialogue.next_event() is not None:
            continue


@pytest.mark.parametrize("protocol", list(Protocol))
@pytest.mark.parametrize(
    "endless",
    [b"x", b"220-x\r\n", b"* 1 EXISTS\r\n", b"* X {40}\r\n" + b"y" * 40 + b"\r\n", b"\r\n"],
)
def test_an_endless_server_meets_a_limit(protocol: Protocol, endless: bytes) -> None:
    dialogue = DIALOGUES[protocol](LIMITS)
    ask(dialogue)
    with pytest.raises(ProtocolViolation):
        hear_for_ever(dialogue, endless)


LINE_STARTS: list[tuple[Protocol, Callable[[MailDialogue], None], bytes]] = [
    (Protocol.SMTP, listen, b"220 "),
    (Protocol.SMTP, authenticate, b"535 "),
    (Protocol.IMAP, listen, b"* OK "),
    (Protocol.IMAP, authenticate, b"A1 NO "),
    (Protocol.POP3, listen, b"+OK "),
    (Protocol.POP3, authenticate, b"-ERR "),
]
LONG_TEXTS = {
    "one word": b"a" * 60000,
    "blanks": b" " * 60000 + b"x",
    "hosts": b"a. " * 20000,
    "slashes": b"/" * 60000,
    "open code": b"[" + b"a" * 60000,
    "open code with blanks": b"[a" + b" " * 60000,
    "open code with words": b"[" + b"a " * 30000,
    "brackets": b"[" * 60000,
    "capabilities": b"[CAPABILITY" + b" AUTH=" * 9000 + b"]",
    "open timestamp": b"<" + b"a" * 60000,
    "open timestamps": b"<a@" * 20000,
    "braces": b"{" * 60000,
    "asterisks": b"*" * 60000,
    "enhanced codes": b"5.7.8" * 12000,
}


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS)
@pytest.mark.parametrize(("protocol", "moment", "start"), LINE_STARTS)
@pytest.mark.timeout(20)
def test_a_long_line_is_read_without_backtracking(
    protocol: Protocol, moment: Callable[[MailDialogue], None], start: bytes, text: bytes
) -> None:
    """A quadratic pattern needs minutes for these; the time-out is there to catch only that."""
    dialogue = DIALOGUES[protocol]()
    moment(dialogue)
    line = start + text + b"\r\n"
    dialogue.receive(line)
    event = dialogue.next_event()
    assert event is not None
    assert event.raw == line
