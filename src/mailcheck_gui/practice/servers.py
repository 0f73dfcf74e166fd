"""The practice servers: hosts as data, started on loopback, stopped without a trace."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.practice.authority import PracticeAuthority, server_context
from mailcheck_gui.practice.behaviour import ServerBehaviour
from mailcheck_gui.practice.foreign import speak
from mailcheck_gui.practice.imap import ImapSession
from mailcheck_gui.practice.pop3 import Pop3Session
from mailcheck_gui.practice.post_office import PostOffice
from mailcheck_gui.practice.session import Session
from mailcheck_gui.practice.smtp import SmtpSession
from mailcheck_gui.practice.wire import Heard, HungUp, Wire

LOOPBACK = "127.0.0.1"
SESSION_LIMIT = 300.0
"""Seconds after which a practice server ends any conversation."""

HEARD_LIMIT = 200
"""Conversations that are remembered per server."""

_SESSIONS: dict[Protocol, type[Session]] = {
    Protocol.IMAP: ImapSession,
    Protocol.POP3: Pop3Session,
    Protocol.SMTP: SmtpSession,
}


Script = Callable[[Wire, ssl.SSLContext], Awaitable[None]]
"""A server written out, for misbehaviour that no declaration covers. The context is the host's."""


class Door(StrEnum):
    """A port without a server behind it. Ports that are not named are closed."""

    BLOCKED = "blocked"  # a filter swallows what is sent there
    UNREACHABLE = "unreachable"  # a router says that nothing is there


@dataclass(frozen=True, slots=True)
class PracticeHost:
    """A host name, its made-up addresses, and what is behind each port.

    `dead_addresses` answer nothing at all. `name` is an A-label.
    """

    name: str
    addresses: tuple[str, ...]
    ports: tuple[tuple[int, ServerBehaviour | Script | Door], ...]
    dead_addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a made-up address and port really lead: a loopback port, or a door."""

    loopback_port: int | None = None
    door: Door | None = None


class _Listener:
    """One server on one loopback port."""

    def __init__(self, converse: Callable[[Wire], Awaitable[None]]) -> None:
        self._converse = converse
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.heard: list[Heard] = []

    async def start(self) -> int:
        """Listen on a free loopback port and return it."""
        self._server = await asyncio.start_server(self._accept, LOOPBACK, 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def stop(self) -> None:
        """Stop listening and end every conversation."""
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._server is not None:
            await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(Wire(reader, writer)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, wire: Wire) -> None:
        self.heard = [*self.heard[1 - HEARD_LIMIT :], wire.heard]
        try:
            with contextlib.suppress(HungUp, TimeoutError):
                async with asyncio.timeout(SESSION_LIMIT):
                    await self._converse(wire)
            await wire.close()
        finally:
            wire.abandon()


class PracticeServers:
    """All servers of a set of hosts. An async context manager; start and stop in one loop.

    After the start, `place` and `addresses` may be used from any thread.
    """

    def __init__(self, hosts: tuple[PracticeHost, ...]) -> None:
        self.hosts = hosts
        self.authority = PracticeAuthority()
        self.post_office = PostOffice()
        self._by_name = {host.name: host for host in hosts}
        self._by_address = {address: host for host in hosts for address in host.addresses}
        self._listeners: dict[tuple[str, int], _Listener] = {}
        self._places: dict[tuple[str, int], Place] = {}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start every server. Raises OSError where loopback cannot be used."""
        try:
            for host in self.hosts:
                for port, behind in host.ports:
                    self._places[host.name, port] = await self._open(host, port, behind)
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop every server. Nothing is left: no socket, no task. May be called twice."""
        listeners, self._listeners = list(self._listeners.values()), {}
        self._places.clear()
        await asyncio.gather(*(listener.stop() for listener in listeners))

    def addresses(self, host: str) -> tuple[str, ...]:
        """Return the made-up addresses of a host; none where there is no such host."""
        found = self._by_name.get(host.lower())
        return found.addresses if found else ()

    def place(self, address: str, port: int) -> Place:
        """Return where an address and port lead."""
        host = self._by_address.get(address)
        if host is None:
            return Place(door=Door.UNREACHABLE)
        if address in host.dead_addresses:
            return Place(door=Door.BLOCKED)
        return self._places.get((host.name, port), Place())

    def heard(self, host: str, port: int) -> tuple[Heard, ...]:
        """Return what the last conversations of a server brought, for tests."""
        return tuple(self._listeners[host, port].heard)

    async def _open(
        self, host: PracticeHost, port: int, behind: ServerBehaviour | Script | Door
    ) -> Place:
        if isinstance(behind, Door):
            return Place(door=behind)
        listener = _Listener(self._service(host, behind))
        loopback_port = await listener.start()
        self._listeners[host.name, port] = listener
        return Place(loopback_port=loopback_port)

    def _service(
        self, host: PracticeHost, behind: ServerBehaviour | Script
    ) -> Callable[[Wire], Awaitable[None]]:
        if not isinstance(behind, ServerBehaviour):
            context = self._context(host, ServerBehaviour(Protocol.IMAP))
            return lambda wire: behind(wire, context)
        foreign = behind.foreign
        if foreign is not None:
            return lambda wire: speak(wire, foreign)
        context = self._context(host, behind)
        session = _SESSIONS[behind.protocol]
        return lambda wire: session(wire, behind, context, host.name, self.post_office).run()

    def _context(self, host: PracticeHost, behaviour: ServerBehaviour) -> ssl.SSLContext:
        names = behaviour.certificate_names or (host.name,)
        context = server_context(self.authority.issue(behaviour.certificate, names))
        if behaviour.oldest_tls_only:
            _speak_only_tls_1_0(context)
        if behaviour.wants_client_certificate:
            self.authority.trust(context)
            context.verify_mode = ssl.CERT_REQUIRED
        return context


def _speak_only_tls_1_0(context: ssl.SSLContext) -> None:
    context.set_ciphers("ALL:@SECLEVEL=0")  # OpenSSL 3 has no TLS 1.0 above level 0
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.maximum_version = ssl.TLSVersion.MINIMUM_SUPPORTED  # naming TLS 1.0 is deprecated
