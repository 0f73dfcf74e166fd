"""The way to a handshake: a free slot, the SYN, greeting, capabilities and STARTTLS.

What was seen stands in `seen` at every moment, so that a cancelled run keeps it.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

from mailcheck_gui.checks.examination import Examination
from mailcheck_gui.checks.limits import Lease, Priority
from mailcheck_gui.checks.openings import is_malformed
from mailcheck_gui.checks.wire import Ended, WatchedConnection, Wire
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.observation import (
    Capabilities,
    ConnectObservation,
    ConnectOutcome,
    Conversation,
    EndKind,
    EndObservation,
    GreetingKind,
    GreetingObservation,
    Opening,
    Stage,
    StartTlsObservation,
    StartTlsOutcome,
)
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connected, Connection
from mailcheck_gui.protocols.dialogue import Greeting, ReplyKind
from mailcheck_gui.protocols.factory import dialogue_for

LAST_LINE_LIMIT = 1000
"""Bytes of a server's last line that are kept."""

EVIDENCE_LIMIT = 8192
"""Bytes of a greeting or a reply that are kept."""

VALUES_LIMIT = 200
"""Capabilities that are kept; real servers list about 40 at most."""

_TLS_RECORD_TYPES = (b"\x14", b"\x15", b"\x16", b"\x17")

_NOT_YET = ConnectObservation(ConnectOutcome.NOT_TRIED, final=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation goes, and how urgent it is."""

    endpoint: Endpoint
    address: str
    priority: Priority


class Approach:
    """A connection on its way to TLS. Its methods raise `Ended` for what the peer or path does.

    `heard` is called with the first bytes of the server, `changed` whenever `seen` has changed.
    """

    def __init__(
        self, examination: Examination, place: Place, opening: Opening, *, alone: bool = False
    ) -> None:
        self.seen = Conversation(opening, _NOT_YET, retried_alone=alone)
        self.stage = Stage.CONNECT
        self.turned_away = False
        self.withheld = False
        self.dialled = False
        self.connected = asyncio.Event()
        self._examination = examination
        self._place = place
        self._alone = alone
        self._lease = Lease()
        self._began_at = time.monotonic()
        self._wire: Wire | None = None
        self._only_helo = False

    @property
    def opening(self) -> Opening:
        """Who speaks first."""
        return self.seen.opening

    @property
    def was_shared(self) -> bool:
        """Whether another connection of ours to that host was open at the same time."""
        return self._lease.shared

    async def reach_handshake(self, open_things: AsyncExitStack) -> Wire | None:
        """Go on until the ClientHello would be next; None where that point is not reached."""
        await self._take_a_slot(open_things)
        connection = await self._connect(open_things)
        if connection is None or self._hello_is_withheld():
            return None
        self._wire = wire = self._wire_over(connection)
        if self.opening is Opening.CLIENT_HELLO:
            return wire
        greeting = await self._greeting(wire, Stage.GREETING)
        if greeting is not None and await self._upgrade(wire, greeting):
            return wire
        return None

    async def _take_a_slot(self, open_things: AsyncExitStack) -> None:
        limits, place = self._examination.limits, self._place
        slots = limits.host(place.endpoint.host)
        try:
            async with asyncio.timeout(self._examination.deadline.remaining):
                await open_things.enter_async_context(
                    limits.at_once(place.address, place.endpoint.port)
                )
                self._lease = await open_things.enter_async_context(
                    slots.lease(place.priority, alone=self._alone)
                )
        except TimeoutError:
            raise Ended(EndKind.TIMED_OUT, "no free connection before the run ended") from None

    async def _connect(self, open_things: AsyncExitStack) -> Connection | None:
        self.dialled = True
        self._began_at = time.monotonic()  # waiting for a free slot does not count
        deadline = self._within(self._examination.thresholds.syn_final)
        result = await self._examination.network.connect(
            self._place.address, self._place.endpoint.port, deadline
        )
        seen = result.observation if isinstance(result, Connected) else result
        if seen.outcome is ConnectOutcome.SILENT and deadline == self._examination.deadline:
            seen = replace(seen, final=False)
        self._see(replace(self.seen, connect=seen))
        self.connected.set()
        if isinstance(result, Connected):
            open_things.push_async_callback(result.connection.close)
            return result.connection
        self._finish(EndKind.STOPPED)
        return None

    def _hello_is_withheld(self) -> bool:
        """Whether this host has had its one malformed opening already."""
        endpoint = self._place.endpoint
        if is_malformed(endpoint.port, self.opening):
            self.withheld = not self._examination.limits.malformed(endpoint.host).take()
        return self.withheld

    def _wire_over(self, connection: Connection) -> Wire:
        endpoint = self._place.endpoint
        return Wire(
            WatchedConnection(connection, self._first_bytes),
            dialogue_for(endpoint.protocol, self._examination.thresholds),
            self._examination.transcript,
            endpoint,
            self._place.address,
        )

    async def _greeting(self, wire: Wire, stage: Stage) -> Greeting | None:
        """Wait for the greeting; None where it ends the conversation."""
        self.stage = stage
        greeting = await wire.greeting(self._within(self._examination.thresholds.mute_final))
        seen = GreetingObservation(
            greeting.kind, greeting.spoken, self._evidence(greeting.raw), self._since_connect()
        )
        if stage is Stage.GREETING:
            self._see(replace(self.seen, greeting=seen))
        else:
            self._see(replace(self.seen, tls_greeting=seen))
        if greeting.kind is GreetingKind.READY:
            return greeting
        if greeting.kind is GreetingKind.PREAUTH and stage is Stage.GREETING:
            self._see(replace(self.seen, starttls=StartTlsObservation(StartTlsOutcome.PREAUTH)))
        self.turned_away = _turns_away(greeting)
        self._finish(EndKind.STOPPED)
        return None

    async def _upgrade(self, wire: Wire, greeting: Greeting) -> bool:
        """Ask what is offered, then for TLS; whether the go-ahead came, with nothing behind it."""
        self.stage = Stage.CAPABILITIES
        offered = await self._ask_capabilities(wire, greeting)
        self._see(replace(self.seen, plain_capabilities=self._kept(offered)))
        self.stage = Stage.STARTTLS
        seen = await self._ask_for_tls(wire, offered)
        self._see(replace(self.seen, starttls=seen))
        if seen.outcome is not StartTlsOutcome.ACCEPTED:
            self._finish(EndKind.STOPPED)
        return seen.outcome is StartTlsOutcome.ACCEPTED

    async def _ask_capabilities(self, wire: Wire, greeting: Greeting | None) -> Capabilities:
        name = address_literal(wire.connection.local_address)
        question = wire.dialogue.ask_capabilities(name)
        if question is None:
            known = greeting.capabilities if greeting is not None else None
            return known or Capabilities(answered=False)
        reply = await wire.ask(question, self._step())
        if reply.kind is ReplyKind.BYE:
            self.turned_away = True
            raise Ended(EndKind.CLOSED, "the server ended the conversation")
        simpler = wire.dialogue.ask_again(name) if reply.kind is not ReplyKind.OK else None
        if simpler is not None:
            self._only_helo = True
            await wire.ask(simpler, self._step())
        return reply.capabilities or Capabilities(answered=False, raw=reply.raw)

    async def _ask_for_tls(self, wire: Wire, offered: Capabilities) -> StartTlsObservation:
        if not offered.starttls:
            return StartTlsObservation(StartTlsOutcome.NOT_OFFERED)
        self._see(replace(self.seen, starttls=StartTlsObservation(StartTlsOutcome.NO_REPLY)))
        reply = await wire.ask(wire.dialogue.start_tls(), self._step())
        if reply.kind is not ReplyKind.OK:
            return StartTlsObservation(StartTlsOutcome.REFUSED, self._evidence(reply.raw))
        if injected := wire.dialogue.pending:
            return StartTlsObservation(
                StartTlsOutcome.INJECTED, self._evidence(reply.raw + injected)
            )
        return StartTlsObservation(StartTlsOutcome.ACCEPTED, self._evidence(reply.raw))

    def _within(self, seconds: float) -> Deadline:
        return self._examination.deadline.within(seconds)

    def _step(self) -> Deadline:
        return self._within(self._examination.thresholds.step_timeout)

    @property
    def lasted(self) -> float:
        """Seconds since the SYN; before it, since the wish for a connection."""
        return time.monotonic() - self._began_at

    def _since_connect(self) -> float:
        return max(0.0, self.lasted * 1000 - self.seen.connect.elapsed_ms)

    def _first_bytes(self, data: bytes) -> None:
        endpoint = self._place.endpoint
        if is_malformed(endpoint.port, self.opening) and is_tls(data):
            self._examination.limits.malformed(endpoint.host).give_back()
        self._heard(data)

    def _heard(self, data: bytes) -> None:
        """Take note of the server's first bytes."""

    def _changed(self) -> None:
        """Take note of a change in `seen`."""

    def _see(self, seen: Conversation) -> None:
        self.seen = self._examination.secrets.clean_value(seen)
        self._changed()

    def _finish(self, kind: EndKind, detail: str = "") -> None:
        """Note the end, once."""
        if self.seen.end is None:
            end = EndObservation(kind, self.stage, self._last_words(), detail, self.lasted * 1000)
            self._see(replace(self.seen, end=self._examination.redactor.clean_value(end)))

    def _last_words(self) -> bytes:
        if self._wire is None:
            return b""
        dialogue = self._wire.dialogue
        words = dialogue.pending or dialogue.last_line
        return self._examination.redactor.excerpt(words, LAST_LINE_LIMIT)

    def _evidence(self, raw: bytes) -> bytes:
        return self._examination.secrets.excerpt(raw, EVIDENCE_LIMIT)

    def _kept(self, offered: Capabilities) -> Capabilities:
        """Return what is kept of a list that may have been made to flood us."""
        values = offered.values[:VALUES_LIMIT]
        return replace(offered, values=values, raw=self._evidence(offered.raw))


def is_tls(data: bytes) -> bool:
    """Return whether bytes begin like a TLS record (RFC 8446 section 5.1)."""
    return data[:1] in _TLS_RECORD_TYPES


def address_literal(address: str) -> str:
    """Return an address as EHLO names it (RFC 5321 section 4.1.3), never the computer's name."""
    plain = address.partition("%")[0]
    return f"[IPv6:{plain}]" if ":" in plain else f"[{plain}]"


def _turns_away(greeting: Greeting) -> bool:
    """Whether a greeting refuses this connection only for now (421, BYE, LIMIT)."""
    if greeting.kind is not GreetingKind.REFUSED:
        return False
    raw = greeting.raw.upper()
    return raw.startswith((b"421", b"* BYE")) or b"[LIMIT" in raw
