"""The Network of practice mode: made-up names and addresses that lead to loopback, own trust.

It opens no connection but to 127.0.0.1 and asks no resolver.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import ssl
import time

from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.model.endpoint import Family
from mailcheck_gui.model.observation import (
    ConnectObservation,
    ConnectOutcome,
    NameObservation,
    NameOutcome,
    NetworkFacts,
    family_of,
)
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.errors import ConnectionLost, DeadlineExceeded
from mailcheck_gui.network.seam import Connected
from mailcheck_gui.practice.servers import LOOPBACK, Door, PracticeServers

_OWN_ADDRESSES = {Family.V4: "203.0.113.250", Family.V6: "2001:db8::250"}
_CHUNK = 65536
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME, which the ssl module does not name


class PracticeConnection:
    """A connection to a practice server."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, family: Family
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._family = family

    @property
    def local_address(self) -> str:
        """A made-up address of this computer, of the family that was connected to."""
        return _OWN_ADDRESSES[self._family]

    async def send(self, data: bytes, deadline: Deadline) -> None:
        """Send all of it. Raises `ConnectionLost`, `DeadlineExceeded`."""
        try:
            async with asyncio.timeout(deadline.remaining):
                self._writer.write(data)
                await self._writer.drain()
        except TimeoutError as error:
            raise DeadlineExceeded("sending took too long") from error
        except OSError as error:
            raise _lost(error) from error

    async def receive(self, deadline: Deadline) -> bytes:
        """Return the next bytes, b"" at the end. Raises `ConnectionLost`, `DeadlineExceeded`."""
        try:
            async with asyncio.timeout(deadline.remaining):
                return await self._reader.read(_CHUNK)
        except TimeoutError as error:
            raise DeadlineExceeded("nothing arrived in time") from error
        except OSError as error:
            raise _lost(error) from error

    async def close(self) -> None:
        """Close; never raises."""
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()


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
        return await _connect_loopback(place.loopback_port, family_of(address), deadline)

    def client_context(
        self, *, check_times: bool = True, check_name: bool = True
    ) -> ssl.SSLContext:
        """Return a context that trusts only the practice authority."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=self._servers.authority.root_pem)
        context.check_hostname = check_name
        if not check_times:
            context.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME)
        return context

    async def facts(self) -> NetworkFacts:
        """Say that both families have a route: practice hosts have both."""
        return NetworkFacts(has_ipv4_route=True, has_ipv6_route=True)


async def _silence(deadline: Deadline) -> ConnectObservation:
    """Wait as for a SYN that a filter swallowed."""
    began = time.monotonic()
    await asyncio.sleep(deadline.remaining)
    waited = time.monotonic() - began
    final = waited >= load_thresholds().syn_final * 0.95
    return ConnectObservation(
        ConnectOutcome.SILENT, elapsed_ms=waited * 1000, error="No answer", final=final
    )


async def _connect_loopback(
    port: int, family: Family, deadline: Deadline
) -> Connected | ConnectObservation:
    began = time.monotonic()
    try:
        async with asyncio.timeout(deadline.remaining):
            reader, writer = await asyncio.open_connection(LOOPBACK, port)
    except TimeoutError:
        return ConnectObservation(ConnectOutcome.SILENT, _since(began), "No answer", final=False)
    except OSError as error:
        return ConnectObservation(ConnectOutcome.CLOSED, _since(began), str(error))
    connection = PracticeConnection(reader, writer, family)
    return Connected(connection, ConnectObservation(ConnectOutcome.OPEN, _since(began)))


def _since(began: float) -> float:
    return (time.monotonic() - began) * 1000


def _lost(error: OSError) -> ConnectionLost:
    return ConnectionLost(str(error), reset=isinstance(error, ConnectionResetError))
