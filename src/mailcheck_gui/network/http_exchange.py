"""One HTTP/1.1 request and its bounded answer over any connection.

h11 parses; it does no input or output, so what it is fed and for how long is decided here. Every
request asks for an uncompressed answer and for the end of the connection.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.errors import NetworkError
from mailcheck_gui.network.seam import Connection

if TYPE_CHECKING:
    import h11

HEAD_LIMIT = 16 * 1024
"""Bytes of status line and headers."""

_OVERHEAD = 4
"""What a chunked answer may weigh on the wire, as a multiple of its content."""


class HttpError(NetworkError):
    """An answer that is no HTTP, is cut off, or is longer than it may be."""

    def __init__(self, reason: str, *, too_long: bool = False) -> None:
        super().__init__(reason)
        self.too_long = too_long


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What is asked. `host` is the Host header, `target` a path with its query, both ASCII."""

    method: str
    host: str
    target: str
    content_type: str = ""
    body: bytes = b""

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers; nothing in them tells one user from another."""
        common = [
            ("Host", self.host),
            ("User-Agent", "Mailcheck"),  # without one, some web application firewalls refuse
            ("Accept", "*/*"),
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
        ]
        if not self.body:
            return common
        length = str(len(self.body))
        return [*common, ("Content-Type", self.content_type), ("Content-Length", length)]


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A complete answer. Header names are in lower case; of several of one name the last counts."""

    status: int
    headers: dict[str, str]
    body: bytes


def server_time(headers: Mapping[str, str]) -> datetime | None:
    """Return what a server's clock said, or None: `Date`, and `Age` of a copy in a cache.

    RFC 9110 section 6.6.1, RFC 9111 section 5.1. Header names are in lower case.
    """
    try:
        said = parsedate_to_datetime(headers.get("date", ""))
        age = timedelta(seconds=int(headers.get("age", "0")))
        return (said if said.tzinfo else said.replace(tzinfo=UTC)) + age
    except (ValueError, OverflowError):
        return None


async def exchange(
    connection: Connection, request: HttpRequest, limit: int, deadline: Deadline
) -> HttpAnswer:
    """Send a request and return the whole answer, of at most `limit` bytes of content.

    Raises `HttpError`, and `NetworkError` as the connection does. The caller closes it.
    """
    import h11

    parser = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEAD_LIMIT)
    try:
        await connection.send(_wire_form(parser, request), deadline)
        return await _Reader(connection, parser, limit, deadline).answer()
    except h11.RemoteProtocolError as error:
        raise HttpError(str(error)) from error


def _wire_form(parser: h11.Connection, request: HttpRequest) -> bytes:
    import h11

    head = h11.Request(method=request.method, target=request.target, headers=request.headers)
    sent = parser.send(head) or b""
    if request.body:
        sent += parser.send(h11.Data(data=request.body)) or b""
    return sent + (parser.send(h11.EndOfMessage()) or b"")


class _Reader:
    """Reads one answer, event by event."""

    def __init__(
        self, connection: Connection, parser: h11.Connection, limit: int, deadline: Deadline
    ) -> None:
        self._connection = connection
        self._parser = parser
        self._limit = limit
        self._deadline = deadline
        self._left = HEAD_LIMIT + _OVERHEAD * limit

    async def answer(self) -> HttpAnswer:
        import h11

        event = await self._next()
        while isinstance(event, h11.InformationalResponse):
            event = await self._next()
        if not isinstance(event, h11.Response):
            raise HttpError("The connection ended before an answer.")
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in event.headers}
        self._refuse_early(headers.get("content-length", "0"))
        return HttpAnswer(event.status_code, headers, await self._body())

    async def _body(self) -> bytes:
        import h11

        body = bytearray()
        while isinstance(event := await self._next(), h11.Data):
            body += event.data
            if len(body) > self._limit:
                raise HttpError("The answer is too long.", too_long=True)
        return bytes(body)

    async def _next(self) -> object:
        """Return the next event, fed with as many bytes as that takes."""
        import h11

        while (event := self._parser.next_event()) is h11.NEED_DATA:
            data = await self._connection.receive(self._deadline)
            self._left -= len(data)
            if self._left < 0:
                raise HttpError("The answer is too long.", too_long=True)
            self._parser.receive_data(data)
        return event

    def _refuse_early(self, length: str) -> None:
        """Do not wait for what would be too long; h11 has seen that it is a number."""
        if int(length) > self._limit:
            raise HttpError("The answer is too long.", too_long=True)


async def open_tunnel(connection: Connection, host: str, port: int, deadline: Deadline) -> None:
    """Ask a proxy for a way to a host (CONNECT, RFC 9110 section 9.3.6).

    Raises `HttpError` with the proxy's status where it says no. Bytes behind its yes would be
    nobody's: TLS starts with ours.
    """
    import h11

    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    parser = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEAD_LIMIT)
    try:
        head = h11.Request(method="CONNECT", target=place, headers=[("Host", place)])
        await connection.send(
            (parser.send(head) or b"") + (parser.send(h11.EndOfMessage()) or b""), deadline
        )
        event = await _Reader(connection, parser, 0, deadline)._next()  # noqa: SLF001 - same module
    except h11.RemoteProtocolError as error:
        raise HttpError(str(error)) from error
    if not isinstance(event, h11.Response) or not 200 <= event.status_code < 300:
        raise HttpError(f"The proxy answered {getattr(event, 'status_code', 'nothing')}.")
