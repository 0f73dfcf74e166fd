"""The web servers of the lab: they answer with the pages of the domains' table, and note requests.

Each request is noted on standard output as `web METHOD URL BODY`, the body in Python's notation.
"""

from __future__ import annotations

import asyncio
import sys

from maillab.domains import Page, pages

_NOT_FOUND = Page(b"There is nothing here.", "text/plain", status=404)
_BODY_LIMIT = 65_536
_DRIP = 1.0


async def answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, parked: bool = False
) -> None:
    """Read one request and answer it. A parked server has one page for everything."""
    encrypted = writer.get_extra_info("ssl_object") is not None
    method, path, headers = await _read_head(reader)
    length = min(int(headers.get("content-length", "0")), _BODY_LIMIT)
    body = await reader.readexactly(length)
    host = "wildcard.test" if parked else headers.get("host", "")
    url = f"{'https' if encrypted else 'http'}://{host}{'/' if parked else path}"
    sys.stdout.write(f"web {method} {url} {body!r}\n")
    sys.stdout.flush()
    await _send(pages().get(url.partition("?")[0], _NOT_FOUND), reader, writer)


async def _read_head(reader: asyncio.StreamReader) -> tuple[str, str, dict[str, str]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    return method, path, {name.lower(): value.strip() for name, _, value in pairs}


async def _send(page: Page, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    if page.mute:
        await reader.read(-1)  # until the client gives up
        return
    location = f"Location: {page.location}\r\n" if page.location else ""
    writer.write(
        f"HTTP/1.1 {page.status} Answer\r\nContent-Type: {page.kind}\r\n{location}"
        f"Content-Length: {len(page.body) * page.times}\r\nConnection: close\r\n\r\n".encode()
    )
    if page.drip:
        for byte in page.body:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(_DRIP)
    for _ in range(0 if page.drip else page.times):
        writer.write(page.body)
        await writer.drain()
