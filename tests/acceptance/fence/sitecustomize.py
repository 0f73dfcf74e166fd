"""A fence around the program under test: loopback only, and a list of what it asked for.

Python imports this module at start-up because its folder comes first on PYTHONPATH. Every
name but localhost is unknown here, every address but loopback has no route, and nothing
talks to a name server. The requests are written to the file named in ACCEPTANCE_FENCE_LOG.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import sys
from typing import Any

DNS_PORT = 53
LOOPBACK = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}


def log_to(path: str) -> None:
    """Write what is asked for to *path* from now on."""
    global _log
    _log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def _as_text(host: object) -> str:
    if isinstance(host, (bytes, bytearray)):
        return bytes(host).decode("utf-8", "backslashreplace")
    return str(host)


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return _is_literal(host) and ipaddress.ip_address(host.partition("%")[0]).is_loopback


def _note(kind: str, host: str, port: object) -> None:
    os.write(_log, f"{kind}\t{ascii(host)[1:-1]}\t{port}\n".encode())


def _guard_name(host: object, port: object = None) -> None:
    if host is None:
        return
    name = _as_text(host)
    _note("resolve", name, port)
    if not _is_literal(name) and name.rstrip(".").lower() != "localhost":
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def _guard_address(kind: str, address: object) -> None:
    if not isinstance(address, tuple) or len(address) < 2:
        return
    host, port = _as_text(address[0]), address[1]
    _note(kind, host, port)
    if port == DNS_PORT or not _is_loopback(host):
        raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and arguments[0].type == socket.SOCK_DGRAM:
        return
    if event == "socket.getaddrinfo":
        _guard_name(arguments[0], arguments[1])
    elif event in {"socket.gethostbyname", "socket.gethostbyaddr"}:
        _guard_name(arguments[0])
    elif event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        _guard_address(event.removeprefix("socket."), arguments[1])


def _connect(self: socket.socket, address: Any) -> None:
    """Connect; a datagram socket that asks for a route finds one, on any machine."""
    if self.type == socket.SOCK_DGRAM and self.family in LOOPBACK:
        _original_connect(self, (LOOPBACK[self.family], address[1]))
    else:
        _original_connect(self, address)


log_to(os.environ["ACCEPTANCE_FENCE_LOG"])
_original_connect = socket.socket.connect
socket.socket.connect = _connect  # type: ignore[method-assign]
sys.addaudithook(_guard)
