"""The server's end of one connection: lines in, bytes out, TLS from any moment on.

TLS runs over `ssl.MemoryBIO`, so that a server can fall silent, reset or say too much at any byte.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import sys
from dataclasses import dataclass, field

LINE_LIMIT = 16384
"""Longest line that a practice server reads; a base64 token fits (RFC 4954 asks for 12288)."""

_CHUNK = 16384
_RECORD_LIMIT = 65536
_LINGER = struct.pack("HH" if sys.platform == "win32" else "ii", 1, 0)


class HungUp(Exception):
    """The conversation is over, whoever ended it."""


@dataclass(slots=True)
class Heard:
    """What one connection brought, apart by whether TLS protected it. Capped; for tests."""

    plain: bytearray = field(default_factory=bytearray)
    inside_tls: bytearray = field(default_factory=bytearray)

    def note(self, data: bytes, *, inside: bool) -> None:
        """Keep received bytes up to the cap."""
        target = self.inside_tls if inside else self.plain
        target += data[: max(0, _RECORD_LIMIT - len(target))]


class Wire:
    """One accepted connection. Raises `HungUp` from every method once the peer is gone."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._buffer = bytearray()
        self._tls: ssl.SSLObject | None = None
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self.heard = Heard()

    @property
    def inside_tls(self) -> bool:
        """Whether TLS protects this connection now."""
        return self._tls is not None

    async def read_line(self) -> bytes:
        """Return the next line without its end."""
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > LINE_LIMIT:
                raise HungUp("line too long")
            self._buffer += await self._read()
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line.removesuffix(b"\r")

    async def read_some(self) -> bytes:
        """Return whatever comes next, at least one byte."""
        return await self._read()

    async def read_exactly(self, count: int) -> bytes:
        """Return that many bytes (an IMAP literal)."""
        while len(self._buffer) < count:
            self._buffer += await self._read()
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        return data

    async def send(self, data: bytes) -> None:
        """Send all of it."""
        if self._tls is not None:
            self._tls.write(data)
            data = self._outgoing.read()
        await self._write(data)

    async def start_tls(self, context: ssl.SSLContext) -> None:
        """Do the server's handshake. What came before it in plain text is forgotten."""
        self._buffer.clear()
        tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        while not await self._handshake_step(tls):
            self._incoming.write(await self._read_raw())
        self._tls = tls

    async def wait_for_end(self) -> None:
        """Read without answering until the peer ends the connection."""
        while True:
            await self._read_raw()

    def reset(self) -> None:
        """End with RST in place of FIN."""
        raw: socket.socket = self._writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
        self._writer.transport.abort()

    async def close(self) -> None:
        """End in order: close_notify where TLS is on, then FIN. Never raises."""
        with contextlib.suppress(OSError, HungUp):
            if self._tls is not None:
                with contextlib.suppress(ssl.SSLError):
                    self._tls.unwrap()
                await self._write(self._outgoing.read())
            self._writer.close()
            await self._writer.wait_closed()

    def abandon(self) -> None:
        """Close at once, without a word."""
        self._writer.transport.abort()

    async def _handshake_step(self, tls: ssl.SSLObject) -> bool:
        try:
            tls.do_handshake()
        except ssl.SSLWantReadError:
            done = False
        except ssl.SSLError as error:
            await self._write(self._outgoing.read())  # the alert
            raise HungUp(str(error)) from error
        else:
            done = True
        await self._write(self._outgoing.read())
        return done

    async def _read(self) -> bytes:
        tls = self._tls
        if tls is None:
            data = await self._read_raw()
            self.heard.note(data, inside=False)
            return data
        while True:
            try:
                data = tls.read(_CHUNK)
            except ssl.SSLWantReadError:
                self._incoming.write(await self._read_raw())
                continue
            except ssl.SSLError as error:
                raise HungUp(str(error)) from error
            if not data:
                raise HungUp("close_notify")
            self.heard.note(data, inside=True)
            return data

    async def _read_raw(self) -> bytes:
        try:
            data = await self._reader.read(_CHUNK)
        except OSError as error:
            raise HungUp(str(error)) from error
        if not data:
            raise HungUp("end of stream")
        return data

    async def _write(self, data: bytes) -> None:
        if not data:
            return
        try:
            self._writer.write(data)
            await self._writer.drain()
        except OSError as error:
            raise HungUp(str(error)) from error
