import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any

from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.checks.limits import HostSlots, Lease, MalformedAllowance, Priority, RunLimits
from mailcheck_gui.model.account import Protocol
from mailcheck_gui.model.endpoint import Endpoint

CONFIGURED, NEIGHBOUR = Priority.CONFIGURED, Priority.NEIGHBOUR


class Holder:
    """A task that takes a slot and keeps it until told to let go."""

    def __init__(self, slots: HostSlots, priority: Priority, *, alone: bool = False) -> None:
        self.lease: Lease | None = None
        self.let_go = asyncio.Event()
        self.task = asyncio.create_task(self._hold(slots, priority, alone))

    async def _hold(self, slots: HostSlots, priority: Priority, alone: bool) -> None:
        async with slots.lease(priority, alone=alone) as self.lease:
            await self.let_go.wait()

    async def end(self) -> None:
        self.let_go.set()
        await self.task


async def settle() -> None:
    """Let every task that can run do so."""
    for _ in range(10):
        await asyncio.sleep(0)


def play(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(story, 10))


def test_no_more_than_the_limit_are_open_at_once() -> None:
    async def story() -> None:
        slots = HostSlots(2)
        holders = [Holder(slots, NEIGHBOUR) for _ in range(3)]
        await settle()
        assert [h.lease is not None for h in holders] == [True, True, False]
        await holders[0].end()
        await settle()
        assert holders[2].lease is not None
        for holder in holders[1:]:
            await holder.end()

    play(story())


def test_configured_endpoints_go_before_neighbours() -> None:
    async def story() -> None:
        slots = HostSlots(1)
        first, near, configured = (
            Holder(slots, NEIGHBOUR),
            Holder(slots, NEIGHBOUR),
            Holder(slots, CONFIGURED),
        )
        await settle()
        await first.end()
        await settle()
        assert configured.lease is not None
        assert near.lease is None
        await configured.end()
        await near.end()

    play(story())


def test_alone_means_alone_from_beginning_to_end() -> None:
    async def story() -> None:
        slots = HostSlots(8)
        early, alone = Holder(slots, NEIGHBOUR), Holder(slots, CONFIGURED, alone=True)
        await settle()
        late = Holder(slots, CONFIGURED)
        await settle()
        assert alone.lease is None
        assert late.lease is None
        await early.end()
        await settle()
        assert alone.lease is not None
        assert not alone.lease.shared
        assert late.lease is None
        await alone.end()
        await settle()
        assert late.lease is not None
        await late.end()

    play(story())


def test_a_lease_knows_whether_it_was_shared() -> None:
    async def story() -> None:
        slots = HostSlots(8)
        first = Holder(slots, NEIGHBOUR)
        await settle()
        assert first.lease is not None
        assert not first.lease.shared
        second = Holder(slots, NEIGHBOUR)
        await settle()
        assert first.lease.shared
        assert second.lease is not None
        assert second.lease.shared
        await first.end()
        await second.end()

    play(story())


def test_a_cancelled_waiter_keeps_no_slot_and_blocks_no_one() -> None:
    async def story() -> None:
        slots = HostSlots(1)
        first = Holder(slots, NEIGHBOUR)
        await settle()
        alone, last = Holder(slots, CONFIGURED, alone=True), Holder(slots, NEIGHBOUR)
        await settle()
        alone.task.cancel()
        await settle()
        await first.end()
        await settle()
        assert last.lease is not None
        await last.end()

    play(story())


def test_a_waiter_cancelled_at_the_moment_of_its_grant_gives_the_slot_back() -> None:
    async def story() -> None:
        slots = HostSlots(1)
        first = Holder(slots, NEIGHBOUR)
        await settle()
        second, third = Holder(slots, NEIGHBOUR), Holder(slots, NEIGHBOUR)
        await settle()
        first.let_go.set()
        await asyncio.sleep(0)  # `first` releases: the slot is granted, `second` has not run yet
        second.task.cancel()
        await settle()
        assert third.lease is not None
        await third.end()

    play(story())


def test_one_run_has_four_connections_for_each_endpoint_and_address() -> None:
    limits = RunLimits(load_thresholds())
    endpoint = Endpoint(Protocol.IMAP, "mail.example", 993)
    taken = [limits.take(endpoint, "192.0.2.1") for _ in range(5)]
    assert taken == [True, True, True, True, False]
    assert limits.take(endpoint, "192.0.2.2")


def test_two_connections_at_once_to_one_address_and_port() -> None:
    async def story() -> None:
        limits = RunLimits(load_thresholds())
        async with AsyncExitStack() as stack:
            for _ in range(2):
                await stack.enter_async_context(limits.at_once("192.0.2.1", 993))
            assert limits.at_once("192.0.2.1", 993).locked()
            assert not limits.at_once("192.0.2.1", 143).locked()

    play(story())


def test_the_malformed_opening_is_there_once_and_comes_back() -> None:
    allowance = MalformedAllowance()
    assert allowance.left
    assert allowance.take()
    assert not allowance.take()
    allowance.give_back()
    assert allowance.take()
    assert RunLimits(load_thresholds()).malformed("a.example").left
