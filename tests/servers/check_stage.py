"""Whole checks on scripted servers: from a draft as typed to the report and its events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from engine_stage import (
    BOTH,
    HOST,
    USER,
    V4,
    Behind,
    hurried,
)
from recording import RecordingNetwork

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.engine.check import run_check
from mailcheck_gui.engine.ledger import SignInLedger
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.account import (
    AccountDraft,
    AuthMethod,
    Credentials,
    Protocol,
    Role,
    Security,
    ServerDraft,
)
from mailcheck_gui.model.event import CheckEvent, Step, StepChanged, StepState
from mailcheck_gui.model.report import Report
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.practice.network import PracticeNetwork
from mailcheck_gui.practice.servers import Door, PracticeHost, PracticeServers
from mailcheck_gui.practice.wire import Heard


def typed(
    protocol: Protocol,
    security: Security,
    port: int,
    host: str = HOST,
    auth: AuthMethod = AuthMethod.PASSWORD,
) -> ServerDraft:
    """Return one side of the form."""
    return ServerDraft(protocol, host, str(port), security, auth, USER)


def draft(incoming: ServerDraft | None = None, outgoing: ServerDraft | None = None) -> AccountDraft:
    """Return the whole form."""
    return AccountDraft(USER, incoming, outgoing)


@dataclass(frozen=True)
class Outcome:
    """A finished check."""

    report: Report
    events: tuple[CheckEvent, ...]
    network: RecordingNetwork
    heard: dict[tuple[str, int], tuple[Heard, ...]]

    @property
    def codes(self) -> set[str]:
        """The codes of all findings."""
        return {finding.code for finding in self.report.findings}

    def last_step(self, role: Role, step: Step) -> StepChanged:
        """Return how a step was told last."""
        return [e for e in self.steps() if (e.role, e.step) == (role, step)][-1]

    def steps(self) -> list[StepChanged]:
        """Return all changes of steps."""
        return [event for event in self.events if isinstance(event, StepChanged)]

    def states(self, role: Role) -> dict[Step, StepState]:
        """Return the state in which each step of a side was left."""
        return {event.step: event.state for event in self.steps() if event.role is role}

    def credential_exchanges(self) -> int:
        """Return how many sign-ins the servers heard inside TLS."""
        inside = b"\n".join(
            bytes(heard.inside_tls) for port in self.heard.values() for heard in port
        )
        return sum(
            inside.count(verb) for verb in (b"AUTH ", b"AUTHENTICATE ", b" LOGIN ", b"PASS ")
        )


@dataclass
class CheckStage:
    """Hosts and limits for whole checks."""

    ports: dict[int, Behind]
    addresses: tuple[str, ...] = (V4,)
    dead_addresses: frozenset[str] = frozenset()
    more_hosts: tuple[PracticeHost, ...] = ()
    thresholds: Thresholds = field(default_factory=hurried)
    ledger: SignInLedger = field(default_factory=SignInLedger)
    act: Callable[[CheckEvent, asyncio.Task[Report]], None] = lambda _event, _task: None

    def check(
        self,
        account: AccountDraft,
        credentials: Credentials = BOTH,
        options: CheckOptions | None = None,
    ) -> Outcome:
        """Check an account; `act` may cancel the task at any event."""
        return asyncio.run(self._check(account, credentials, options or CheckOptions()))

    async def _check(
        self, account: AccountDraft, credentials: Credentials, options: CheckOptions
    ) -> Outcome:
        host = PracticeHost(HOST, self.addresses, tuple(self.ports.items()), self.dead_addresses)
        hosts = (host, *self.more_hosts)
        async with PracticeServers(hosts) as servers:
            network = RecordingNetwork(PracticeNetwork(servers))
            events: list[CheckEvent] = []

            def take(event: CheckEvent) -> None:
                events.append(event)
                self.act(event, task)

            task = asyncio.create_task(
                run_check(
                    take_in(account, load_providers()),
                    credentials,
                    network,
                    take,
                    options,
                    thresholds=self.thresholds,
                    ledger=self.ledger,
                )
            )
            report = await task
            leftover = asyncio.all_tasks() - {asyncio.current_task()}
            assert not [t for t in leftover if "practice" not in repr(t)], "a task is left behind"
            heard = {
                (each.name, port): servers.heard(each.name, port)
                for each in hosts
                for port, behind in each.ports
                if not isinstance(behind, Door)
            }
            return Outcome(report, tuple(events), network, heard)
