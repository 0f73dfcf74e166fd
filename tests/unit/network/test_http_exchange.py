"""One bounded exchange: whole answers only, no more than asked for, no longer than allowed."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from network_servers import Handler, serving, until_closed

from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.errors import DeadlineExceeded, NetworkError
from mailcheck_gui.network.http_exchange import (
    HEAD_LIMIT,
    HttpAnswer,
    HttpError,
    HttpRequest,
    exchange,
    open_tunnel,
    server_time,
)
from mailcheck_gui.network.seam import Connection

LIMIT = 1000
SECONDS = 5.0

Get = Callable[[Handler], HttpAnswer]
REQUEST = HttpRequest("GET", "host.test", "/a?b")
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def answering(*pieces: bytes, hold: bool = False) -> Handler:
    """Answer a request with these bytes; with `hold` wait then until the client closes."""

    def handle(connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            request += connection.recv(4096)
        try:
            for piece in pieces:
                connection.sendall(piece)
            if hold:
                until_closed(connection)
        except ConnectionError:
            return  # the client has heard enough

    return handle


@pytest.fixture
def get(talk) -> Get:
    def run(handler: Handler, seconds: float = SECONDS) -> HttpAnswer:
        async def ask(connection: Connection) -> HttpAnswer:
            return await exchange(connection, REQUEST, LIMIT, Deadline.after(seconds))

        with serving(handler) as port:
            return talk(port, ask)

    return run


def test_what_is_asked(get) -> None:
    asked = bytearray()

    def handle(connection: socket.socket) -> None:
        asked.extend(connection.recv(4096))
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")

    get(handle)
    head = asked.decode("ascii").split("\r\n")
    assert head[0] == "GET /a?b HTTP/1.1"
    assert sorted(head[1:]) == [
        "",
        "",
        "Accept-Encoding: identity",
        "Accept: */*",
        "Connection: close",
        "Host: host.test",
        "User-Agent: Mailcheck",
    ]


@pytest.mark.parametrize(
    ("pieces", "hold"),
    [
        ((b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",), True),
        ((b"HTTP/1.1 200 OK\r\ncontent-length:4\r\n\r\nbodymore",), True),
        ((b"HTTP/1.0 200 OK\r\n\r\nbody",), False),
        ((b"HTTP/1.1 200", b" OK\r\nContent-Length: 4\r\n", b"\r\nbo", b"dy"), True),
        ((b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.0 200 OK\r\n\r\nbody"), False),
        ((CHUNKED, b"2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n"), True),
    ],
)
def test_whole_answers(get, pieces: tuple[bytes, ...], hold: bool) -> None:
    answer = get(answering(*pieces, hold=hold))
    assert (answer.status, answer.body) == (200, b"body")


@pytest.mark.parametrize(
    "pieces",
    [
        (b"",),
        (b"220 mail ESMTP\r\n",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbody",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n",),
        (CHUNKED, b"4\r\nbody\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nbody",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: what\r\n\r\nbody",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 30 + b"\r\n\r\nbody",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\nbody",),
        (CHUNKED, b"1\r\nx\r\n" * 2 * LIMIT),
        (CHUNKED, b"1" + b"0" * 18),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * (LIMIT + 1)),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x" * 2 * HEAD_LIMIT),
        (b"\x00\xff\xfe\r\n\r\n",),
    ],
)
def test_answers_that_are_no_use(get, pieces: tuple[bytes, ...]) -> None:
    with pytest.raises(HttpError):
        get(answering(*pieces))


def test_an_endless_answer_ends_at_the_limit(get) -> None:
    endless = (b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 4096] * 1000)
    with pytest.raises(HttpError):
        get(answering(*endless, hold=True))


def test_silence_ends_at_the_deadline(get) -> None:
    with pytest.raises(DeadlineExceeded):
        get(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", hold=True), 0.1)


def test_every_end_is_a_network_error() -> None:
    assert issubclass(HttpError, NetworkError)


@pytest.mark.parametrize(
    ("headers", "date"),
    [
        ({"date": "Sat, 21 Nov 2026 12:00:00 GMT"}, datetime(2026, 11, 21, 12, tzinfo=UTC)),
        ({"date": "Sat, 21 Nov 2026 12:00:00"}, datetime(2026, 11, 21, 12, tzinfo=UTC)),
        # a copy in a cache: its age counts
        ({"date": "Sat, 21 Nov 2026 11:00:00 GMT", "age": "3600"},
         datetime(2026, 11, 21, 12, tzinfo=UTC)),
        ({}, None),
        ({"date": "today"}, None),
        ({"date": "Sat, 99 Nov 2026 12:00:00 GMT"}, None),
        ({"date": "Sat, 21 Nov 2026 12:00:00 GMT", "age": "9" * 30}, None),
        ({"date": "Fri, 31 Dec 9999 23:59:59 GMT", "age": "99999"}, None),
        ({"date": "Sat, 21 Nov 2026 12:00:00 GMT", "age": "old"}, None),
    ],
)  # fmt: skip
def test_the_servers_clock(headers: dict[str, str], date: datetime | None) -> None:
    assert server_time(headers) == date


class TestTunnel:
    @pytest.fixture
    def tunnel(self, talk) -> Callable[[Handler], None]:
        def run(handler: Handler) -> None:
            async def ask(connection: Connection) -> None:
                await open_tunnel(connection, "host.test", 443, Deadline.after(SECONDS))

            with serving(handler) as port:
                talk(port, ask)

        return run

    def test_a_way_is_asked_for(self, tunnel) -> None:
        asked = bytearray()

        def handle(connection: socket.socket) -> None:
            asked.extend(connection.recv(4096))
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")

        tunnel(handle)
        assert asked == b"CONNECT host.test:443 HTTP/1.1\r\nHost: host.test:443\r\n\r\n"

    @pytest.mark.parametrize(
        "answer",
        [
            b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
            b"HTTP/1.1 503 No\r\n\r\n",
            b"SSH-2.0-x\r\n\r\n",
            b"",
        ],
    )
    def test_a_no_is_an_error(self, tunnel, answer: bytes) -> None:
        with pytest.raises(HttpError):
            tunnel(answering(answer))
