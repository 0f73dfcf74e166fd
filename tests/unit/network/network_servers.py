"""Loopback servers of one connection each, driven by a plain function in a thread."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import sys
import threading
from collections.abc import Callable, Iterator

Handler = Callable[[socket.socket], None]
PATIENCE = 10.0  # seconds; only a broken test waits that long


@contextlib.contextmanager
def serving(handler: Handler, host: str = "127.0.0.1") -> Iterator[int]:
    """Serve connections with `handler` and yield the port; errors of handlers fail the test."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    errors: list[BaseException] = []
    stopping = threading.Event()
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.bind((host, 0))
        listener.listen()
        port = listener.getsockname()[1]

        def serve() -> None:
            while True:
                connection, _ = listener.accept()
                with connection:
                    if stopping.is_set():
                        return
                    connection.settimeout(PATIENCE)
                    try:
                        handler(connection)
                    except BaseException as error:  # noqa: BLE001 - shown at the end
                        errors.append(error)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield port
        finally:
            stopping.set()
            with socket.create_connection((host, port)):
                thread.join(PATIENCE)
    assert not thread.is_alive()
    assert errors == []


def reset(connection: socket.socket) -> None:
    """Close with RST instead of FIN."""
    form = "HH" if sys.platform == "win32" else "ii"
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(form, 1, 0))
    connection.close()


def until_closed(connection: socket.socket) -> None:
    """Read until the client closes or resets."""
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        while connection.recv(65536):
            pass


def tls_server(context: ssl.SSLContext, greeting: bytes = b"") -> Handler:
    """Return a handler that shakes hands, greets and waits for the end."""

    def handle(connection: socket.socket) -> None:
        with (
            contextlib.suppress(ConnectionError, ssl.SSLError),
            context.wrap_socket(connection, server_side=True) as session,
        ):
            session.sendall(greeting)
            until_closed(session)

    return handle
