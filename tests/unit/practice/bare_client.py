"""A bare client for practice servers: lines over a socket, written without our own protocols."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from contextlib import ExitStack

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.practice import (
    Mailbox,
    PracticeHost,
    PracticeNetwork,
    PracticeRunner,
    PracticeServers,
    ServerBehaviour,
)

HOST = "mail.practice.example"
ADDRESS = "203.0.113.99"
USER = "zoë@practice.example"
PASSWORD = 'p\u00e9ch & "x" \\ <y>'
MAILBOXES = (Mailbox(USER, PASSWORD),)


class BareClient:
    """One connection. Every read waits at most five seconds."""

    def __init__(self, port: int, context: ssl.SSLContext) -> None:
        self._context = context
        self._socket: socket.socket = socket.create_connection(("127.0.0.1", port), timeout=5)
        self._buffer = b""

    def start_tls(self) -> None:
        assert self._buffer == b""
        self._socket = self._context.wrap_socket(self._socket, server_hostname=HOST)

    def send(self, line: str) -> None:
        self._socket.sendall(line.encode() + b"\r\n")

    def send_raw(self, data: bytes) -> None:
        self._socket.sendall(data)

    def line(self) -> str:
        while b"\r\n" not in self._buffer:
            data = self._socket.recv(4096)
            if not data:
                raise EOFError(self._buffer)
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\r\n")
        return line.decode()

    def ask(self, line: str) -> str:
        self.send(line)
        return self.line()

    def lines_until(self, last: Callable[[str], bool]) -> list[str]:
        lines = [self.line()]
        while not last(lines[-1]):
            lines.append(self.line())
        return lines

    def rest(self) -> bytes:
        data = self._buffer
        while more := self._socket.recv(4096):
            data += more
        return data

    def close(self) -> None:
        self._socket.close()


class Desk:
    """Starts one server and connects to it."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.servers: PracticeServers

    def open(self, protocol: Protocol, **traits: object) -> BareClient:
        traits.setdefault("mailboxes", MAILBOXES)
        behaviour = ServerBehaviour(protocol, **traits)  # type: ignore[arg-type]
        runner = PracticeRunner((PracticeHost(HOST, (ADDRESS,), ((4242, behaviour),)),))
        self._stack.enter_context(runner)
        self.servers = runner.servers
        return self.connect()

    def connect(self) -> BareClient:
        port = self.servers.place(ADDRESS, 4242).loopback_port
        assert port is not None
        client = BareClient(port, PracticeNetwork(self.servers).client_context())
        self._stack.callback(client.close)
        return client
