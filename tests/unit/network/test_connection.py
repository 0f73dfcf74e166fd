from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import pytest
from network_servers import reset, serving, until_closed

from mailcheck_gui.model.observation import ConnectObservation, ConnectOutcome
from mailcheck_gui.network.connection import open_connection
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.errors import ConnectionLost, DeadlineExceeded
from mailcheck_gui.network.seam import Connected, Connection


def attempt(
    port: int, seconds: float = 5, address: str = "127.0.0.1"
) -> Connected | ConnectObservation:
    async def connect_and_close() -> Connected | ConnectObservation:
        opened = await open_connection(address, port, Deadline.after(seconds))
        if isinstance(opened, Connected):
            await opened.connection.close()
        return opened

    return asyncio.run(connect_and_close())


def unused_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextlib.contextmanager
def silent_port() -> Iterator[int]:
    """Yield a port whose queue is full, so that the kernel drops further SYNs."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(3):
            client = stack.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(listener.getsockname())
        yield int(listener.getsockname()[1])


def test_an_open_port() -> None:
    with serving(until_closed) as port:
        opened = attempt(port)
    assert isinstance(opened, Connected)
    assert opened.observation.outcome is ConnectOutcome.OPEN
    assert opened.observation.elapsed_ms >= 0  # a clock of Windows ticks every 16 ms
    assert opened.connection.local_address == "127.0.0.1"


def test_an_open_port_over_ipv6_with_a_zone_that_is_ignored() -> None:
    with serving(until_closed, "::1") as port:
        opened = attempt(port, address="::1%lo")
    assert isinstance(opened, Connected)
    assert opened.connection.local_address == "::1"


def test_a_closed_port() -> None:
    failure = attempt(unused_port())
    assert isinstance(failure, ConnectObservation)
    assert failure.outcome is ConnectOutcome.CLOSED
    assert failure.error
    assert failure.icmp is None


def test_a_silent_port_tells_how_long_it_was_waited_for() -> None:
    with silent_port() as port:
        failure = attempt(port, seconds=0.2)
    assert isinstance(failure, ConnectObservation)
    assert failure.outcome is ConnectOutcome.SILENT
    assert failure.elapsed_ms >= 180  # a clock of Windows ticks every 16 ms


def test_an_address_without_a_route_is_a_value() -> None:
    """A link-local address without its link: this computer cannot know where to send."""
    failure = attempt(25, address="fe80::1")
    assert isinstance(failure, ConnectObservation)
    assert failure.outcome is ConnectOutcome.NO_ROUTE


def test_cancelled_while_connecting_leaves_no_socket() -> None:
    async def cancel_soon(port: int) -> None:
        connecting = asyncio.create_task(open_connection("127.0.0.1", port, Deadline.after(30)))
        for _ in range(5):
            await asyncio.sleep(0)
        assert not connecting.done()
        connecting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await connecting

    with silent_port() as port:
        asyncio.run(cancel_soon(port))  # a forgotten socket is a ResourceWarning, so an error


def test_bytes_go_both_ways_until_the_orderly_end(talk) -> None:
    def echo(connection: socket.socket) -> None:
        connection.sendall(connection.recv(100).upper())

    async def say(connection: Connection) -> tuple[bytes, bytes]:
        await connection.send(b"noop\r\n", Deadline.after(5))
        return await connection.receive(Deadline.after(5)), await connection.receive(
            Deadline.after(5)
        )

    with serving(echo) as port:
        assert talk(port, say) == (b"NOOP\r\n", b"")


def test_a_reset_is_told_from_an_orderly_end(talk) -> None:
    async def receive(connection: Connection) -> None:
        with pytest.raises(ConnectionLost) as lost:
            await connection.receive(Deadline.after(5))
        assert lost.value.reset

    with serving(reset) as port:
        talk(port, receive)


def test_sending_into_a_reset_connection_is_lost(talk) -> None:
    async def send(connection: Connection) -> None:
        with contextlib.suppress(ConnectionLost):
            await connection.receive(Deadline.after(5))
        with pytest.raises(ConnectionLost):
            await connection.send(b"NOOP\r\n", Deadline.after(5))

    with serving(reset) as port:
        talk(port, send)


def test_a_mute_server_ends_at_the_deadline(talk) -> None:
    async def receive(connection: Connection) -> None:
        with pytest.raises(DeadlineExceeded):
            await connection.receive(Deadline.after(0.05))

    with serving(until_closed) as port:
        talk(port, receive)


def test_a_deadline_that_is_over_takes_no_bytes(talk) -> None:
    def speak(connection: socket.socket) -> None:
        connection.sendall(b"220 hello\r\n")
        until_closed(connection)

    async def receive(connection: Connection) -> bytes:
        with pytest.raises(DeadlineExceeded):
            await connection.receive(Deadline.after(0))
        return await connection.receive(Deadline.after(5))

    with serving(speak) as port:
        assert talk(port, receive) == b"220 hello\r\n"


def test_a_server_that_floods_does_not_hold_back_a_cancellation(talk) -> None:
    def flood(connection: socket.socket) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                connection.sendall(bytes(1 << 16))

    async def drain(connection: Connection) -> None:
        while await connection.receive(Deadline.after(60)):
            pass

    async def cancel(connection: Connection) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(drain(connection), 0.2)

    with serving(flood) as port:
        talk(port, cancel)


def test_closing_twice_is_harmless(talk) -> None:
    async def close(connection: Connection) -> None:
        await connection.close()
        await connection.close()

    with serving(until_closed) as port:
        talk(port, close)
