"""Services that are no mail servers, as far as a mail check meets them."""

from __future__ import annotations

from mailcheck_gui.practice.behaviour import Foreign
from mailcheck_gui.practice.wire import Wire

_HTTP_ANSWER = (
    b"HTTP/1.1 400 Bad Request\r\nServer: practice\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 12\r\nConnection: close\r\n\r\nBad Request\n"
)
_GREETINGS = {
    Foreign.SSH: b"SSH-2.0-Practice_1.0\r\n",
    Foreign.GARBAGE: bytes(range(256)) * 2 + b"\r\n",
}


async def speak(wire: Wire, service: Foreign) -> None:
    """Answer as that service does; returns where it closes, raises `HungUp` otherwise."""
    if service is Foreign.HTTP:
        await wire.read_some()  # HTTP never speaks first
        await wire.send(_HTTP_ANSWER)
    else:
        await wire.send(_GREETINGS[service])
        await wire.wait_for_end()
