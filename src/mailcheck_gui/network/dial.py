"""One TCP connection to a host with several addresses (RFC 8305: families do not wait in line)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from mailcheck_gui.model.observation import ConnectObservation, ConnectOutcome, family_of
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connected, Network

ATTEMPT_DELAY = 0.25
"""Seconds after which the next address is tried beside one that does not answer (section 5)."""

ADDRESSES_LIMIT = 4
"""Addresses of one name that are tried."""

Attempt = asyncio.Task[Connected | ConnectObservation]


async def dial(
    network: Network, addresses: Iterable[str], port: int, deadline: Deadline
) -> Connected | ConnectObservation:
    """Connect to the first address that answers, or return how the last attempt failed.

    Families take turns. Never raises; a connection that comes too late is closed.
    """
    failure = ConnectObservation(ConnectOutcome.NOT_TRIED)
    waiting = list(reversed(_taking_turns(addresses)[:ADDRESSES_LIMIT]))
    attempts: set[Attempt] = set()
    try:
        while waiting or attempts:
            if waiting:
                attempts.add(_begin(network, waiting.pop(), port, deadline))
            done, attempts = await asyncio.wait(
                attempts,
                timeout=ATTEMPT_DELAY if waiting else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            results = [attempt.result() for attempt in done]
            opened = [result for result in results if isinstance(result, Connected)]
            if opened:
                await _close(opened[1:])
                return opened[0]
            failure = next((r for r in results if isinstance(r, ConnectObservation)), failure)
        return failure
    finally:
        await _give_up(attempts)


def _begin(network: Network, address: str, port: int, deadline: Deadline) -> Attempt:
    return asyncio.create_task(network.connect(address, port, deadline), name=f"dial {address}")


def _taking_turns(addresses: Iterable[str]) -> list[str]:
    """Return one address of each family in turn, the resolver's order kept (section 4)."""
    places: dict[object, int] = {}
    ranked = []
    for address in dict.fromkeys(addresses):
        family = family_of(address)
        places[family] = places.get(family, -1) + 1
        ranked.append((places[family], address))
    return [address for _, address in sorted(ranked, key=lambda pair: pair[0])]


async def _give_up(attempts: set[Attempt]) -> None:
    for attempt in attempts:
        attempt.cancel()
    ended = await asyncio.gather(*attempts, return_exceptions=True)
    await _close([result for result in ended if isinstance(result, Connected)])


async def _close(connections: list[Connected]) -> None:
    for connected in connections:
        await connected.connection.close()
