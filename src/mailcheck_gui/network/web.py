"""Bounded requests for small files of strangers: size, time, redirects, public addresses only.

What comes back over https was verified for the name that was asked; over http it may be anybody's.
No cookie, no credential, no referrer is ever sent.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urljoin

from mailcheck_gui.model.addresses import is_ip_literal, is_public_address
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    NameObservation,
    NameOutcome,
    TlsObservation,
)
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.dial import dial
from mailcheck_gui.network.errors import DeadlineExceeded, NetworkError
from mailcheck_gui.network.http_exchange import HttpError, HttpRequest, exchange, open_tunnel
from mailcheck_gui.network.seam import Connected, Connection, Network, WebProxy
from mailcheck_gui.network.tls import start_tls
from mailcheck_gui.network.web_place import WebPlace, read_place

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SEE_OTHER = 303
_OK = 200


class WebProblem(StrEnum):
    """Why a request brought no answer that can be read."""

    BAD_URL = "bad-url"
    NO_SUCH_NAME = "no-such-name"  # it does not exist, or has no address
    NAME_FAILED = "name-failed"
    NOT_PUBLIC = "not-public"
    NO_CONNECTION = "no-connection"
    TLS = "tls"  # certificate or handshake; `tls` has the facts
    PROXY = "proxy"
    TIMED_OUT = "timed-out"
    TOO_LONG = "too-long"
    BROKEN = "broken"  # no HTTP, or cut off
    LOOP = "loop"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    DOWNGRADE = "downgrade"  # from https to http


@dataclass(frozen=True, slots=True)
class WebLimits:
    """Bounds of one request with all its redirects: bytes of content, redirects, seconds."""

    size: int
    redirects: int
    seconds: float


@dataclass(frozen=True, slots=True)
class WebRequest:
    """A GET, or a POST where there is a body.

    `follow` is False where a redirect is told and not followed, `direct` is True where the
    system's proxy is not used.
    """

    url: str
    body: bytes = b""
    content_type: str = ""
    follow: bool = True
    direct: bool = False


@dataclass(frozen=True, slots=True)
class WebAnswer:
    """What became of a request.

    `url` is what was asked last, `hops` what was asked before it and led there. `redirect` is where
    the last answer pointed to, "" for nowhere. `proxy` is what the request went through.
    """

    url: str
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    hops: tuple[str, ...] = ()
    redirect: str = ""
    problem: WebProblem | None = None
    detail: str = ""
    tls: TlsObservation | None = None
    proxy: WebProxy | None = None
    elapsed_ms: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether there is content."""
        return self.problem is None and self.status == _OK

    @property
    def secure(self) -> bool:
        """Whether every hop was https, verified for its name."""
        return all(url.startswith("https:") for url in (*self.hops, self.url))


class _Failure(NetworkError):
    """A request that brought no answer."""

    def __init__(
        self, problem: WebProblem, detail: str = "", tls: TlsObservation | None = None
    ) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail
        self.tls = tls


async def fetch(
    network: Network, request: WebRequest, limits: WebLimits, deadline: Deadline
) -> WebAnswer:
    """Ask, follow redirects within the limits, and return what came of it. Never raises.

    From https to http nothing is followed. A POST stays one where a redirect leads on, except
    after 303 (RFC 9110 section 15.4.4).
    """
    started = time.monotonic()
    answer = await _follow(network, request, limits, deadline.within(limits.seconds))
    return replace(answer, elapsed_ms=(time.monotonic() - started) * 1000)


async def _follow(
    network: Network, request: WebRequest, limits: WebLimits, deadline: Deadline
) -> WebAnswer:
    hops: tuple[str, ...] = ()
    while True:
        answer = replace(await _ask(network, request, limits, deadline), hops=hops)
        if not answer.redirect or not request.follow:
            return answer
        problem = _refusal(answer, limits)
        if problem is not None:
            return replace(answer, problem=problem, detail=answer.redirect)
        hops = (*hops, answer.url)
        if answer.status == _SEE_OTHER:
            request = replace(request, body=b"")
        request = replace(request, url=answer.redirect)


def _refusal(answer: WebAnswer, limits: WebLimits) -> WebProblem | None:
    """Return why a redirect is not followed, or None."""
    if answer.redirect in (*answer.hops, answer.url):
        return WebProblem.LOOP
    if len(answer.hops) >= limits.redirects:
        return WebProblem.TOO_MANY_REDIRECTS
    if answer.url.startswith("https:") and not answer.redirect.startswith("https:"):
        return WebProblem.DOWNGRADE
    return None


async def _ask(
    network: Network, request: WebRequest, limits: WebLimits, deadline: Deadline
) -> WebAnswer:
    """Send one request and return its answer, whatever its status."""
    place = read_place(request.url)
    if place is None:
        return WebAnswer(request.url, problem=WebProblem.BAD_URL)
    proxied = place.scheme == "https" and not request.direct
    proxy = await network.web_proxy(place.host, deadline) if proxied else None
    unanswered = WebAnswer(place.url, proxy=proxy)
    method = "POST" if request.body else "GET"
    wanted = HttpRequest(method, place.named, place.path, request.content_type, request.body)
    try:
        async with _opened(network, place, proxy, deadline) as connection:
            found = await exchange(connection, wanted, limits.size, deadline)
    except _Failure as failure:
        return replace(unanswered, problem=failure.problem, detail=failure.detail, tls=failure.tls)
    except NetworkError as error:
        return replace(unanswered, problem=_problem(error), detail=str(error))
    return replace(
        unanswered,
        status=found.status,
        headers=found.headers,
        body=found.body,
        redirect=redirect_target(place, found.status, found.headers.get("location", "")),
    )


def _problem(error: NetworkError) -> WebProblem:
    if isinstance(error, DeadlineExceeded):
        return WebProblem.TIMED_OUT
    if isinstance(error, HttpError) and error.too_long:
        return WebProblem.TOO_LONG
    return WebProblem.BROKEN


def redirect_target(place: WebPlace, status: int, location: str) -> str:
    """Return where a redirect leads, in one spelling where it may be asked, "" for nowhere."""
    if status not in _REDIRECTS or not location:
        return ""
    try:
        joined = urljoin(place.url, location)
    except ValueError:
        return location
    target = read_place(joined)
    return target.url if target else joined


@contextlib.asynccontextmanager
async def _opened(
    network: Network, place: WebPlace, proxy: WebProxy | None, deadline: Deadline
) -> AsyncIterator[Connection]:
    """Yield a connection to a place, with verified TLS for https; closed at the end.

    Raises `_Failure`, and `NetworkError` as the connection does.
    """
    connection = await _connect(network, place, proxy, deadline)
    try:
        if place.scheme == "https":
            connection = await _encrypted(network, place, connection, deadline)
        yield connection
    finally:
        await connection.close()


async def _connect(
    network: Network, place: WebPlace, proxy: WebProxy | None, deadline: Deadline
) -> Connection:
    if proxy is not None:
        return await _through(network, place, proxy, deadline)
    name = await network.resolve(place.host, deadline)
    public = [address for address in name.addresses if is_public_address(address)]
    if not public:
        raise _unresolved(name)
    result = await dial(network, public, place.port, deadline)
    if isinstance(result, Connected):
        return result.connection
    silent = result.outcome is ConnectOutcome.SILENT
    raise _Failure(WebProblem.TIMED_OUT if silent else WebProblem.NO_CONNECTION, result.error)


def _unresolved(name: NameObservation) -> _Failure:
    if name.addresses:
        return _Failure(WebProblem.NOT_PUBLIC, name.addresses[0])
    if name.outcome in (NameOutcome.NOT_FOUND, NameOutcome.NO_ADDRESS):
        return _Failure(WebProblem.NO_SUCH_NAME)
    silent = name.outcome is NameOutcome.TIMED_OUT
    return _Failure(WebProblem.TIMED_OUT if silent else WebProblem.NAME_FAILED, name.detail)


async def _through(
    network: Network, place: WebPlace, proxy: WebProxy, deadline: Deadline
) -> Connection:
    """Open a tunnel through the system's proxy, which looks up the name itself."""
    if is_ip_literal(place.host) and not is_public_address(place.host):
        raise _Failure(WebProblem.NOT_PUBLIC, place.host)
    if proxy.scheme != "http":
        raise _Failure(WebProblem.PROXY, f"{proxy.scheme}://{proxy}")
    name = await network.resolve(proxy.host, deadline)
    result = await dial(network, name.addresses, proxy.port, deadline)
    if not isinstance(result, Connected):
        raise _Failure(WebProblem.PROXY, str(proxy))
    try:
        await open_tunnel(result.connection, place.host, place.port, deadline)
    except BaseException as error:
        await result.connection.close()
        if isinstance(error, HttpError):
            raise _Failure(WebProblem.PROXY, str(proxy)) from error
        raise
    return result.connection


async def _encrypted(
    network: Network, place: WebPlace, connection: Connection, deadline: Deadline
) -> Connection:
    observation, stream = await start_tls(
        connection, place.host, network.client_context(), deadline, judge_root=False
    )
    if stream is None:
        raise _Failure(WebProblem.TLS, observation.error, observation)
    return stream
