"""The Network of practice mode: made-up names and addresses that lead to loopback, own trust.

It opens no connection but to 127.0.0.1 and asks no resolver.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import ssl
import time
from collections.abc import AsyncIterator

from mailcheck_gui.model.dns import RecordKind, RecordsObservation, RecordsOutcome
from mailcheck_gui.model.observation import (
    ConnectObservation,
    ConnectOutcome,
    NameObservation,
    NameOutcome,
    NetworkFacts,
)
from mailcheck_gui.network.connection import open_connection
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connected, WebProxy
from mailcheck_gui.network.trust import add_intermediates, verifying_context
from mailcheck_gui.practice.accounts import PRACTICE_HOSTS
from mailcheck_gui.practice.servers import LOOPBACK, Door, PracticeServers


@contextlib.asynccontextmanager
async def practice_network() -> AsyncIterator[PracticeNetwork]:
    """Start the practice servers inside the running loop, and stop them at the end."""
    async with PracticeServers(PRACTICE_HOSTS) as servers:
        yield PracticeNetwork(servers)


class PracticeNetwork:
    """Leads to running `PracticeServers`. Implements `network.seam.Network`."""

    def __init__(self, servers: PracticeServers) -> None:
        self._servers = servers

    async def resolve(self, host: str, deadline: Deadline) -> NameObservation:  # noqa: ARG002
        """Return the made-up addresses of a practice host; every other name does not exist."""
        with contextlib.suppress(ValueError):
            return NameObservation(host, NameOutcome.LITERAL, (str(ipaddress.ip_address(host)),))
        addresses = self._servers.addresses(host)
        outcome = NameOutcome.FOUND if addresses else NameOutcome.NOT_FOUND
        return NameObservation(host, outcome, addresses)

    async def records(
        self,
        name: str,
        kind: RecordKind,
        deadline: Deadline,  # noqa: ARG002
    ) -> RecordsObservation:
        """Return nothing: practice hosts have addresses only."""
        return RecordsObservation(name, kind, RecordsOutcome.NO_DATA)

    async def web_proxy(self, host: str, deadline: Deadline) -> WebProxy | None:  # noqa: ARG002
        """Return none: practice hosts are on this computer."""
        return None

    async def connect(
        self, address: str, port: int, deadline: Deadline
    ) -> Connected | ConnectObservation:
        """Connect to what is behind a made-up address and port, or say why there is nothing."""
        place = self._servers.place(address, port)
        if place.door is Door.BLOCKED:
            return await _silence(deadline)
        if place.door is Door.UNREACHABLE:
            return ConnectObservation(ConnectOutcome.UNREACHABLE, error="No route to host")
        if place.loopback_port is None:
            return ConnectObservation(ConnectOutcome.CLOSED, error="Connection refused")
        return await open_connection(LOOPBACK, place.loopback_port, deadline)

    def client_context(
        self, *, check_times: bool = True, check_name: bool = True
    ) -> ssl.SSLContext:
        """Return a context that trusts only the practice authority."""
        context = verifying_context(check_times=check_times, check_name=check_name)
        self._servers.authority.trust(context)
        return context

    def completing_context(self, intermediates: tuple[bytes, ...]) -> ssl.SSLContext:
        """Return a context that trusts only the practice root and may build paths over others."""
        context = verifying_context(check_times=False, check_name=False)
        context.load_verify_locations(cadata=self._servers.authority.roots_pem)
        add_intermediates(context, intermediates)
        return context

    async def facts(self) -> NetworkFacts:
        """Say that both families have a route: practice hosts have both."""
        return NetworkFacts(has_ipv4_route=True, has_ipv6_route=True)


async def _silence(deadline: Deadline) -> ConnectObservation:
    """Wait as for a SYN that a filter swallowed."""
    began = time.monotonic()
    await asyncio.sleep(deadline.remaining)
    return ConnectObservation(ConnectOutcome.SILENT, (time.monotonic() - began) * 1000)
