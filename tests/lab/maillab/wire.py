"""The wire between client and router: delay, loss, rate and sudden death, per server address.

Stands in for `tc netem`, which many kernels lack. Two TAP devices, one in each namespace, and this
process between them. ARP and IPv6 neighbour discovery pass at once (the router is next door).
Everything that crosses is also written to a capture, so that tests can search it for secrets.

    python -m maillab.wire PROFILE CAPTURE

PROFILE is JSON: {"default": {"delay_ms": 5}, "203.0.113.25": {"loss": 0.1}}; the key is the
address on the router's side, values hold for one direction. SIGHUP reads it again. "ready" on
standard output says that both devices exist.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import heapq
import json
import os
import random
import select
import signal
import socket
import struct
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from maillab.capture import CaptureWriter
from maillab.places import READY_MARK, namespace

_CLONE_NEWNET = 0x40000000
_TUNSETIFF = 0x400454CA
_IFF_TAP, _IFF_NO_PI = 0x0002, 0x1000
_PR_SET_TIMERSLACK = 29
_TUN = "/dev/net/tun"
_FRAME_LIMIT = 65_535
_LOSS_SEED = 1
_BURST_BYTES = 400
_LONGEST_QUEUE = 5.0

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Line:
    """How packets to and from one address fare, each way."""

    delay_ms: float = 0.0
    loss: float = 0.0
    dead_after_bytes: int = 0  # of one connection, both ways; 0: never
    rate_kbit: float = 0.0  # 0: no limit


class Profile:
    """The lines by server address, read from a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._default = Line()
        self._lines: dict[bytes, Line] = {}
        self.load()

    def load(self) -> None:
        """Read the file again."""
        entries = json.loads(self._path.read_text("utf-8"))
        default = entries.pop("default", {})
        self._default = Line(**default)
        self._lines = {_packed(name): Line(**{**default, **line}) for name, line in entries.items()}

    def of(self, address: bytes) -> Line:
        """Return the line of a packed server address."""
        return self._lines.get(address, self._default)


class Wire:
    """Carries frames between two file descriptors: 0 is the client's side, 1 the router's."""

    def __init__(self, ends: tuple[int, int], profile: Profile, capture: CaptureWriter) -> None:
        self._ends = ends
        self._profile = profile
        self._capture = capture
        self._random = random.Random(_LOSS_SEED)
        self._waiting: list[tuple[float, int, int, bytes]] = []
        self._count = 0
        self._carried: dict[frozenset[bytes], int] = {}
        self._busy_until: dict[tuple[bytes, int], float] = {}

    def run(self) -> None:
        """Carry frames for ever."""
        while True:
            for end in self._readable():
                self._take(self._ends.index(end))
            self._deliver()

    def _readable(self) -> list[int]:
        wait = max(0.0, self._waiting[0][0] - time.monotonic()) if self._waiting else None
        return select.select(self._ends, [], [], wait)[0]

    def _take(self, side: int) -> None:
        while (frame := _read_frame(self._ends[side])) is not None:
            self._capture.write(frame)
            due = self._due(frame, side)
            if due is not None:
                self._count += 1  # frames that are due together keep their order
                heapq.heappush(self._waiting, (due, self._count, 1 - side, frame))

    def _due(self, frame: bytes, side: int) -> float | None:
        """Return when a frame arrives, or None where it is lost."""
        address = _server_address(frame, side)
        if address is None:
            return time.monotonic()
        line = self._profile.of(address)
        if line.loss and self._random.random() < line.loss:
            return None
        if line.dead_after_bytes and self._carried_with(frame) > line.dead_after_bytes:
            return None
        sent = self._sent_at(frame, address, side, line.rate_kbit)
        return None if sent is None else sent + line.delay_ms / 1000

    def _carried_with(self, frame: bytes) -> int:
        """Return the bytes of the frame's connection so far, whatever else goes to that host."""
        connection = _endpoints(frame)
        self._carried[connection] = self._carried.get(connection, 0) + len(frame)
        return self._carried[connection]

    def _sent_at(self, frame: bytes, address: bytes, side: int, rate_kbit: float) -> float | None:
        """Return when a frame has left a line that carries so much and no more.

        As with real limiters a short burst passes at once, so that connecting stays quick, and
        what would wait too long is lost.
        """
        now = time.monotonic()
        if not rate_kbit:
            return now
        bytes_per_second = rate_kbit * 1000 / 8
        idle_since = now - _BURST_BYTES / bytes_per_second
        begun = max(self._busy_until.get((address, side), 0.0), idle_since)
        done = begun + len(frame) / bytes_per_second
        if done > now + _LONGEST_QUEUE:
            return None
        self._busy_until[address, side] = done
        return max(now, done)

    def _deliver(self) -> None:
        now = time.monotonic()
        while self._waiting and self._waiting[0][0] <= now:
            _, _, side, frame = heapq.heappop(self._waiting)
            try:
                os.write(self._ends[side], frame)
            except OSError as error:
                if error.errno not in (errno.EIO, errno.ENOBUFS):  # device down: frame lost
                    raise


def main(profile_path: str, capture_path: str) -> None:
    """Make the devices and carry frames until the lab ends."""
    ends = (_make_tap("client", "eth0"), _make_tap("router", "lan0"))
    profile = Profile(Path(profile_path))
    signal.signal(signal.SIGHUP, lambda *_: profile.load())
    _libc.prctl(_PR_SET_TIMERSLACK, 1, 0, 0, 0)
    os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(5))
    with CaptureWriter(Path(capture_path)) as capture:
        sys.stdout.write(f"{READY_MARK}\n")
        sys.stdout.flush()
        Wire(ends, profile, capture).run()


def _make_tap(where: str, name: str) -> int:
    inside = os.open(namespace(where), os.O_RDONLY)
    if _libc.setns(inside, _CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), f"cannot enter namespace {where}")
    os.close(inside)
    tap = os.open(_TUN, os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tap, _TUNSETIFF, struct.pack("16sH22x", name.encode(), _IFF_TAP | _IFF_NO_PI))
    return tap


def _read_frame(end: int) -> bytes | None:
    try:
        return os.read(end, _FRAME_LIMIT)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EIO, errno.EBADFD):  # nothing there, device down
            return None
        raise


def _server_address(frame: bytes, side: int) -> bytes | None:
    """Return the packed address on the router's side; None for what passes at once."""
    kind = frame[12:14]
    if kind == b"\x08\x00":
        return frame[30:34] if side == 0 else frame[26:30]
    if kind != b"\x86\xdd" or frame[20] == 0:  # multicast listener reports
        return None
    if frame[20] == socket.IPPROTO_ICMPV6 and 133 <= frame[54] <= 137:  # neighbour discovery
        return None
    return frame[38:54] if side == 0 else frame[22:38]


def _endpoints(frame: bytes) -> frozenset[bytes]:
    """Return both ends, address and port, of a frame's connection, the same for either way."""
    addresses, size, ports = (26, 4, 34) if frame[12:14] == b"\x08\x00" else (22, 16, 54)
    return frozenset(
        frame[addresses + size * end :][:size] + frame[ports + 2 * end :][:2] for end in (0, 1)
    )


def _packed(address: str) -> bytes:
    return socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)


if __name__ == "__main__":
    main(*sys.argv[1:])
