"""A stage for the sources of a search: scripted https and http on loopback, and DNS as data."""

from __future__ import annotations

import asyncio
import inspect
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from recording import RecordingNetwork

from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.discovery.answer import Inquiry, Offer, Question, SourceAnswer
from mailcheck_gui.discovery.inquiries import first_inquiries
from mailcheck_gui.model.discovery import Source, SourceOutcome, SourceState
from mailcheck_gui.model.dns import DnsRecord, RecordKind, RecordsObservation, RecordsOutcome
from mailcheck_gui.model.finding import Provider
from mailcheck_gui.model.observation import NameObservation, NameOutcome
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import WebProxy
from mailcheck_gui.practice.authority import CertificateKind, server_context
from mailcheck_gui.practice.network import PracticeNetwork
from mailcheck_gui.practice.servers import Door, PracticeHost, PracticeServers, Script
from mailcheck_gui.practice.wire import HungUp, Wire

DOMAIN = "company.example"
EMAIL = f"anna@{DOMAIN}"
SECONDS = 20.0
"""How long a test waits for what must end by itself."""

Result = TypeVar("Result")


@dataclass(frozen=True)
class Asked:
    """One request that reached a server."""

    url: str
    method: str
    headers: dict[str, str]
    body: bytes


Page = Callable[[Asked], bytes] | bytes
Answer = Callable[[Wire, Asked], Awaitable[None]] | Page


def page(
    body: bytes | str = b"", status: int = 200, content_type: str = "text/xml", **headers: str
) -> bytes:
    """Return a whole HTTP answer."""
    content = body.encode() if isinstance(body, str) else body
    told = {"Content-Type": content_type, "Content-Length": str(len(content))}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + content


def leads_to(url: str, status: int = 302) -> bytes:
    """Return a redirect."""
    return page(b"", status, Location=url)


@dataclass(frozen=True)
class WrongCertificate:
    """A site whose certificate is not as it should be."""

    kind: CertificateKind = CertificateKind.GOOD
    names: tuple[str, ...] = ()


@dataclass
class Web:
    """What a stage serves: URLs with their answers, DNS records, and what goes wrong.

    `addresses` are those of hosts that differ from the usual made-up ones; `dead` ones are mute.
    """

    pages: dict[str, Answer] = field(default_factory=dict)
    records: dict[tuple[str, RecordKind], tuple[DnsRecord, ...] | RecordsOutcome] = field(
        default_factory=dict
    )
    addresses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dead: frozenset[str] = frozenset()
    doors: dict[tuple[str, int], Door | Script] = field(default_factory=dict)
    certificates: dict[str, WrongCertificate] = field(default_factory=dict)
    names_fail: frozenset[str] = frozenset()
    proxy: WebProxy | None = None


class StageNetwork(PracticeNetwork):
    """The practice network with records and a proxy."""

    def __init__(self, servers: PracticeServers, web: Web) -> None:
        super().__init__(servers)
        self._web = web
        self.record_questions: list[tuple[str, RecordKind]] = []

    async def resolve(self, host: str, deadline: Deadline) -> NameObservation:
        if host in self._web.names_fail:
            return NameObservation(host, NameOutcome.FAILED, detail="SERVFAIL")
        return await super().resolve(host, deadline)

    async def records(self, name: str, kind: RecordKind, deadline: Deadline) -> RecordsObservation:
        self.record_questions.append((name, kind))
        told = self._web.records.get((name, kind), RecordsOutcome.NOT_FOUND)
        if isinstance(told, RecordsOutcome):
            return RecordsObservation(name, kind, told, detail="SERVFAIL")
        return RecordsObservation(name, kind, RecordsOutcome.FOUND, told)

    async def web_proxy(self, host: str, deadline: Deadline) -> WebProxy | None:
        return self._web.proxy


@dataclass
class Stage:
    """A running stage: its network, and every request that arrived."""

    network: StageNetwork
    recording: RecordingNetwork
    requests: list[Asked]

    @property
    def urls(self) -> list[str]:
        return [request.url for request in self.requests]


def on_stage(web: Web, act: Callable[[Stage], Awaitable[Result]]) -> Result:
    """Serve, let `act` happen, and return its result."""

    async def run() -> Result:
        requests: list[Asked] = []
        servers = PracticeServers(_hosts(web, requests))
        _use_wrong_certificates(servers, web, requests)
        async with servers, asyncio.timeout(2 * SECONDS):
            network = StageNetwork(servers, web)
            return await act(Stage(network, RecordingNetwork(network), requests))

    return asyncio.run(run())


def _hosts(web: Web, requests: list[Asked]) -> tuple[PracticeHost, ...]:
    names = [url.split("/")[2] for url in web.pages]
    names += [host for host, _ in web.doors]
    hosts = []
    for number, name in enumerate(dict.fromkeys((*names, *web.addresses)), start=1):
        ports: dict[int, Door | Script] = {
            443: _https(web, name, requests),
            80: _http(web, name, requests),
        }
        ports |= {port: door for (host, port), door in web.doors.items() if host == name}
        addresses = web.addresses.get(name, (f"203.0.113.{number}",))
        hosts.append(PracticeHost(name, addresses, tuple(ports.items()), web.dead))
    return tuple(hosts)


def _use_wrong_certificates(servers: PracticeServers, web: Web, requests: list[Asked]) -> None:
    """Give a site another certificate; the authority is there only with the servers."""
    for name, wrong in web.certificates.items():
        identity = servers.authority.issue(wrong.kind, wrong.names or (name,))
        context = server_context(identity)
        script = _https(web, name, requests)

        async def serve(
            wire: Wire,
            _own: ssl.SSLContext,
            script: Script = script,
            context: ssl.SSLContext = context,
        ) -> None:
            await script(wire, context)

        servers.hosts = tuple(
            replace(host, ports=((443, serve), *(p for p in host.ports if p[0] != 443)))
            if host.name == name
            else host
            for host in servers.hosts
        )


def _https(web: Web, name: str, requests: list[Asked]) -> Script:
    async def serve(wire: Wire, context: ssl.SSLContext) -> None:
        await wire.start_tls(context)
        await _answer(web, f"https://{name}", wire, requests)

    return serve


def _http(web: Web, name: str, requests: list[Asked]) -> Script:
    async def serve(wire: Wire, _context: ssl.SSLContext) -> None:
        await _answer(web, f"http://{name}", wire, requests)

    return serve


async def _answer(web: Web, site: str, wire: Wire, requests: list[Asked]) -> None:
    method, target, _ = (await wire.read_line()).decode("ascii").split(" ")
    headers = {}
    while line := (await wire.read_line()).decode("ascii"):
        name, _, value = line.partition(": ")
        headers[name.lower()] = value
    body = await wire.read_exactly(int(headers.get("content-length", "0")))
    asked = Asked(f"{site}{target}", method, headers, body)
    requests.append(asked)
    answer = web.pages.get(asked.url.partition("?")[0], page(b"", 404))
    if callable(answer):
        made = answer(asked) if not inspect.iscoroutinefunction(answer) else answer(wire, asked)
        answer = await made if not isinstance(made, bytes) else made
    if answer is not None:
        await wire.send(answer)


async def flood(wire: Wire, _asked: Asked) -> None:
    """Send ten megabytes, and do not say so before."""
    await wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
    for _ in range(160):
        await wire.send(b"<a>" + b"x" * 65533)


async def drip(wire: Wire, _asked: Asked) -> None:
    """Send a byte now and then, for ever."""
    await wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while True:
        await wire.send(b" ")
        await asyncio.sleep(0.01)


async def hang_up(_wire: Wire, _asked: Asked) -> None:
    """End without an answer."""
    raise HungUp


# -- asking --------------------------------------------------------------------------------------


def question(email: str = EMAIL, providers: tuple[Provider, ...] = (), **more: object) -> Question:
    """Return a question with hurried limits."""
    thresholds = replace(load_thresholds(), web_timeout=SECONDS, records_timeout=SECONDS)
    domain = email.rpartition("@")[2]
    return replace(Question(email, domain, providers, thresholds), **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Found:
    """All that a search of the sources brought."""

    answers: tuple[SourceAnswer, ...]
    requests: tuple[Asked, ...]
    names: tuple[str, ...]
    record_questions: tuple[tuple[str, RecordKind], ...]
    sent: bytes

    @property
    def offers(self) -> tuple[Offer, ...]:
        return tuple(offer for answer in self.answers for offer in answer.offers)

    @property
    def outcomes(self) -> tuple[SourceOutcome, ...]:
        return tuple(outcome for answer in self.answers for outcome in answer.outcomes)

    def said(self, source: Source) -> dict[str, tuple[SourceState, str]]:
        """Return what was asked of a source, with state and sentence."""
        return {
            outcome.asked: (outcome.state, outcome.outcome.english())
            for outcome in self.outcomes
            if outcome.source is source
        }


def ask_all(web: Web, asked: Question | None = None, *sources: Source) -> Found:
    """Ask everything, and what the answers lead on to, as a search does."""
    wanted = asked or question()

    async def act(stage: Stage) -> Found:
        waiting = [i for i in first_inquiries(wanted) if not sources or i.source in sources]
        seen: set[tuple[Source, str]] = set()
        answers: list[SourceAnswer] = []
        while waiting:
            new = [i for i in waiting if (i.source, i.asked) not in seen]
            seen |= {(i.source, i.asked) for i in new}
            brought = await asyncio.gather(*(_ask(i, stage) for i in new))
            answers += brought
            waiting = [further for answer in brought for further in answer.further]
        return Found(
            tuple(answers),
            tuple(stage.requests),
            tuple(stage.recording.names),
            tuple(stage.network.record_questions),
            b"".join(bytes(sent) for _, _, sent in stage.recording.sent),
        )

    return on_stage(web, act)


async def _ask(inquiry: Inquiry, stage: Stage) -> SourceAnswer:
    return await inquiry.ask(stage.recording, Deadline.after(SECONDS))
