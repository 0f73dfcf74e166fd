"""One bounded GET: whole answers only, never more than asked for, never longer than allowed."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from network_servers import Handler, serving, until_closed

from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.errors import DeadlineExceeded, NetworkError
from mailcheck_gui.network.http_get import HEAD_LIMIT, HttpAnswer, HttpProblem, http_get
from mailcheck_gui.network.seam import Connection

LIMIT = 1000
SECONDS = 5.0

Get = Callable[[Handler], HttpAnswer]


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
            return await http_get(connection, "host.test", "/a?b", LIMIT, Deadline.after(seconds))

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
    assert head[0] == "GET /a?b HTTP/1.0"
    assert "Host: host.test" in head
    assert not [line for line in head if line.lower().startswith(("cookie", "auth", "user-agent"))]


@pytest.mark.parametrize(
    ("pieces", "hold"),
    [
        ((b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",), True),
        ((b"HTTP/1.1 200 OK\r\ncontent-length:4\r\n\r\nbodymore",), True),
        ((b"HTTP/1.0 200 OK\r\n\r\nbody",), False),
        ((b"HTTP/1.1 200", b" OK\r\nContent-Length: 4\r\n", b"\r\nbo", b"dy"), True),
        ((b"HTTP/1.1 200 OK\r\nContent-Length: what\r\n\r\nbody",), False),
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
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * (LIMIT + 1)),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x" * 2 * HEAD_LIMIT),
        (b"\x00\xff\xfe\r\n\r\n",),
    ],
)
def test_answers_that_are_no_use(get, pieces: tuple[bytes, ...]) -> None:
    with pytest.raises(HttpProblem):
        get(answering(*pieces))


def test_an_endless_answer_ends_at_the_limit(get) -> None:
    endless = (b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 4096] * 1000)
    with pytest.raises(HttpProblem):
        get(answering(*endless, hold=True))


def test_silence_ends_at_the_deadline(get) -> None:
    with pytest.raises(DeadlineExceeded):
        get(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", hold=True), 0.1)


def test_every_end_is_a_network_error() -> None:
    assert issubclass(HttpProblem, NetworkError)


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
    assert HttpAnswer(200, headers, b"").date == date
