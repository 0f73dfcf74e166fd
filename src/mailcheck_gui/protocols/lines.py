"""The receive buffer: bytes in, bounded lines out, and TLS spotted where text was expected."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.protocols.errors import ProtocolViolation, TlsInsteadOfText

_TLS_RECORD_STARTS = (b"\x15\x03", b"\x16\x03")
"""Content type alert or handshake, then the major version (RFC 8446, section 5.1)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a server may send. `line`, `literal` and `total` in bytes, `lines` per event."""

    line: int = 65536
    literal: int = 65536
    total: int = 524288
    lines: int = 500


class LineBuffer:
    """Bytes that arrived and were not taken yet. Lines end with LF or CR LF.

    Every byte is searched once, however the network cuts the stream.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._data = bytearray()
        self._searched = 0
        self._received = 0
        self._ended = False

    @property
    def rest(self) -> bytes:
        """What was not taken yet."""
        return bytes(self._data)

    def feed(self, data: bytes) -> None:
        """Take bytes that arrived. Raises ProtocolViolation over the limit for the total."""
        self._received += len(data)
        if self._received > self._limits.total:
            raise ProtocolViolation(f"more than {self._limits.total} bytes in all", data)
        self._data += data

    def end(self) -> None:
        """Note the end of the stream: what is left without a line end is the last line."""
        self._ended = True

    def clear(self) -> None:
        """Forget what was not taken. The total counts on."""
        self._data.clear()
        self._searched = 0

    def next_line(self) -> bytes | None:
        """Return the next line with its line end, or None where it is not complete.

        Raises TlsInsteadOfText where a TLS record starts, ProtocolViolation over the line limit.
        """
        if self._data.startswith(_TLS_RECORD_STARTS):
            raise TlsInsteadOfText(self.rest)
        length = self._line_length()
        if (length or len(self._data)) > self._limits.line:
            raise ProtocolViolation(f"a line of more than {self._limits.line} bytes", self.rest)
        return self.take(length) if length else None

    def take(self, count: int) -> bytes | None:
        """Return exactly `count` bytes, or None where fewer are there."""
        if len(self._data) < count:
            return None
        taken = bytes(self._data[:count])
        del self._data[:count]
        self._searched = 0
        return taken

    def _line_length(self) -> int:
        """Return the length of the first line with its end, 0 where it is not complete."""
        length = self._data.find(b"\n", self._searched) + 1
        self._searched = len(self._data)
        return length or (len(self._data) if self._ended else 0)
