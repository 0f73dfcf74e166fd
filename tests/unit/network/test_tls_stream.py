"""What goes through a session after the handshake."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from network_certificates import HOST, Issued
from network_servers import PATIENCE, reset, serving, tls_server, until_closed

from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.errors import ConnectionLost, DeadlineExceeded
from mailcheck_gui.network.seam import Connection
from mailcheck_gui.network.tls import TlsStream, start_tls

Result = TypeVar("Result")


@pytest.fixture
def inside_tls(talk, context):
    """Return a function that runs a coroutine on a verified session with a loopback port."""

    def run(port: int, conversation: Callable[[TlsStream], Awaitable[Result]]) -> Result:
        async def start(connection: Connection) -> Result:
            observation, stream = await start_tls(connection, HOST, context, Deadline.after(5))
            assert stream is not None, observation
            try:
                return await conversation(stream)
            finally:
                await stream.close()

        return talk(port, start)

    return run


async def receive(stream: TlsStream) -> bytes:
    return await stream.receive(Deadline.after(5))


def session_with(
    server: ssl.SSLContext, act: Callable[[ssl.SSLSocket], None]
) -> Callable[[socket.socket], None]:
    """Return a handler that shakes hands and then does `act`."""

    def handle(connection: socket.socket) -> None:
        with server.wrap_socket(connection, server_side=True) as session:
            act(session)

    return handle


def test_the_greeting_comes_through(inside_tls, good_server: ssl.SSLContext) -> None:
    with serving(tls_server(good_server, b"* OK ready\r\n")) as port:
        assert inside_tls(port, receive) == b"* OK ready\r\n"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_bytes_go_both_ways(
    inside_tls, good_server: ssl.SSLContext, version: ssl.TLSVersion
) -> None:
    def echo(session: ssl.SSLSocket) -> None:
        session.sendall(session.recv(100).upper())
        until_closed(session)

    async def say(stream: TlsStream) -> bytes:
        assert stream.local_address == "127.0.0.1"
        await stream.send(b"", Deadline.after(5))
        await stream.send(b"a1 noop\r\n", Deadline.after(5))
        return await receive(stream)

    good_server.maximum_version = version
    with serving(session_with(good_server, echo)) as port:
        assert inside_tls(port, say) == b"A1 NOOP\r\n"


def test_more_than_one_record(inside_tls, good_server: ssl.SSLContext) -> None:
    text = b"x" * 50000

    async def receive_all(stream: TlsStream) -> bytes:
        received = b""
        while len(received) < len(text):
            received += await receive(stream)
        return received

    with serving(tls_server(good_server, text)) as port:
        assert inside_tls(port, receive_all) == text


def test_close_notify_is_the_orderly_end(inside_tls, good_server: ssl.SSLContext) -> None:
    def say_goodbye(session: ssl.SSLSocket) -> None:
        session.sendall(b"* BYE\r\n")
        with contextlib.suppress(OSError):  # the client has closed before it answers
            session.unwrap()

    async def receive_twice(stream: TlsStream) -> tuple[bytes, bytes]:
        return await receive(stream), await receive(stream)

    with serving(session_with(good_server, say_goodbye)) as port:
        assert inside_tls(port, receive_twice) == (b"* BYE\r\n", b"")


def test_a_bare_tcp_end_is_an_end_too(inside_tls, good_server: ssl.SSLContext) -> None:
    def leave(session: ssl.SSLSocket) -> None:
        session.shutdown(socket.SHUT_RDWR)

    async def receive_twice(stream: TlsStream) -> tuple[bytes, bytes]:
        return await receive(stream), await receive(stream)

    with serving(session_with(good_server, leave)) as port:
        assert inside_tls(port, receive_twice) == (b"", b"")


def test_a_reset_inside_tls(inside_tls, good_server: ssl.SSLContext) -> None:
    async def receive_reset(stream: TlsStream) -> None:
        with pytest.raises(ConnectionLost) as lost:
            await receive(stream)
        assert lost.value.reset
        assert lost.value.alert == ""

    with serving(session_with(good_server, reset)) as port:
        inside_tls(port, receive_reset)


def test_a_mute_server_ends_at_the_deadline(inside_tls, good_server: ssl.SSLContext) -> None:
    async def wait(stream: TlsStream) -> None:
        with pytest.raises(DeadlineExceeded):
            await stream.receive(Deadline.after(0.05))

    with serving(tls_server(good_server)) as port:
        inside_tls(port, wait)


def test_bytes_that_are_no_record_end_the_session(inside_tls, good_server: ssl.SSLContext) -> None:
    def fall_back_to_plain_text(session: ssl.SSLSocket) -> None:
        with socket.socket(fileno=session.detach()) as plain:
            plain.settimeout(PATIENCE)
            plain.sendall(b"250 plain text again\r\n")
            until_closed(plain)

    async def receive_garbage(stream: TlsStream) -> None:
        with pytest.raises(ConnectionLost) as lost:
            await receive(stream)
        assert "wrong version number" in lost.value.reason

    with serving(session_with(good_server, fall_back_to_plain_text)) as port:
        inside_tls(port, receive_garbage)


@pytest.fixture
def server_wanting_a_certificate(good_server: ssl.SSLContext, authority: Issued) -> ssl.SSLContext:
    good_server.verify_mode = ssl.CERT_REQUIRED
    good_server.load_verify_locations(cadata=authority.pem)
    return good_server


def test_a_missing_client_certificate_is_told_by_the_first_read(
    inside_tls, server_wanting_a_certificate: ssl.SSLContext
) -> None:
    """In TLS 1.3 the client's handshake is complete before the server has judged it."""

    async def receive_alert(stream: TlsStream) -> None:
        with pytest.raises(ConnectionLost) as lost:
            await receive(stream)
        assert lost.value.alert == "certificate_required"
        assert lost.value.reason == "certificate_required"

    with serving(tls_server(server_wanting_a_certificate)) as port:
        inside_tls(port, receive_alert)


def test_the_alert_is_told_also_where_a_command_crosses_it(
    inside_tls, server_wanting_a_certificate: ssl.SSLContext
) -> None:
    async def send_on(stream: TlsStream) -> None:
        while True:
            await stream.send(b"NOOP\r\n", Deadline.after(5))
            await asyncio.sleep(0.01)

    async def keep_sending(stream: TlsStream) -> None:
        with pytest.raises(ConnectionLost) as lost:
            await send_on(stream)
        assert lost.value.alert == "certificate_required"

    with serving(tls_server(server_wanting_a_certificate)) as port:
        inside_tls(port, keep_sending)


def test_closing_sends_close_notify(inside_tls, good: Issued, tmp_path: Path) -> None:
    ends: list[bytes] = []

    def read_to_the_end(session: ssl.SSLSocket) -> None:
        session.suppress_ragged_eofs = False  # a bare TCP end would raise
        ends.append(session.recv(100))

    async def nothing(_: TlsStream) -> None:
        """Only open and close."""

    server = good.server_context(tmp_path)
    with serving(session_with(server, read_to_the_end)) as port:
        inside_tls(port, nothing)
    assert ends == [b""]
