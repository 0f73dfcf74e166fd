"""Floods, drips and promises of more: what is taken and kept is bounded, and the run ends."""

from __future__ import annotations

import json
import ssl
import tracemalloc

import pytest
from hostile import (
    GREETINGS,
    PLAIN_PORTS,
    TLS_PORTS,
    Attacker,
    assert_no_credential_left,
    attack_on,
    drip,
    heard_bytes,
    talk_of,
)
from run_watch import RunWatch
from whole_check import IMAP, POP3, SMTP, SSL, STARTTLS, Examined

from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.checks.transcript import LINE_LIMIT, LINES_LIMIT
from mailcheck_gui.model.account import Protocol
from mailcheck_gui.model.observation import EndKind
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.practice import Script, Wire

LIMITS = load_thresholds()
ONE_READ = 65536
"""Bytes that one read may bring on top of what the limit allows."""

PIECE = b"x" * 16384
REPORT_LIMIT = 300_000
MEMORY_LIMIT = 20 * 2**20

FLOODS: dict[str, tuple[Protocol, bytes, bytes]] = {
    "a line of SMTP": (SMTP, b"250-", PIECE),
    "a line of IMAP": (IMAP, b"* CAPABILITY ", PIECE),
    "a line of POP3": (POP3, b"+OK ", PIECE),
    "a line of NULs": (SMTP, b"250-", bytes(16384)),
    "lines of EHLO": (SMTP, b"", b"250-X-SOMETHING 12345\r\n" * 500),
    "lines of CAPA": (POP3, b"+OK list\r\n", b"X-SOMETHING 12345\r\n" * 500),
    "empty lines of CAPA": (POP3, b"+OK list\r\n", b"\r\n" * 5000),
    "untagged responses": (IMAP, b"", b"* 5 EXISTS\r\n" * 500),
    "lists of capabilities": (IMAP, b"", b"* CAPABILITY" + b" X-Y" * 1000 + b"\r\n"),
    "alerts": (IMAP, b"", b"* OK [ALERT] call 555-1234\r\n" * 500),
    "a literal of 4 GiB": (IMAP, b"* X {4294967295}\r\n", PIECE),
    "a literal beyond all numbers": (IMAP, b"* X {99999999999999999999}\r\n", PIECE),
    "literals in a row": (IMAP, b"", b"* X {9000}\r\n" + b"y" * 9000 + b"\r\n"),
    "literals in one response": (IMAP, b"* X {9}\r\n", (b"y" * 9 + b" {9}\r\n") * 1000),
}


async def flood(wire: Wire, piece: bytes) -> None:
    while True:
        await wire.send(piece)


def flooding(protocol: Protocol, start: bytes, piece: bytes, *, inside: bool) -> Script:
    """Greet, and answer the first question with a flood."""

    async def script(wire: Wire, context: ssl.SSLContext) -> None:
        if inside:
            await wire.start_tls(context)
        await wire.send(GREETINGS[protocol])
        await wire.read_line()
        await wire.send(start)
        await flood(wire, piece)

    return script


def assert_bounded(seen: Examined, watch: RunWatch) -> None:
    """Nothing beyond the limits was taken or kept, whatever came."""
    assert heard_bytes(watch) <= LIMITS.total_limit * 1.1 + ONE_READ  # TLS adds its frames
    for run in watch.runs:
        for talk in run.network.inside:
            assert len(talk.heard) <= LIMITS.total_limit + ONE_READ
    lines = seen.report.observations.transcript
    assert len(lines) <= LINES_LIMIT
    assert max(len(line.text) for line in lines) <= LINE_LIMIT * len("⟨U+10FFFF⟩")
    assert len(json.dumps(seen.document)) < REPORT_LIMIT


@pytest.mark.parametrize("inside", [False, True], ids=["before TLS", "inside TLS"])
@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_meets_a_limit(name: str, inside: bool, run_watch: RunWatch) -> None:
    protocol, start, piece = FLOODS[name]
    port = (TLS_PORTS if inside else PLAIN_PORTS)[protocol]
    script = flooding(protocol, start, piece, inside=inside)
    seen = attack_on(protocol, port, SSL if inside else STARTTLS, {port: script})
    end = talk_of(seen).end
    assert end is not None
    assert end.kind is EndKind.VIOLATION
    assert_bounded(seen, run_watch)
    assert seen.report.verdict is Verdict.ERROR
    assert_no_credential_left(run_watch)


@pytest.mark.parametrize("name", ["a line of SMTP", "lines of EHLO", "a literal of 4 GiB"])
def test_a_flood_takes_little_memory(name: str, run_watch: RunWatch) -> None:
    """The server's own end is in the count; it waits wherever we do not read."""
    protocol, start, piece = FLOODS[name]
    port = PLAIN_PORTS[protocol]
    script = flooding(protocol, start, piece, inside=False)
    attack_on(protocol, port, STARTTLS, {port: script})  # what is loaded once is loaded now
    tracemalloc.start()
    try:
        attack_on(protocol, port, STARTTLS, {port: script})
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MEMORY_LIMIT


@pytest.mark.parametrize("protocol", list(Protocol))
@pytest.mark.parametrize("piece", [PIECE, b"220-x\r\n* OK x\r\n+OK x\r\n" * 500, bytes(16384)])
def test_a_flood_in_place_of_a_greeting(
    protocol: Protocol, piece: bytes, run_watch: RunWatch
) -> None:
    async def script(wire: Wire, _context: ssl.SSLContext) -> None:
        await flood(wire, piece)

    port = PLAIN_PORTS[protocol]
    seen = attack_on(protocol, port, STARTTLS, {port: script})
    assert_bounded(seen, run_watch)
    assert seen.report.verdict is Verdict.ERROR
    assert_no_credential_left(run_watch)


@pytest.mark.parametrize(
    "record",
    [
        bytes.fromhex("16 0303 4000") + b"\x02" * 16384,
        bytes.fromhex("16 0303 0004 0000 0000") * 999,
        bytes.fromhex("14 0303 0001 01") * 999,
        bytes.fromhex("15 0303 0002 0100") * 999,
        bytes.fromhex("17 0303 4000") + b"\x00" * 16384,
    ],
    ids=["handshake", "empty messages", "change cipher spec", "warnings", "application data"],
)
def test_a_flood_of_records_in_the_handshake(record: bytes, run_watch: RunWatch) -> None:
    async def script(wire: Wire, _context: ssl.SSLContext) -> None:
        await wire.read_some()
        await flood(wire, record)

    seen = attack_on(SMTP, 465, SSL, {465: script})
    assert_bounded(seen, run_watch)
    assert seen.report.verdict is Verdict.ERROR
    assert_no_credential_left(run_watch)


def test_a_flood_in_answer_to_the_password(run_watch: RunWatch) -> None:
    async def script(wire: Wire, context: ssl.SSLContext) -> None:
        await wire.start_tls(context)
        await wire.send(GREETINGS[SMTP])
        await wire.read_line()
        await wire.send(b"250-mx\r\n250 AUTH PLAIN\r\n")
        await wire.read_line()
        await flood(wire, b"535-5.7.8 no\r\n" * 500)

    seen = attack_on(SMTP, 465, SSL, {465: script})
    assert_bounded(seen, run_watch)
    assert seen.report.verdict is not Verdict.OK


@pytest.mark.parametrize("protocol", list(Protocol))
@pytest.mark.parametrize("data", [b"2", b"* OK ", b"\r\n", b"+OK x\r\n"])
def test_a_greeting_that_drips(protocol: Protocol, data: bytes, run_watch: RunWatch) -> None:
    """The time is that of the phase: each byte that arrives buys no more of it."""

    async def script(wire: Wire, _context: ssl.SSLContext) -> None:
        await drip(wire, data)

    port = PLAIN_PORTS[protocol]
    seen = attack_on(protocol, port, STARTTLS, {port: script}, step_timeout=0.5)
    end = talk_of(seen).end
    assert end is not None
    assert heard_bytes(run_watch) < 2000
    assert seen.report.verdict is Verdict.ERROR
    assert_no_credential_left(run_watch)


@pytest.mark.parametrize(
    ("protocol", "data"),
    [
        (SMTP, b"250-x\r\n"),
        (IMAP, b"* OK still here\r\n"),
        (IMAP, b"* 1 EXISTS\r\n"),
        (POP3, b"x"),
        (SMTP, b"250-"),
    ],
)
@pytest.mark.parametrize("inside", [False, True], ids=["before TLS", "inside TLS"])
def test_a_reply_that_drips(
    protocol: Protocol, data: bytes, inside: bool, run_watch: RunWatch
) -> None:
    async def script(wire: Wire, context: ssl.SSLContext) -> None:
        if inside:
            await wire.start_tls(context)
        await wire.send(GREETINGS[protocol])
        await wire.read_line()
        await drip(wire, data)

    port = (TLS_PORTS if inside else PLAIN_PORTS)[protocol]
    security = SSL if inside else STARTTLS
    seen = attack_on(protocol, port, security, {port: script}, step_timeout=0.5)
    end = talk_of(seen).end
    assert end is not None
    assert end.kind is EndKind.TIMED_OUT
    assert seen.report.verdict is Verdict.ERROR
    assert_no_credential_left(run_watch)


def test_a_handshake_that_drips(run_watch: RunWatch) -> None:
    async def script(wire: Wire, _context: ssl.SSLContext) -> None:
        await wire.read_some()
        await drip(wire, bytes.fromhex("16 0303 4000 02 003ffc 0303") + bytes(16374))

    seen = attack_on(SMTP, 465, SSL, {465: script}, step_timeout=0.5)
    end = talk_of(seen).end
    assert end is not None
    assert end.kind is EndKind.TIMED_OUT
    assert seen.report.verdict is Verdict.ERROR


@pytest.mark.parametrize("protocol", list(Protocol))
def test_a_server_that_always_asks_for_more(protocol: Protocol, run_watch: RunWatch) -> None:
    """Continuations without end, for every command: each is one answer, and the last one."""
    more = {SMTP: b"334 \r\n", IMAP: b"+ \r\n", POP3: b"+ \r\n"}[protocol]
    everything = Attacker(protocol, offers=more, go_ahead=more, answers={"": more})
    port = PLAIN_PORTS[protocol]
    attack_on(protocol, port, STARTTLS, {port: everything})
    (run,) = run_watch.runs
    for sent in run.network.bytes_to(port):
        assert sent.count(b"\r\n") <= 3
    assert_no_credential_left(run_watch)
