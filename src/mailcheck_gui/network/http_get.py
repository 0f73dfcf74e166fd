"""One bounded HTTP GET over any connection, for small files of strangers.

HTTP/1.0 is enough for that and leaves out what could go wrong: an answer to it has no transfer
coding (RFC 9112 section 6.1) and ends with the connection. Redirects are not followed.

NetworkError
└── HttpProblem   the answer is too long, cut off, or no HTTP
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.errors import NetworkError
from mailcheck_gui.network.seam import Connection

HEAD_LIMIT = 16 * 1024
"""Bytes of status line and headers."""

_HEAD_END = b"\r\n\r\n"
_REQUEST = "GET {path} HTTP/1.0\r\nHost: {host}\r\nAccept: */*\r\nConnection: close\r\n\r\n"


class HttpProblem(NetworkError):
    """An answer that is no use."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A complete answer. Header names are in lower case; of several of one name the last counts."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def date(self) -> datetime | None:
        """What the server's clock said, or None: `Date`, and `Age` of a copy in a cache.

        RFC 9110 section 6.6.1, RFC 9111 section 5.1.
        """
        try:
            said = parsedate_to_datetime(self.headers.get("date", ""))
            age = timedelta(seconds=int(self.headers.get("age", "0")))
            return (said if said.tzinfo else said.replace(tzinfo=UTC)) + age
        except (ValueError, OverflowError):
            return None


async def http_get(
    connection: Connection, host: str, path: str, limit: int, deadline: Deadline
) -> HttpAnswer:
    """Ask for `path` (ASCII, with its query) and return the whole answer of at most `limit` bytes.

    Nothing but host and path is told. Raises `NetworkError`. The caller closes the connection.
    """
    await connection.send(_REQUEST.format(path=path, host=host).encode("ascii"), deadline)
    received = bytearray()
    await _receive_head(connection, received, deadline)
    head_length = received.find(_HEAD_END) + len(_HEAD_END)
    length = _length(_headers(bytes(received[:head_length])))
    end = head_length + (limit + 1 if length is None else min(length, limit + 1))
    while len(received) < end and (data := await connection.receive(deadline)):
        received += data
    if len(received) - head_length > limit:
        raise HttpProblem("The answer is too long.")
    return _answer(bytes(received))


async def _receive_head(connection: Connection, received: bytearray, deadline: Deadline) -> None:
    """Read until the headers are complete. Every byte is searched once, however they arrive."""
    searched = 0
    while received.find(_HEAD_END, searched) < 0:
        searched = max(0, len(received) - len(_HEAD_END) + 1)
        if len(received) > HEAD_LIMIT:
            raise HttpProblem("The answer is too long.")
        data = await connection.receive(deadline)
        if not data:
            raise HttpProblem("The answer is no HTTP.")
        received += data


def _answer(received: bytes) -> HttpAnswer:
    head, found, body = received.partition(_HEAD_END)
    words = head.partition(b"\r\n")[0].split(None, 2)
    if not found or len(words) < 2 or not words[0].startswith(b"HTTP/1."):
        raise HttpProblem("The answer is no HTTP.")
    headers = _headers(head)
    length = _length(headers)
    if "transfer-encoding" in headers or (length is not None and len(body) < length):
        raise HttpProblem("The answer is not complete.")
    status = int(words[1]) if words[1].isdigit() and len(words[1]) == 3 else 0
    return HttpAnswer(status, headers, body[:length])


def _headers(head: bytes) -> dict[str, str]:
    pairs = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    return {
        name.decode("latin-1").strip().lower(): value.decode("latin-1").strip()
        for name, _, value in pairs
    }


def _length(headers: dict[str, str]) -> int | None:
    text = headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
