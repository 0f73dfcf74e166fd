"""Whatever comes from the network ends in a value or a typed error, within its limits."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from network_certificates import HOST, issue
from work import count_calls

from mailcheck_gui.network.aia import CERTIFICATES_LIMIT, read_certificates
from mailcheck_gui.network.alerts import alert_name, received_alert
from mailcheck_gui.network.certificates import (
    NAMES_LIMIT,
    certificate_matches,
    read_certificate,
    read_chain,
)
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.host_names import dns_name_matches, names_match
from mailcheck_gui.network.http_exchange import (
    HEAD_LIMIT,
    HttpError,
    HttpRequest,
    exchange,
    server_time,
)
from mailcheck_gui.network.icmp import parse_extended_error
from mailcheck_gui.network.records import (
    clear_alert,
    looks_like_tls,
    records,
    requests_client_certificate,
)
from mailcheck_gui.network.web import redirect_target
from mailcheck_gui.network.web_place import WebPlace, read_place

SAMPLE = issue(None, names=(HOST, "192.0.2.1"), aia="http://ca.example.test/ca.der")

record = st.builds(
    lambda kind, body, length: (
        bytes([kind, 3, 3]) + (len(body) if length is None else length).to_bytes(2) + body
    ),
    st.integers(0x13, 0x18),
    st.binary(max_size=40),
    st.one_of(st.none(), st.integers(0, 65535)),
)
tls_answer = st.one_of(st.binary(max_size=200), st.lists(record, max_size=8).map(b"".join))


@given(tls_answer)
def test_records_of_any_answer(answer: bytes) -> None:
    found = list(records(answer))
    assert sum(len(each.body) + 5 for each in found) <= len(answer)
    assert looks_like_tls(answer) in (True, False)
    assert requests_client_certificate(answer) in (True, False)
    alert = clear_alert(answer)
    if alert is not None:
        assert alert_name(alert.number)


@given(st.text(max_size=80), st.one_of(st.none(), st.text(max_size=40)))
def test_any_error_of_the_library_is_an_alert_or_none(text: str, reason: str | None) -> None:
    error = ssl.SSLError(1, text)
    error.reason = reason  # type: ignore[assignment]
    assert isinstance(received_alert(error), str)


def test_many_small_records_are_linear_work() -> None:
    answer = bytes.fromhex("16 0303 0004 0000 0000") * 4000
    short = count_calls(lambda: requests_client_certificate(answer))
    assert count_calls(lambda: requests_client_certificate(answer * 2)) <= short * 2.1 + 50


@given(st.binary(max_size=400))
def test_any_bytes_as_a_certificate(der: bytes) -> None:
    assert read_certificate(der) is None or len(read_chain((der,))) == 1
    assert certificate_matches(der, HOST) in (True, False, None)


@given(st.data())
def test_any_damage_and_any_cut_of_a_certificate(data: st.DataObject) -> None:
    der = bytearray(SAMPLE.der)
    start = data.draw(st.integers(0, len(der)))
    der[start : start + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    facts = read_certificate(bytes(der))
    if facts is not None:
        assert len(facts.names) <= NAMES_LIMIT
        assert len(facts.sha256) == 64


@given(st.binary(max_size=64))
def test_any_bytes_in_the_error_queue(data: bytes) -> None:
    message = parse_extended_error(data)
    if message is not None:
        assert 0 <= message.kind <= 255
        assert 0 <= message.code <= 255


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_names_can_be_compared(host: str, pattern: str) -> None:
    covered = dns_name_matches(host, pattern)
    assert names_match(host, (pattern,), ()) in (covered, False)  # False where host is an address
    if covered:
        assert host.removesuffix(".").count(".") == pattern.removesuffix(".").count(".")


# -- files that strangers serve ---------------------------------------------------------------

urls = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["http", "https", "ftp", "://", "[", "]", "@", ":", "80", "8080", "/", "?", "#", "a.b",
             "::1", "127.0.0.1", "\r\n", " ", "..", "%0d%0a", "ä"]
        ),
        max_size=10,
    ).map("".join),
)  # fmt: skip


@given(urls)
def test_any_url_of_a_certificate_is_a_safe_place_or_none(url: str) -> None:
    place = read_place(url)
    if place is not None:
        assert (place.scheme, place.port) in {(s, p) for s in ("http", "https") for p in (80, 443)}
        request = f"{place.path} {place.named}"
        assert request.isascii()
        assert not set("\r\n\0\t") & set(request)
        assert request.count(" ") == 1


@given(urls, st.sampled_from([200, 301, 302, 303, 307, 308, 399]))
def test_any_place_that_a_redirect_names_is_a_text(location: str, status: int) -> None:
    place = WebPlace("https", "a.b", 443, "/x")
    target = redirect_target(place, status, location)
    if target:
        assert status in {301, 302, 303, 307, 308}
        known = read_place(target)
        assert known is None or known.url == target  # one spelling, so that a loop is seen


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=60).map(lambda b: SAMPLE.der + b)))
def test_any_bytes_as_a_file_of_certificates(body: bytes) -> None:
    assert len(read_certificates(body)) <= CERTIFICATES_LIMIT


@dataclass
class Pieces:
    """A connection that brings bytes piece by piece."""

    data: bytes
    size: int
    taken: int = 0
    sent: bytearray = field(default_factory=bytearray)
    local_address: str = "192.0.2.7"

    async def send(self, data: bytes, deadline: Deadline) -> None:
        self.sent += data

    async def receive(self, deadline: Deadline) -> bytes:
        piece = self.data[self.taken : self.taken + self.size]
        self.taken += len(piece)
        return piece

    async def close(self) -> None:
        """Nothing is open."""


REQUEST = HttpRequest("GET", "a.b", "/")

http_bytes = st.one_of(
    st.binary(max_size=200),
    st.lists(
        st.sampled_from(
            [b"HTTP/1.1 200 OK", b"HTTP/1.0 ", b"\r\n", b"\r\n\r\n", b"Content-Length: ", b"5",
             b"999999999", b"-1", b"Date: Sat, 21 Nov 2026 12:00:00 GMT", b"Date: x", b"Age: 1e9",
             b"Age: -99999999999999", b"Transfer-Encoding: chunked", b":", b"body", b"\xff" * 9]
        ),
        max_size=14,
    ).map(b"".join),
)  # fmt: skip


@given(http_bytes, st.integers(1, 50))
def test_any_answer_to_a_request_is_read_or_refused(data: bytes, size: int) -> None:
    connection = Pieces(data, size)
    with contextlib.suppress(HttpError):
        answer = asyncio.run(exchange(connection, REQUEST, 40, Deadline.after(5)))
        assert len(answer.body) <= 40
        assert 0 <= answer.status <= 999
        told = server_time(answer.headers)
        assert told is None or told.tzinfo is not None
    assert connection.taken <= HEAD_LIMIT + 4 * 40 + size


def test_an_answer_byte_by_byte_is_linear_work() -> None:
    def calls(length: int) -> int:
        head = b"HTTP/1.1 200 OK\r\nA: b\r\nC: d\r\nContent-Length: %d\r\n\r\n" % length
        connection = Pieces(head + b"x" * length, 1)
        return count_calls(
            lambda: asyncio.run(exchange(connection, REQUEST, length, Deadline.after(60)))
        )

    short = calls(3000)
    assert calls(6000) <= short * 2.2 + 500
