"""One conversation of ours, from the SYN to the goodbye, stage by stage.

It never goes back to plain text, never signs in outside verified TLS, and stops where the words
of the server could be someone else's: PREAUTH in the clear, bytes behind the go-ahead for TLS.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from enum import Enum, auto

from mailcheck_gui.checks.approach import Approach, Place
from mailcheck_gui.checks.examination import Examination
from mailcheck_gui.checks.sign_in import SignInPlace
from mailcheck_gui.checks.transcript import RECEIVED
from mailcheck_gui.checks.wire import Ended, Wire
from mailcheck_gui.model.account import AuthMethod
from mailcheck_gui.model.observation import (
    Capabilities,
    ConnectObservation,
    ConnectOutcome,
    Conversation,
    EndKind,
    HandshakeOutcome,
    Opening,
    Stage,
    TlsObservation,
)
from mailcheck_gui.network.tls import start_tls

_END_OF_HANDSHAKE = {
    HandshakeOutcome.ALERT: EndKind.CLOSED,
    HandshakeOutcome.CLOSED: EndKind.CLOSED,
    HandshakeOutcome.TIMED_OUT: EndKind.TIMED_OUT,
}


class Cut(Enum):
    """Why a talk is ended from outside."""

    ANSWERED = auto()  # the other opening has heard what speaks here
    ENOUGH = auto()  # nothing that it could still tell would change the result


@dataclass(frozen=True, slots=True)
class TalkEvents:
    """Whom a talk tells: at the first bytes of the server, and after each stage."""

    heard: Callable[[Talk, bytes], None]
    changed: Callable[[Talk], None]


class Talk(Approach):
    """One conversation. `sign_in` is set where it may take the one sign-in of its side."""

    def __init__(
        self,
        examination: Examination,
        place: Place,
        opening: Opening,
        events: TalkEvents,
        *,
        sign_in: SignInPlace | None = None,
        alone: bool = False,
    ) -> None:
        super().__init__(examination, place, opening, alone=alone)
        self.has_heard = False
        self._events = events
        self._sign_in = sign_in
        self._cut: Cut | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def so_far(self) -> Conversation:
        """What was seen, a SYN that is waited for included."""
        if self.dialled and not self.connected.is_set():
            return replace(self.seen, connect=self._unfinished_connect())
        return self.seen

    async def run(self) -> None:
        """Hold the conversation. Raises nothing for what the peer or the path does."""
        self._task = asyncio.current_task()
        try:
            async with AsyncExitStack() as open_things:
                await self._hold(open_things)
        except Ended as ended:
            self._finish(ended.kind, ended.detail)
        except asyncio.CancelledError:
            self._note_interruption()
            raise
        finally:
            self.connected.set()

    def cut(self, why: Cut) -> None:
        """End the talk from outside; what it saw stays."""
        if self._task is not None and not self._task.done() and self.seen.end is None:
            self._cut = why
            self._task.cancel()

    async def _hold(self, open_things: AsyncExitStack) -> None:
        wire = await self.reach_handshake(open_things)
        if wire is not None and await self._handshake(wire, open_things):
            await self._go_on_inside(wire)
        if self._wire is not None:
            await self._leave(self._wire, open_things)

    async def _handshake(self, wire: Wire, open_things: AsyncExitStack) -> bool:
        self.stage = Stage.HANDSHAKE
        deadline = self._step()
        if self.opening is Opening.CLIENT_HELLO:  # its first answer is as a greeting
            deadline = self._within(self._examination.thresholds.mute_final)
        host = self._place.endpoint.host
        context = self._examination.network.client_context()
        seen, stream = await start_tls(wire.connection, host, context, deadline)
        self._see(replace(self.seen, tls=seen))
        wire.remark(RECEIVED, f"[TLS: {seen.outcome}, {seen.version} {seen.cipher}]")
        if stream is None:
            self._finish(_END_OF_HANDSHAKE.get(seen.outcome, EndKind.STOPPED), seen.error)
            return False
        open_things.push_async_callback(stream.close)
        wire.enter_tls(stream)
        return True

    async def _go_on_inside(self, wire: Wire) -> None:
        try:
            await self._talk_inside(wire)
        except Ended as ended:
            self._note_alert(ended.alert)
            raise

    async def _talk_inside(self, wire: Wire) -> None:
        greeting = None
        if self.opening is Opening.CLIENT_HELLO:
            greeting = await self._greeting(wire, Stage.TLS_GREETING)
            if greeting is None:
                return
        self.stage = Stage.TLS_CAPABILITIES
        offered = await self._ask_capabilities(wire, greeting)
        self._see(replace(self.seen, tls_capabilities=self._kept(offered)))
        if self._sign_in is not None and not self._only_helo:
            self.stage = Stage.SIGN_IN
            # A wrong password is answered slowly on purpose; the one exchange is worth the wait.
            deadline = self._within(self._examination.thresholds.mute_final)
            await self._examination.desk.serve(self._sign_in, wire, offered, deadline)
            await self._ask_to_send(self._sign_in, wire, offered)
        self.stage = Stage.GOODBYE
        self._finish(EndKind.COMPLETE)

    async def _ask_to_send(self, place: SignInPlace, wire: Wire, offered: Capabilities) -> None:
        """Ask whether the server would send: after an accepted sign-in, or where none is set."""
        desk = self._examination.desk
        signed_in = desk.accepted(place)
        if not desk.may_know(place.endpoint.host):
            return
        if signed_in or place.method is AuthMethod.NONE:
            self.stage = Stage.SENDING
            await self._examination.sending.ask(
                wire,
                place.endpoint,
                offered,
                self._step(),
                signed_in=signed_in,
                goodbye_timeout=self._examination.thresholds.goodbye_timeout,
            )

    def _note_alert(self, alert: str) -> None:
        """Note an alert inside TLS: TLS 1.3 asks for a client certificate only here."""
        if alert and self.seen.tls is not None:
            wanted = alert == "certificate_required"
            tls = replace(self.seen.tls, alert=alert, client_certificate_requested=wanted)
            self._see(replace(self.seen, tls=tls))

    async def _leave(self, wire: Wire, open_things: AsyncExitStack) -> None:
        goodbye = wire.dialogue.leave()
        if not goodbye:
            return
        try:
            await wire.send(goodbye, self._within(self._examination.thresholds.goodbye_timeout))
        except Ended:
            return  # the server left first; what it said is noted already
        self._examination.farewells.take_over(wire, open_things.pop_all())

    def _heard(self, data: bytes) -> None:
        self.has_heard = True
        self._events.heard(self, data)

    def _changed(self) -> None:
        self._events.changed(self)

    def _note_interruption(self) -> None:
        if self.seen.end is not None:
            return
        if not self.connected.is_set():
            self._see(replace(self.seen, connect=self._unfinished_connect()))
        if self.stage is Stage.HANDSHAKE and self.seen.tls is None:
            tls = TlsObservation(HandshakeOutcome.CUT_SHORT, self._since_connect())
            self._see(replace(self.seen, tls=tls))
        self._finish(EndKind.CUT_SHORT if self._cut is Cut.ANSWERED else EndKind.STOPPED)

    def _unfinished_connect(self) -> ConnectObservation:
        silent = self.dialled and self.lasted >= self._examination.thresholds.syn_provisional
        outcome = ConnectOutcome.SILENT if silent else ConnectOutcome.NOT_TRIED
        waited_ms = self.lasted * 1000 if self.dialled else 0.0
        return ConnectObservation(outcome, waited_ms, final=False)
