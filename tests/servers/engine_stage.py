"""A stage for the probe and the engine: scripted servers on loopback, real sockets, real TLS."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from recording import RecordingNetwork, WatchedRun
from run_watch import keep_watch

from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.checks.examination import Examination
from mailcheck_gui.checks.farewell import Farewells
from mailcheck_gui.checks.limits import RunLimits
from mailcheck_gui.checks.plan import plan_endpoints
from mailcheck_gui.checks.probe import Probe
from mailcheck_gui.checks.progress import Progress
from mailcheck_gui.checks.redaction import Redactor
from mailcheck_gui.checks.sending import SendingDesk
from mailcheck_gui.checks.sign_in import SignInDesk
from mailcheck_gui.checks.transcript import Transcript
from mailcheck_gui.model.account import (
    Account,
    AuthMethod,
    Credential,
    Credentials,
    Protocol,
    Role,
    Security,
    Server,
)
from mailcheck_gui.model.endpoint import default_port
from mailcheck_gui.model.observation import (
    Conversation,
    EndpointObservation,
    NotTestedReason,
    Opening,
    SendingObservation,
    SignInObservation,
    TranscriptLine,
)
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.practice.behaviour import Mailbox, ServerBehaviour
from mailcheck_gui.practice.network import PracticeNetwork
from mailcheck_gui.practice.servers import Door, PracticeHost, PracticeServers, Script
from mailcheck_gui.practice.wire import Heard

HOST = "mail.practice.example"
V4, V6 = "203.0.113.99", "2001:db8::99"
USER = "anna@practice.example"
SECRET = 'pä ss"w&o\\r<d 42'
CREDENTIAL = Credential(USER, SECRET)
BOTH = Credentials(CREDENTIAL, CREDENTIAL)

IMAP, POP3, SMTP = Protocol.IMAP, Protocol.POP3, Protocol.SMTP
SSL, STARTTLS, NONE = Security.IMPLICIT_TLS, Security.STARTTLS, Security.NONE

Behind = ServerBehaviour | Script | Door


def hurried(**changes: float) -> Thresholds:
    """Return thresholds that do not keep a test waiting for silence."""
    quick = replace(
        load_thresholds(),
        run_timeout=20.0,
        syn_provisional=0.4,
        syn_final=1.0,
        mute_provisional=1.0,
        mute_final=2.5,
        second_opening_extra=0.05,
        step_timeout=6.0,
    )
    return replace(quick, **changes)


def speaking(protocol: Protocol, *, implicit: bool = False, **changes: object) -> ServerBehaviour:
    """Return a healthy server with the mailbox of the tests, changed as named."""
    healthy = ServerBehaviour(protocol, implicit_tls=implicit, mailboxes=(Mailbox(USER, SECRET),))
    return replace(healthy, **changes)  # type: ignore[arg-type]


def server(
    protocol: Protocol,
    security: Security,
    port: int | None = None,
    host: str = HOST,
    auth: AuthMethod = AuthMethod.PASSWORD,
) -> Server:
    """Return a cleaned server of a side."""
    at = default_port(protocol, security) if port is None else port
    return Server(protocol, host, host, at, security, auth, USER)


def incoming(protocol: Protocol, security: Security, port: int | None = None) -> Account:
    """Return an account with an incoming side only."""
    return Account(USER, incoming=server(protocol, security, port))


def outgoing(security: Security, port: int | None = None) -> Account:
    """Return an account with an outgoing side only."""
    return Account(USER, outgoing=server(SMTP, security, port))


@dataclass(frozen=True)
class Seen:
    """What a probe brought to light."""

    endpoints: tuple[EndpointObservation, ...]
    sign_ins: tuple[SignInObservation, ...]
    reasons: dict[Role, NotTestedReason]
    transcript: tuple[TranscriptLine, ...]
    progress: tuple[Progress, ...]
    network: RecordingNetwork
    heard: dict[int, tuple[Heard, ...]]
    unprobed: int
    sending: SendingObservation | None

    def at(self, port: int, address: str = V4) -> EndpointObservation:
        """Return the row of a port and address."""
        return next(e for e in self.endpoints if (e.endpoint.port, e.address) == (port, address))

    def talk(self, port: int, opening: Opening, address: str = V4) -> Conversation:
        """Return one conversation."""
        found = self.at(port, address).find(opening)
        assert found is not None, f"no conversation {opening} on port {port}"
        return found


@dataclass
class Stage:
    """Hosts to be examined, with the limits of the run."""

    ports: dict[int, Behind]
    addresses: tuple[str, ...] = (V4,)
    dead_addresses: frozenset[str] = frozenset()
    thresholds: Thresholds = hurried()  # noqa: RUF009 - a frozen value
    on_connect: Callable[[str, int], None] = lambda _address, _port: None
    cancel_after: Callable[[Progress], bool] | None = None
    agreed: frozenset[str] = frozenset({HOST})
    sender: str = ""

    def host(self) -> PracticeHost:
        """Return the one host of the stage."""
        return PracticeHost(HOST, self.addresses, tuple(self.ports.items()), self.dead_addresses)

    def probe(
        self, account: Account, credentials: Credentials = BOTH, *, neighbours: bool = False
    ) -> Seen:
        """Probe an account and return what was seen."""
        return asyncio.run(self._probe(account, credentials, neighbours))

    async def _probe(self, account: Account, credentials: Credentials, neighbours: bool) -> Seen:
        async with PracticeServers((self.host(),)) as servers:
            network = RecordingNetwork(PracticeNetwork(servers), self.on_connect)
            keep_watch(WatchedRun(credentials, self.agreed, network))
            progress: list[Progress] = []
            task = asyncio.current_task()

            def report(item: Progress) -> None:
                progress.append(item)
                if self.cancel_after is not None and self.cancel_after(item):
                    assert task is not None
                    task.cancel()

            examination = self._examination(network, credentials, report)
            probe = Probe(examination, account, plan_endpoints(account, neighbours))
            try:
                await probe.run()
            except asyncio.CancelledError:
                assert task is not None
                task.uncancel()
            await examination.farewells.finish()
            assert isinstance(examination.sending, SendingDesk)
            heard = {
                port: servers.heard(HOST, port)
                for port, behind in self.ports.items()
                if not isinstance(behind, Door)
            }
            return Seen(
                probe.endpoints,
                tuple(examination.desk.observations),
                dict(examination.desk.reasons),
                examination.transcript.lines,
                tuple(progress),
                network,
                heard,
                probe.unprobed_addresses,
                examination.sending.observation,
            )

    def _examination(
        self,
        network: RecordingNetwork,
        credentials: Credentials,
        report: Callable[[Progress], None],
    ) -> Examination:
        given = tuple(c for c in (credentials.incoming, credentials.outgoing) if c is not None)
        redactor = Redactor(given)
        return Examination(
            network=network,
            thresholds=self.thresholds,
            deadline=Deadline.after(self.thresholds.run_timeout),
            limits=RunLimits(self.thresholds),
            desk=SignInDesk(credentials, redactor, self.agreed, lambda _change: None),
            sending=SendingDesk(self.sender, redactor),
            redactor=redactor,
            secrets=Redactor(given, names=False, sent=redactor.sent),
            transcript=Transcript(redactor),
            farewells=Farewells(self.thresholds),
            report=report,
        )
