"""A stage for searches: a made-up internet on loopback with mail servers, web servers and DNS."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from engine_stage import Behind, hurried, speaking

from mailcheck_gui.engine.find import run_find
from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.model.account import Protocol, Server
from mailcheck_gui.model.discovery import (
    Discovery,
    FindEvent,
    SettingsCandidate,
    Source,
    SourceOutcome,
)
from mailcheck_gui.model.dns import DnsRecord, RecordKind, RecordsObservation, RecordsOutcome
from mailcheck_gui.model.observation import NameObservation, NameOutcome
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.practice.network import PracticeNetwork
from mailcheck_gui.practice.servers import PracticeHost, PracticeServers, Script
from mailcheck_gui.practice.wire import Heard, Wire

DOMAIN = "shop.example"
EMAIL = f"annabel@{DOMAIN}"
IMAP, POP3, SMTP = Protocol.IMAP, Protocol.POP3, Protocol.SMTP

INCOMING: dict[int, Behind] = {
    993: speaking(IMAP, implicit=True),
    143: speaking(IMAP),
    995: speaking(POP3, implicit=True),
    110: speaking(POP3),
}
OUTGOING: dict[int, Behind] = {465: speaking(SMTP, implicit=True), 587: speaking(SMTP)}
BOTH_WAYS = {**INCOMING, **OUTGOING}


def searching(**changes: float) -> Thresholds:
    """Return limits that do not keep a test waiting for silence, but let a busy server answer."""
    patient = {"find_patience": 5.0, "mute_provisional": 5.0, "mute_final": 10.0}
    patient |= {"syn_provisional": 2.0, "syn_final": 4.0, "step_timeout": 10.0}
    return replace(hurried(), **patient | changes)


def web(body: str, *, status: str = "200 OK", secure: bool = True, headers: str = "") -> Script:
    """Return a web server that answers every request alike."""
    content = body.encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/xml\r\n{headers}"
        f"Content-Length: {len(content)}\r\nConnection: close\r\n\r\n"
    )

    async def answer(wire: Wire, context: ssl.SSLContext) -> None:
        if secure:
            await wire.start_tls(context)
        while await wire.read_line():
            pass
        await wire.send(head.encode() + content)

    return answer


def autoconfig(
    incoming: str, outgoing: str, *, kind: str = "imap", port: int = 993, smtp_port: int = 465
) -> str:
    """Return an autoconfig file that names one server of each side."""
    return f"""<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="{DOMAIN}"><domain>{DOMAIN}</domain>
<incomingServer type="{kind}"><hostname>{incoming}</hostname><port>{port}</port>
<socketType>SSL</socketType><authentication>password-cleartext</authentication>
<username>%EMAILADDRESS%</username></incomingServer>
<outgoingServer type="smtp"><hostname>{outgoing}</hostname><port>{smtp_port}</port>
<socketType>SSL</socketType><authentication>password-cleartext</authentication>
<username>%EMAILADDRESS%</username></outgoingServer></emailProvider></clientConfig>"""


class MadeUpInternet(PracticeNetwork):
    """Practice hosts, DNS records beside them, and a wildcard where one is wanted."""

    def __init__(self, servers: PracticeServers, place: FindStage) -> None:
        super().__init__(servers)
        self._place = place

    async def resolve(self, host: str, deadline: Deadline) -> NameObservation:
        if self._place.silent_dns:
            await asyncio.sleep(deadline.remaining)
            return NameObservation(host, NameOutcome.TIMED_OUT)
        found = await super().resolve(host, deadline)
        if not found.addresses and self._place.wildcard and host.endswith(f".{DOMAIN}"):
            return replace(found, outcome=NameOutcome.FOUND, addresses=(self._place.wildcard,))
        return found

    async def records(self, name: str, kind: RecordKind, deadline: Deadline) -> RecordsObservation:
        if self._place.silent_dns:
            await asyncio.sleep(deadline.remaining)
            return RecordsObservation(name, kind, RecordsOutcome.TIMED_OUT)
        found = self._place.records.get((name, kind), ())
        missing = RecordsOutcome.NOT_FOUND if self._place.no_domain else RecordsOutcome.NO_DATA
        outcome = RecordsOutcome.FOUND if found else missing
        return RecordsObservation(name, kind, outcome, found)


@dataclass(frozen=True)
class Search:
    """A finished search."""

    discovery: Discovery
    events: tuple[FindEvent, ...]
    heard: dict[tuple[str, int], tuple[Heard, ...]]

    @property
    def best(self) -> SettingsCandidate:
        """The first candidate."""
        return self.discovery.candidates[0]

    def of(self, source: Source) -> list[SourceOutcome]:
        """Return what was said of a source."""
        return [outcome for outcome in self.discovery.tried if outcome.source is source]

    def said(self, source: Source) -> str:
        """Return all sentences on a source."""
        return " ".join(outcome.outcome.english() for outcome in self.of(source))

    def connections(self, host: str) -> int:
        """Return how many connections a host had."""
        return sum(len(heard) for (name, _), heard in self.heard.items() if name == host)


@dataclass
class FindStage:
    """The hosts of a made-up internet, each with an address of its own or those named.

    With `no_domain`, DNS knows no name of which it has no records.
    """

    hosts: dict[str, dict[int, Behind]]
    addresses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    records: dict[tuple[str, RecordKind], tuple[DnsRecord, ...]] = field(default_factory=dict)
    wildcard: str = ""
    silent_dns: bool = False
    no_domain: bool = False
    thresholds: Thresholds = field(default_factory=searching)
    act: Callable[[FindEvent, asyncio.Task[Discovery]], None] = lambda _event, _task: None

    def find(self, email: str = EMAIL, options: FindOptions | None = None) -> Search:
        """Search for an address; `act` may cancel the task at any event."""
        return asyncio.run(self._find(email, options))

    def practice_hosts(self) -> tuple[PracticeHost, ...]:
        """Return the hosts, each with its addresses."""
        return tuple(
            PracticeHost(
                name, self.addresses.get(name, (f"203.0.113.{number}",)), tuple(ports.items())
            )
            for number, (name, ports) in enumerate(self.hosts.items(), start=1)
        )

    async def _find(self, email: str, options: FindOptions | None) -> Search:
        hosts = self.practice_hosts()
        async with PracticeServers(hosts) as servers:
            events: list[FindEvent] = []

            def take(event: FindEvent) -> None:
                events.append(event)
                self.act(event, task)

            network = MadeUpInternet(servers, self)
            task = asyncio.create_task(
                run_find(email, network, take, options, thresholds=self.thresholds)
            )
            discovery = await task
            leftover = asyncio.all_tasks() - {asyncio.current_task()}
            assert not [t for t in leftover if "practice" not in repr(t)], "a task is left behind"
            heard = {
                (host.name, port): servers.heard(host.name, port)
                for host in hosts
                for port, behind in host.ports
                if not isinstance(behind, str)
            }
            return Search(discovery, tuple(events), heard)


def where(server: Server | None) -> tuple[str, int] | None:
    """Return host and port of a server."""
    return None if server is None else (server.host, server.port)
