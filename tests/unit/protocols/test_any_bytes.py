"""Each small parser of the protocols takes any bytes, within its limits and in linear work."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protocol_driving import GREETINGS, PLAIN_CREDENTIAL, new_dialogue
from work import count_calls

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.model.observation import Spoken
from mailcheck_gui.protocols.capabilities import (
    imap_capabilities,
    is_masked_banner,
    pop3_capabilities,
    smtp_capabilities,
)
from mailcheck_gui.protocols.dialogue import ReplyKind
from mailcheck_gui.protocols.errors import ProtocolViolation
from mailcheck_gui.protocols.greeting import recognise
from mailcheck_gui.protocols.imap_response import continued_literal_size, literal_size, parse_status
from mailcheck_gui.protocols.lines import Limits, LineBuffer
from mailcheck_gui.protocols.sasl import Secret, sasl_client

LIMITS = Limits(line=60, literal=50, total=400, lines=10)
SECRET = Secret.of(PLAIN_CREDENTIAL)
MECHANISMS = ("PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2")

line_bytes = st.one_of(
    st.binary(max_size=120),
    st.lists(
        st.sampled_from([b"\r", b"\n", b"\r\n", b"\x16\x03", b"x" * 30, b"{9}", b"\0", b" "]),
        max_size=30,
    ).map(b"".join),
)
server_line = st.one_of(
    st.binary(max_size=80),
    st.lists(
        st.sampled_from(
            [b"OK", b"NO", b"BYE", b" ", b"[", b"]", b"{12}", b"{", b"}", b"* ", b"ALERT", b"\xff"]
        ),
        max_size=12,
    ).map(b"".join),
)


@given(line_bytes, st.integers(1, 20))
def test_lines_are_the_bytes_in_order_and_never_too_long(data: bytes, size: int) -> None:
    buffer = LineBuffer(LIMITS)
    taken: list[bytes] = []
    with contextlib.suppress(ProtocolViolation):
        for start in range(0, len(data), size):
            buffer.feed(data[start : start + size])
            while (line := buffer.next_line()) is not None:
                taken.append(line)
    assert data.startswith(b"".join(taken))
    assert all(len(line) <= LIMITS.line and line.count(b"\n") == 1 for line in taken)
    assert len(buffer.rest) + sum(map(len, taken)) <= LIMITS.total


@given(st.binary(max_size=300))
def test_a_greeting_is_always_recognised_as_something(data: bytes) -> None:
    assert recognise(data) in Spoken
    assert is_masked_banner(data.decode("utf-8", "replace")) in (True, False)


@given(server_line)
def test_a_status_is_read_or_is_none(line: bytes) -> None:
    status = parse_status(line)
    if status is not None:
        assert status.word in ("OK", "NO", "BAD", "PREAUTH", "BYE")
        assert status.kind in ReplyKind
        assert len(status.code) + len(status.arguments) + len(status.text) <= len(line) * 3
    for size in (literal_size(line), continued_literal_size(line)):
        assert size is None or 0 <= size < 10**20


@given(st.lists(st.text(max_size=40), max_size=20))
def test_capabilities_are_read_from_any_words(words: list[str]) -> None:
    lines = tuple(words)
    for read in (
        smtp_capabilities(lines, b"", masked_banner=False),
        imap_capabilities(lines, b""),
        pop3_capabilities(lines, b"", apop=False),
    ):
        assert read.values == lines
        assert read.size_limit is None or read.size_limit > 0
        assert len(read.mechanisms) == len(set(read.mechanisms))
        assert all(len(name) <= 20 for name in read.mechanisms)


@pytest.mark.parametrize("name", MECHANISMS)
@given(challenges=st.lists(st.one_of(st.none(), st.binary(max_size=40)), max_size=8))
def test_a_mechanism_says_its_secret_once_whatever_is_asked(
    name: str, challenges: list[bytes | None]
) -> None:
    client = sasl_client(name, SECRET)
    answers = [client.respond(challenge) for challenge in challenges]
    said = [answer for answer in answers if answer]
    assert len(said) <= (2 if name == "LOGIN" else 1)
    assert sum(SECRET.secret in answer for answer in said) <= 1
    if name == "CRAM-MD5":
        assert all(SECRET.secret not in answer for answer in said)


LONG = 40_000
STREAMS = {
    Protocol.SMTP: b"250-x\r\n",
    Protocol.IMAP: b"* 1 EXISTS\r\n",
    Protocol.POP3: b"x\r\n",
}


def calls_for(protocol: Protocol, data: bytes, size: int) -> int:
    dialogue = new_dialogue(protocol, Limits(total=10**7, lines=10**6))
    dialogue.receive(GREETINGS[protocol])
    dialogue.next_event()
    dialogue.ask_capabilities("[192.0.2.7]")
    if protocol is Protocol.POP3:
        dialogue.receive(b"+OK\r\n")

    def work() -> None:
        for start in range(0, len(data), size):
            dialogue.receive(data[start : start + size])
            dialogue.next_event()

    return count_calls(work)


@pytest.mark.parametrize("size", [1, 1460])
@pytest.mark.parametrize("protocol", list(Protocol))
def test_twice_the_bytes_are_twice_the_work(protocol: Protocol, size: int) -> None:
    once = STREAMS[protocol] * (LONG // len(STREAMS[protocol]))
    short, long = calls_for(protocol, once, size), calls_for(protocol, once * 2, size)
    assert long <= short * 2.2 + 100
