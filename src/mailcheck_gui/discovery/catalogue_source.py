"""What the catalogue says: of the domain itself, of its mail exchanger, of its name servers.

The domain's own entry ships with the program and is secure. Mail exchangers and name servers are
what DNS says, so what follows from them is unverified.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from mailcheck_gui.catalogue.match import (
    provider_of_domain,
    provider_of_mx,
    provider_of_ns,
    servers_for,
)
from mailcheck_gui.diagnosis.addresses import registrable_domain
from mailcheck_gui.discovery.answer import Inquiry, Offer, Question, SourceAnswer
from mailcheck_gui.discovery.asking import names_of_servers, trust_of
from mailcheck_gui.discovery.autoconfig_source import exchanger_inquiries
from mailcheck_gui.discovery.dns_asking import ask_dns, dns_url, no_records
from mailcheck_gui.discovery.reading import readable
from mailcheck_gui.model.account import Protocol, Security, Server
from mailcheck_gui.model.discovery import Source, SourceOutcome, SourceState
from mailcheck_gui.model.dns import RecordKind, RecordsObservation, RecordsOutcome
from mailcheck_gui.model.finding import Message, Provider, ProviderServer, message
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network

HOSTS_LIMIT = 8
"""Mail exchangers of a domain that are looked at."""

_NONE_HERE = (RecordsOutcome.NO_DATA, RecordsOutcome.NOT_FOUND)

Lookup = Callable[[tuple[Provider, ...], str], Provider | None]


def domain_inquiry(question: Question) -> Inquiry:
    """Return the look into the catalogue, which needs no network."""

    async def ask(_network: Network, _deadline: Deadline) -> SourceAnswer:
        return answer_of_domain(question)

    return Inquiry(Source.CATALOGUE, question.domain, ask, needs_network=False)


def mx_inquiry(question: Question) -> Inquiry:
    """Return the question for the domain's mail exchangers and who runs them."""
    return Inquiry(Source.MX, question.domain, partial(_ask_mx, question))


def ns_inquiry(question: Question) -> Inquiry:
    """Return the question for the domain's name servers and who runs them."""
    asked = dns_url(question.domain, RecordKind.NS)
    return Inquiry(Source.CATALOGUE, asked, partial(_ask_ns, question))


def answer_of_domain(question: Question) -> SourceAnswer:
    """Return what the catalogue says of the address's domain."""
    provider = provider_of_domain(question.providers, question.domain)
    if provider is None:
        sentence = message(
            "The catalogue does not know {domain}.", domain=readable(question.domain)
        )
        nothing = SourceOutcome(Source.CATALOGUE, SourceState.NOTHING, sentence, question.domain)
        return SourceAnswer(Source.CATALOGUE, (nothing,))
    return _of_provider(provider, question, Source.CATALOGUE, question.domain, ())


async def _ask_mx(question: Question, network: Network, deadline: Deadline) -> SourceAnswer:
    found = await ask_dns(question, network, question.domain, RecordKind.MX, deadline)
    hosts = tuple(record.target for record in found.records if record.target)[:HOSTS_LIMIT]
    if not hosts:
        unknown = found.outcome is RecordsOutcome.NOT_FOUND
        return SourceAnswer(Source.MX, (_no_exchanger(found),), no_such_domain=unknown)
    provider = _first(question, hosts, provider_of_mx)
    if provider is None:
        sentence = message("Its mail goes to {hosts}.", hosts=names_of_servers(hosts))
        outcome = SourceOutcome(
            Source.MX, SourceState.NOTHING, sentence, question.domain, found.elapsed_ms
        )
        further = tuple(
            inquiry
            for domain in exchanger_domains(hosts[0], question.domain)
            for inquiry in exchanger_inquiries(question, domain)
        )
        return SourceAnswer(Source.MX, (outcome,), further=further, hosts=hosts)
    answer = _of_provider(
        provider, question, Source.MX, question.domain, ("mx",), found.elapsed_ms, near=hosts[0]
    )
    return replace(answer, hosts=hosts)


def _no_exchanger(found: RecordsObservation) -> SourceOutcome:
    if found.records:  # a single ".": RFC 7505
        sentence = message("{domain} says that it takes no mail.", domain=readable(found.name))
        return SourceOutcome(Source.MX, SourceState.NOTHING, sentence, found.name, found.elapsed_ms)
    return no_records(Source.MX, found, found.name)


async def _ask_ns(question: Question, network: Network, deadline: Deadline) -> SourceAnswer:
    asked = dns_url(question.domain, RecordKind.NS)
    found = await _name_servers(question, network, deadline)
    hosts = tuple(record.target for record in found.records if record.target)
    if not hosts:
        return SourceAnswer(Source.CATALOGUE, (no_records(Source.CATALOGUE, found, asked),))
    provider = _first(question, hosts, provider_of_ns)
    if provider is not None:
        way = ("ns",)
        return _of_provider(provider, question, Source.CATALOGUE, asked, way, found.elapsed_ms)
    sentence = message(
        "The catalogue does not know the name servers of {domain}.", domain=readable(found.name)
    )
    outcome = SourceOutcome(
        Source.CATALOGUE, SourceState.NOTHING, sentence, asked, found.elapsed_ms
    )
    return SourceAnswer(Source.CATALOGUE, (outcome,))


async def _name_servers(
    question: Question, network: Network, deadline: Deadline
) -> RecordsObservation:
    """Ask for the name servers of the domain, or of the nearest one above that has some."""
    found = await ask_dns(question, network, question.domain, RecordKind.NS, deadline)
    above = question.domain.split(".")[1:]
    while not found.records and found.outcome in _NONE_HERE and len(above) > 1:
        name = ".".join(above)
        found = await ask_dns(question, network, name, RecordKind.NS, deadline)
        above = above[1:]
    return found


def exchanger_domains(host: str, domain: str) -> tuple[str, ...]:
    """Return the domains that a mail exchanger's settings may lie at, but for the address's own.

    The name without its first label, and the registrable domain (draft-ietf-mailmaint-autoconfig,
    section "MX"). Only the best exchanger is looked at, as there.
    """
    base = registrable_domain(host)
    if not base or host == base:
        return (base,) if base and base != domain else ()
    full = host.partition(".")[2]
    return tuple(name for name in dict.fromkeys((full, base)) if name != domain)


def _first(question: Question, hosts: tuple[str, ...], lookup: Lookup) -> Provider | None:
    return next((p for host in hosts if (p := lookup(question.providers, host))), None)


def _of_provider(
    provider: Provider,
    question: Question,
    source: Source,
    asked: str,
    way: tuple[str, ...],
    elapsed_ms: float | None = None,
    near: str = "",
) -> SourceAnswer:
    offer = offer_of(provider, question, source, way, near or question.domain)
    named = bool(offer.incoming or offer.outgoing)
    state = SourceState.FOUND if named else SourceState.NOTHING
    outcome = SourceOutcome(source, state, _sentence(provider, way, named=named), asked, elapsed_ms)
    return SourceAnswer(
        source,
        (outcome,),
        (offer,) if named else (),
        provider=provider,
        preparation=provider.preparation,
    )


def _sentence(provider: Provider, way: tuple[str, ...], *, named: bool) -> Message:
    if not named:
        sentence = message("{provider} has no servers of its own for mail programs.")
    elif "mx" in way:
        sentence = message("Its mail goes to {provider}.")
    elif "ns" in way:
        sentence = message("Its domain is run by {provider}.")
    else:
        sentence = message("It belongs to {provider}.")
    return sentence.with_values({"provider": provider.name})


def offer_of(
    provider: Provider, question: Question, source: Source, way: tuple[str, ...], near: str
) -> Offer:
    """Return the servers of a provider for an address, best first.

    `near` is the domain or exchanger that led to it: the servers of that brand or country are best.
    """
    servers = [
        _server(provider, fact, question)
        for fact in servers_for(provider, near)
        if fact.security is not Security.NONE
    ]
    dates = [fact.date for fact in provider.servers]
    return Offer(
        source,
        tuple(server for server in servers if server.protocol is not Protocol.SMTP),
        tuple(server for server in servers if server.protocol is Protocol.SMTP),
        trust_of(way),
        date=min(dates, default=""),
        way=way,
    )


def _server(provider: Provider, fact: ProviderServer, question: Question) -> Server:
    form = dict(provider.username_forms).get(fact.protocol, "full")
    username = {"local": question.local, "given": ""}.get(form, question.email)
    host = readable(fact.host)
    return Server(fact.protocol, host, fact.host, fact.port, fact.security, fact.auth[0], username)
