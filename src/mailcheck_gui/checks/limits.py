"""How many connections a host gets from one run, and in which order.

Eight are open at once per host, two per endpoint and address; one run opens at most four per
endpoint and address (values in the thresholds). At most one opening that a plaintext server would
find malformed goes to a host.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import IntEnum

from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.thresholds import Thresholds


class Priority(IntEnum):
    """Who is served first where a host has no free slot."""

    CONFIGURED = 0
    NEIGHBOUR = 1


@dataclass(slots=True, eq=False)
class Lease:
    """The right to one open connection. `shared` tells whether another was open beside it."""

    shared: bool = False


@dataclass(order=True, slots=True)
class _Waiter:
    priority: Priority
    number: int
    alone: bool = field(compare=False)
    granted: asyncio.Future[Lease] = field(compare=False)


class HostSlots:
    """The connections that are open to one host at this moment."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._open: list[Lease] = []
        self._exclusive = False
        self._waiting: list[_Waiter] = []
        self._number = 0

    @asynccontextmanager
    async def lease(self, priority: Priority, *, alone: bool = False) -> AsyncIterator[Lease]:
        """Wait for a free slot; with `alone` until nothing else is open, and stay alone."""
        lease = await self._acquire(priority, alone)
        try:
            yield lease
        finally:
            self._release(lease)

    async def _acquire(self, priority: Priority, alone: bool) -> Lease:
        granted: asyncio.Future[Lease] = asyncio.get_running_loop().create_future()
        self._number += 1
        heapq.heappush(self._waiting, _Waiter(priority, self._number, alone, granted))
        self._grant()
        try:
            return await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled():
                self._release(granted.result())
            else:
                granted.cancel()
                self._grant()
            raise

    def _grant(self) -> None:
        while self._waiting:
            head = self._waiting[0]
            if head.granted.cancelled():
                heapq.heappop(self._waiting)
            elif self._has_room(head):
                heapq.heappop(self._waiting)
                head.granted.set_result(self._open_lease(head.alone))
            else:
                return

    def _has_room(self, waiter: _Waiter) -> bool:
        if waiter.alone:
            return not self._open
        return not self._exclusive and len(self._open) < self._limit

    def _open_lease(self, alone: bool) -> Lease:
        lease = Lease(shared=bool(self._open))
        for other in self._open:
            other.shared = True
        self._open.append(lease)
        self._exclusive = alone
        return lease

    def _release(self, lease: Lease) -> None:
        self._open.remove(lease)
        if not self._open:
            self._exclusive = False
        self._grant()


class MalformedAllowance:
    """The one opening of a run that a host may find malformed.

    Given back where the answer was TLS: then it was not malformed.
    """

    def __init__(self) -> None:
        self._left = True

    @property
    def left(self) -> bool:
        """Whether it could be taken now."""
        return self._left

    def take(self) -> bool:
        """Take it; False where it is gone."""
        had, self._left = self._left, False
        return had

    def give_back(self) -> None:
        """Return it."""
        self._left = True


class RunLimits:
    """All limits of one run."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds
        self._hosts: dict[str, HostSlots] = {}
        self._at_once: dict[tuple[str, int], asyncio.Semaphore] = {}
        self._allowances: dict[str, MalformedAllowance] = {}
        self._used: Counter[tuple[Endpoint, str]] = Counter()

    def host(self, host: str) -> HostSlots:
        """Return the slots of one host."""
        return self._hosts.setdefault(host, HostSlots(self._thresholds.connections_per_host))

    def at_once(self, address: str, port: int) -> asyncio.Semaphore:
        """Return the limit of connections that are open at once to one address and port."""
        limit = self._thresholds.connections_per_address
        return self._at_once.setdefault((address, port), asyncio.Semaphore(limit))

    def malformed(self, host: str) -> MalformedAllowance:
        """Return the host's allowance for one malformed opening."""
        return self._allowances.setdefault(host, MalformedAllowance())

    def take(self, endpoint: Endpoint, address: str) -> bool:
        """Count one connection; False where the run has used up those of this address."""
        if self._used[endpoint, address] >= self._thresholds.connections_per_address_run:
            return False
        self._used[endpoint, address] += 1
        return True
