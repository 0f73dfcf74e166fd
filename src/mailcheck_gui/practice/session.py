"""What the three practice servers have in common: stages, missteps, the upgrade to TLS, SASL."""

from __future__ import annotations

import asyncio
import ssl
from abc import ABC, abstractmethod

from mailcheck_gui.model.observation import Stage
from mailcheck_gui.practice.behaviour import Misstep, ServerBehaviour, StartTls
from mailcheck_gui.practice.post_office import PostOffice
from mailcheck_gui.practice.sasl import Outcome, ServerSignIn, speaks
from mailcheck_gui.practice.wire import HungUp, Wire

MISTAKE_LIMIT = 20
"""Commands that make no sense before a server hangs up."""

_TLS_STAGES = {Stage.GREETING: Stage.TLS_GREETING, Stage.CAPABILITIES: Stage.TLS_CAPABILITIES}


class Session(ABC):
    """One conversation from the server's side. A subclass adds a protocol's words."""

    def __init__(
        self,
        wire: Wire,
        behaviour: ServerBehaviour,
        context: ssl.SSLContext,
        host: str,
        post_office: PostOffice,
    ) -> None:
        self.wire = wire
        self.behaviour = behaviour
        self.host = host
        self.post_office = post_office
        self.signed_in = False
        self._context = context
        self._mistakes = 0

    async def run(self) -> None:
        """Talk until one side hangs up; ends with `HungUp`."""
        await self.reach(Stage.CONNECT)
        if self.behaviour.implicit_tls:
            await self._handshake()
        await asyncio.sleep(self.behaviour.greeting_delay)
        await self.reach(Stage.GREETING)
        if self.behaviour.refusal:
            await self.say(self.behaviour.refusal)
            raise HungUp("refused")
        await self.greet()
        while True:
            await self.command((await self.wire.read_line()).decode("utf-8", "replace"))

    @abstractmethod
    async def greet(self) -> None:
        """Say the first words."""

    @abstractmethod
    async def command(self, line: str) -> None:
        """Answer one line."""

    @abstractmethod
    async def ask_more(self, challenge: str) -> None:
        """Send a SASL challenge."""

    async def say(self, *lines: str) -> None:
        """Send lines in one go."""
        await self.wire.send("".join(f"{line}\r\n" for line in lines).encode())

    async def reach(self, stage: Stage) -> None:
        """Note that a stage begins; commit the misstep that is declared for it."""
        if self.wire.inside_tls:
            stage = _TLS_STAGES.get(stage, stage)
        match self.behaviour.misstep_at(stage):
            case Misstep.CLOSE:
                raise HungUp(f"closes at {stage}")
            case Misstep.RESET:
                self.wire.reset()
                raise HungUp(f"resets at {stage}")
            case Misstep.SILENCE:
                await self.wire.wait_for_end()

    async def mistake(self, answer: str) -> None:
        """Answer a command that makes no sense here; hang up after too many."""
        self._mistakes += 1
        await self.say(answer)
        if self._mistakes >= MISTAKE_LIMIT:
            raise HungUp("too many mistakes")

    @property
    def offers_starttls(self) -> bool:
        """Whether the capabilities list the upgrade at this moment."""
        return not self.wire.inside_tls and self.behaviour.starttls in (
            StartTls.OFFERED,
            StartTls.REFUSED,
            StartTls.INJECTED,
        )

    @property
    def upgrades(self) -> bool:
        """Whether the command for the upgrade leads to TLS at this moment."""
        return self.offers_starttls and self.behaviour.starttls is not StartTls.REFUSED

    @property
    def allows_sign_in(self) -> bool:
        """Whether the connection is good enough for a sign-in by this server's rules."""
        return self.wire.inside_tls or self.behaviour.sign_in_before_tls

    @property
    def mechanisms(self) -> tuple[str, ...]:
        """The SASL mechanisms that are listed at this moment."""
        listed = tuple(name for name in self.behaviour.mechanisms if name != "APOP")
        return listed if self.allows_sign_in else ()

    async def upgrade(self, go_ahead: str, injected: str) -> None:
        """Answer the command for the upgrade and do the handshake."""
        if self.behaviour.starttls is StartTls.INJECTED:
            await self.say(go_ahead, injected)
        else:
            await self.say(go_ahead)
        await self._handshake()

    async def conduct(self, mechanism: str, initial: str | None) -> Outcome:
        """Conduct a SASL exchange. Mechanisms that are only listed refuse everything."""
        if not speaks(mechanism):
            return Outcome.REFUSED
        exchange = ServerSignIn(mechanism, self.behaviour.mailboxes, initial)
        while exchange.outcome is None:
            await self.ask_more(exchange.challenge)
            exchange.answer((await self.wire.read_line()).decode("ascii", "replace"))
        return exchange.outcome

    async def conclude(self, outcome: Outcome, answers: dict[Outcome, str], tag: str = "") -> None:
        """Answer a sign-in that is over; the declared reply stands in for yes and no."""
        answer = answers[outcome]
        if self.behaviour.sign_in_reply and outcome in (Outcome.ACCEPTED, Outcome.REFUSED):
            outcome, answer = Outcome.REFUSED, self.behaviour.sign_in_reply
        self.signed_in = outcome is Outcome.ACCEPTED
        await self.say(f"{tag} {answer}" if tag else answer)
        if outcome is Outcome.REFUSED and self.behaviour.closes_after_refusal:
            raise HungUp("closes after a refused sign-in")

    async def _handshake(self) -> None:
        if self.behaviour.misstep_at(Stage.HANDSHAKE) is not None:
            await self.wire.read_some()  # closing on an unread ClientHello would be a reset
            await self.reach(Stage.HANDSHAKE)
        await self.wire.start_tls(self._context)
