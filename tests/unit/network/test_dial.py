"""Connecting to a host with several addresses."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from mailcheck_gui.model.observation import ConnectObservation, ConnectOutcome
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.dial import ADDRESSES_LIMIT, dial
from mailcheck_gui.network.seam import Connected

V4 = ("192.0.2.1", "192.0.2.2", "192.0.2.3")
V6 = ("2001:db8::1", "2001:db8::2")
OPEN = ConnectObservation(ConnectOutcome.OPEN)


@dataclass
class Line:
    """A connection that notes its end."""

    address: str
    closed: bool = False

    async def close(self) -> None:
        self.closed = True


@dataclass
class Addresses:
    """A network whose addresses answer, refuse, or stay mute until others are done."""

    answering: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    tried: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def connect(
        self, address: str, port: int, deadline: Deadline
    ) -> Connected | ConnectObservation:
        self.tried.append(address)
        self.asked.set()
        if address in self.mute:
            try:
                await asyncio.sleep(deadline.remaining)
            except asyncio.CancelledError:
                self.given_up.append(address)
                raise
            return ConnectObservation(ConnectOutcome.SILENT)
        if address in self.answering:
            line = Line(address)
            self.lines.append(line)
            return Connected(line, OPEN)  # type: ignore[arg-type]
        return ConnectObservation(ConnectOutcome.CLOSED, error=address)


def reach(
    network: Addresses, *addresses: str, seconds: float = 20
) -> Connected | ConnectObservation:
    return asyncio.run(dial(network, addresses, 443, Deadline.after(seconds)))  # type: ignore[arg-type]


def test_the_first_that_answers() -> None:
    network = Addresses(answering=V4)
    result = reach(network, *V4)
    assert isinstance(result, Connected)
    assert network.tried == [V4[0]]
    assert not network.lines[0].closed


def test_families_take_turns() -> None:
    network = Addresses()
    reach(network, *V6, *V4)
    assert network.tried == [V6[0], V4[0], V6[1], V4[1]]


@pytest.mark.parametrize("mute", [(V6[0],), V6])
def test_mute_ones_do_not_hold_up_the_others(mute: tuple[str, ...]) -> None:
    network = Addresses(answering=V4, mute=mute)
    result = reach(network, *V6, *V4)
    assert isinstance(result, Connected)
    assert network.given_up == [V6[0]]
    assert [line.closed for line in network.lines] == [False]


def test_one_that_refuses_makes_way_at_once() -> None:
    network = Addresses(answering=(V4[1],))
    assert isinstance(reach(network, V4[0], V4[1]), Connected)
    assert network.tried == [V4[0], V4[1]]


def test_where_all_refuse_that_is_told() -> None:
    result = reach(Addresses(), *V4[:2])
    assert result == ConnectObservation(ConnectOutcome.CLOSED, error=V4[1])


def test_where_all_are_mute_that_is_told_at_the_deadline() -> None:
    network = Addresses(mute=V4)
    result = reach(network, *V4, seconds=0.1)
    assert isinstance(result, ConnectObservation)
    assert result.outcome is ConnectOutcome.SILENT


def test_no_address_and_too_many() -> None:
    assert reach(Addresses()) == ConnectObservation(ConnectOutcome.NOT_TRIED)
    network = Addresses()
    reach(network, *(f"192.0.2.{number}" for number in range(20)))
    assert len(network.tried) == ADDRESSES_LIMIT


def test_nothing_is_left_where_the_search_is_stopped() -> None:
    network = Addresses(mute=V4)

    async def stop() -> None:
        task = asyncio.create_task(dial(network, V4[:1], 443, Deadline.after(20)))  # type: ignore[arg-type]
        await network.asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(stop())
    assert network.given_up == [V4[0]]
