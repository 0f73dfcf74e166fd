"""Everything that crossed the wire: written as pcap, read back as what the client sent.

A credential in the clear would stand in one of the client's TCP streams, possibly cut into several
segments; so streams are put together again before they are searched.
"""

from __future__ import annotations

import base64
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

_FILE_HEADER = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, 1)
_RECORD = struct.Struct("<IIII")
_TCP = 6
_SYN = 0x02


class CaptureWriter:
    """Writes frames to a pcap file, each at once, so that a reader sees all that has crossed."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=0)
        self._file.write(_FILE_HEADER)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, frame: bytes) -> None:
        """Write one Ethernet frame."""
        seconds, fraction = divmod(time.time_ns(), 1_000_000_000)
        header = _RECORD.pack(seconds, fraction // 1000, len(frame), len(frame))
        self._file.write(header + frame)


@dataclass(frozen=True, slots=True, order=True)
class Flow:
    """One direction of one TCP connection; addresses are packed."""

    source: bytes
    source_port: int
    target: bytes
    target_port: int


@dataclass(slots=True)
class _Stream:
    """Segments of one flow by their distance from the SYN."""

    start: int | None = None
    segments: dict[int, bytes] = field(default_factory=dict)
    _whole: bytes | None = None

    def add(self, sequence: int, flags: int, payload: bytes) -> None:
        if flags & _SYN:
            self.start = sequence + 1
        if payload and self.start is not None:
            offset = (sequence - self.start) % 2**32
            if len(payload) > len(self.segments.get(offset, b"")):  # else sent once more
                self.segments[offset] = payload
                self._whole = None

    def content(self) -> bytes:
        if self._whole is None:
            self._whole = self._put_together()
        return self._whole

    def _put_together(self) -> bytes:
        whole = bytearray()
        for offset, payload in sorted(self.segments.items()):
            if offset <= len(whole):
                whole[offset:] = payload if offset + len(payload) > len(whole) else whole[offset:]
            else:  # a segment is missing: what follows is still searched
                whole += b"\0" + payload
        return bytes(whole)


@dataclass(frozen=True, slots=True)
class Packet:
    """One TCP segment, as far as the lab looks at it. `at` is seconds since the epoch."""

    at: float
    flow: Flow
    sequence: int
    flags: int
    payload: bytes


class CaptureReader:
    """Reads a capture that still grows, and keeps what was said on every TCP connection."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._position = len(_FILE_HEADER)
        self._others: list[bytes] = []
        self._flows: dict[Flow, list[_Stream]] = {}

    def packets(self) -> Iterator[Packet]:
        """Return the TCP segments that came since the last call."""
        with self._path.open("rb") as file:
            file.seek(self._position)
            data = file.read()
        position = 0
        while position + _RECORD.size <= len(data):
            seconds, micros, length, _ = _RECORD.unpack_from(data, position)
            end = position + _RECORD.size + length
            if end > len(data):  # half written
                break
            frame = data[position + _RECORD.size : end]
            position = end
            packet = _tcp(frame, seconds + micros / 1e6)
            if packet is None:
                self._others.append(frame)
            else:
                yield packet
        self._position += position

    def said(self) -> list[bytes]:
        """Return each direction of each TCP connection so far, and every other frame."""
        for packet in self.packets():
            parts = self._flows.setdefault(packet.flow, [_Stream()])
            if packet.flags & _SYN and parts[-1].segments:  # the same ports, used again
                parts.append(_Stream())
            parts[-1].add(packet.sequence, packet.flags, packet.payload)
        streams = [part.content() for parts in self._flows.values() for part in parts]
        return streams + self._others


def _tcp(frame: bytes, at: float) -> Packet | None:
    kind = frame[12:14]
    if kind == b"\x08\x00" and frame[23] == _TCP:
        start = 14 + (frame[14] & 0x0F) * 4
        end = 14 + int.from_bytes(frame[16:18])
        addresses = frame[26:30], frame[30:34]
    elif kind == b"\x86\xdd" and frame[20] == _TCP:
        start = 54
        end = start + int.from_bytes(frame[18:20])
        addresses = frame[22:38], frame[38:54]
    else:
        return None
    source_port, target_port, sequence = struct.unpack_from("!HHI", frame, start)
    payload = frame[start + (frame[start + 12] >> 4) * 4 : end]
    flow = Flow(addresses[0], source_port, addresses[1], target_port)
    return Packet(at, flow, sequence, frame[start + 13], payload)


def disguises(secret: str) -> list[bytes]:
    """Return a secret as it may travel: raw, and in base64 at each of its three alignments."""
    raw = secret.encode()
    return [raw, *(_base64_core(raw, shift) for shift in range(3))]


def _base64_core(raw: bytes, shift: int) -> bytes:
    """Return the base64 digits that depend on the secret alone, `shift` bytes after a boundary."""
    encoded = base64.b64encode(b"\0" * shift + raw)
    first = (shift * 8 + 5) // 6
    last = (shift + len(raw)) * 8 // 6
    return encoded[first:last]
