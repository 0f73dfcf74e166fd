"""Servers written out byte by byte: what no declaration of a practice server covers.

Each is a `Script`. They attack whoever reads them: with length, with slowness, with markup.
"""

from __future__ import annotations

import asyncio
import ssl

from mailcheck_gui.practice import Wire

_PIECE = 16_384
_FLOOD = 4 * 1024 * 1024
HOSTILE_TEXT = "<b>mx</b> \x1b[31m\u202e\x07 {title} %s [link=https://evil.example]click[/link]"


async def endless_line(wire: Wire, _context: ssl.SSLContext) -> None:
    """Begin a greeting and never end its line."""
    await wire.send(b"220 ")
    for _ in range(_FLOOD // _PIECE):
        await wire.send(b"x" * _PIECE)
    await wire.wait_for_end()


async def endless_reply(wire: Wire, _context: ssl.SSLContext) -> None:
    """Greet, and answer EHLO with lines without end."""
    await wire.send(b"220 mx ESMTP\r\n")
    await wire.read_line()
    for number in range(_FLOOD // 40):
        await wire.send(b"250-X-LINE-%08d-xxxxxxxxxxxxxxxxxxx\r\n" % number)
    await wire.wait_for_end()


async def drop_by_drop(wire: Wire, _context: ssl.SSLContext) -> None:
    """Send one byte of a greeting after the other, and never come to its end."""
    while True:
        await wire.send(b"2")
        await asyncio.sleep(0.05)


async def hostile_words(wire: Wire, context: ssl.SSLContext) -> None:
    """Greet inside TLS with markup, escape sequences and templates; refuse everything so."""
    await wire.start_tls(context)
    words = HOSTILE_TEXT.encode()
    await wire.send(b"220 mx " + words + b"\r\n")
    await wire.read_line()
    await wire.send(b"250-mx\r\n250-" + words + b"\r\n250 AUTH PLAIN " + words + b"\r\n")
    await wire.read_line()
    await wire.send(b"535 5.7.8 " + words + b" \xff\xfe\r\n")
    await wire.wait_for_end()


async def half_a_record(wire: Wire, _context: ssl.SSLContext) -> None:
    """Answer the ClientHello with the head of a TLS record, and nothing behind it."""
    await wire.read_some()
    await wire.send(bytes.fromhex("16 0303 4000 02"))
    await wire.wait_for_end()


async def noise_inside_tls(wire: Wire, context: ssl.SSLContext) -> None:
    """Finish the handshake, then speak no language at all."""
    await wire.start_tls(context)
    for _ in range(64):
        await wire.send(bytes(range(256)) * 16)
    await wire.wait_for_end()


async def huge_literal(wire: Wire, context: ssl.SSLContext) -> None:
    """Promise an IMAP literal of 4 GB in the answer to CAPABILITY."""
    await wire.start_tls(context)
    await wire.send(b"* OK ready\r\n")
    await wire.read_line()
    await wire.send(b"* CAPABILITY IMAP4rev1 {4294967295}\r\n")
    for _ in range(_FLOOD // _PIECE):
        await wire.send(b"y" * _PIECE)
    await wire.wait_for_end()
