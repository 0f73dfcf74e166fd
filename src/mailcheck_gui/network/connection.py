"""TCP connections on the running asyncio loop."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
import time
from collections.abc import Iterator

from mailcheck_gui.model.endpoint import Family
from mailcheck_gui.model.observation import ConnectObservation, ConnectOutcome, family_of
from mailcheck_gui.network.connect_errors import connect_outcome, error_number, is_reset
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.errors import ConnectionLost, DeadlineExceeded
from mailcheck_gui.network.icmp import keep_icmp_errors, take_icmp_error
from mailcheck_gui.network.seam import Connected

_CHUNK = 16384
_TIME_IS_OVER = "The time for this step is over."
_QUICKACK: int | None = getattr(socket, "TCP_QUICKACK", None)


class TcpConnection:
    """An open TCP connection: `seam.Connection`. Not for two readers or two writers at a time.

    `reset_seen` is set where the other end reset the connection so soon after accepting it that
    the connection attempt itself already got that error, which the system reports only once.
    """

    def __init__(self, sock: socket.socket, *, reset_seen: bool = False) -> None:
        self._socket = sock
        self._local_address: str = sock.getsockname()[0]
        self._reset_seen = reset_seen

    @property
    def local_address(self) -> str:
        """This side's address, without an IPv6 zone."""
        return self._local_address.partition("%")[0]

    async def send(self, data: bytes, deadline: Deadline) -> None:
        """Send all of it. Raises `ConnectionLost`, `DeadlineExceeded`."""
        loop = asyncio.get_running_loop()
        with _network_errors():
            async with asyncio.timeout(deadline.remaining):
                await loop.sock_sendall(self._socket, data)

    async def receive(self, deadline: Deadline) -> bytes:
        """Return the next bytes, at most 16 KiB, b"" at the orderly end. Raises as `send`."""
        if deadline.passed:
            raise DeadlineExceeded(_TIME_IS_OVER)
        loop = asyncio.get_running_loop()
        # Bytes that are there already are returned without a pause. A server that floods would so
        # keep this loop from everything else, cancellation included.
        await asyncio.sleep(0)
        with _network_errors():
            self._acknowledge_at_once()
            async with asyncio.timeout(deadline.remaining):
                data = await loop.sock_recv(self._socket, _CHUNK)
            self._acknowledge_at_once()
        if self._reset_seen and not data:
            raise ConnectionLost(os.strerror(errno.ECONNRESET), reset=True)
        return data

    async def close(self) -> None:
        """Close; never raises. Whoever waits in `send` or `receive` is to be cancelled before."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def _acknowledge_at_once(self) -> None:
        """Do not delay the next ACK (TCP_QUICKACK is not sticky, tcp(7)).

        After a TLS 1.3 handshake some servers write session tickets and then wait, by Nagle's
        rule, for their ACK before they send the reply: 40 ms for each conversation without this.
        """
        if _QUICKACK is not None:
            with contextlib.suppress(OSError):  # a connection already reset has no options
                self._socket.setsockopt(socket.IPPROTO_TCP, _QUICKACK, 1)


@contextlib.contextmanager
def _network_errors() -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        if error.errno is None:
            raise DeadlineExceeded(_TIME_IS_OVER) from None
        raise ConnectionLost(_words(error)) from error  # ETIMEDOUT: TCP itself gave up
    except OSError as error:
        raise ConnectionLost(_words(error), reset=is_reset(error)) from error


def _words(error: OSError) -> str:
    """Return the system's words; asyncio puts its own in the place of those of a failed connect."""
    words = error.strerror or str(error)
    if error.errno and words.startswith("Connect call failed"):
        return os.strerror(error.errno)
    return words


async def open_connection(
    address: str, port: int, deadline: Deadline
) -> Connected | ConnectObservation:
    """Open a TCP connection to an IP literal. A failure is the observation of it. Never raises.

    An IPv6 zone ("%eth0") is ignored. Cancellation closes the socket.
    """
    address = address.partition("%")[0]
    started = time.monotonic()
    try:
        sock = _new_socket(address)
    except OSError as error:
        return _failure(error, None, started)
    try:
        async with asyncio.timeout(deadline.remaining):
            reset_seen = await _connect(sock, (address, port))
        keep_icmp_errors(sock, keep=False)
        connection = TcpConnection(sock, reset_seen=reset_seen)
    except OSError as error:  # TimeoutError among them
        failure = _failure(error, sock, started)
        sock.close()
        return failure
    except BaseException:
        sock.close()
        raise
    return Connected(connection, ConnectObservation(ConnectOutcome.OPEN, _since(started)))


async def _connect(sock: socket.socket, address: tuple[str, int]) -> bool:
    """Connect; True where the connection came about and was reset at once.

    A SYN that is answered by RST is ECONNREFUSED. ECONNRESET means that it was accepted first.
    """
    try:
        await asyncio.get_running_loop().sock_connect(sock, address)
    except OSError as error:
        if is_reset(error):
            return True
        raise
    return False


def _new_socket(address: str) -> socket.socket:
    family = socket.AF_INET6 if family_of(address) is Family.V6 else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        keep_icmp_errors(sock, keep=True)
    except OSError:
        sock.close()
        raise
    return sock


def _failure(error: OSError, sock: socket.socket | None, started: float) -> ConnectObservation:
    elapsed_ms = _since(started)
    if isinstance(error, TimeoutError) and error.errno is None:
        return ConnectObservation(ConnectOutcome.SILENT, elapsed_ms)
    icmp = None if sock is None else take_icmp_error(sock)
    outcome = connect_outcome(error_number(error), icmp, elapsed_ms)
    return ConnectObservation(outcome, elapsed_ms, _words(error), icmp)


def _since(started: float) -> float:
    return (time.monotonic() - started) * 1000
