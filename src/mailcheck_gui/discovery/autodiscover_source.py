"""Where Autodiscover is asked, without credentials: [MS-OXDISCO], section 3.1.5.

Without the user's yes the request names `postmaster`, an address that every mail domain has (RFC
5321 section 4.5.1): a server that wants an existing mailbox finds one, and learns nobody's name.
"""

from __future__ import annotations

from functools import partial

from mailcheck_gui.diagnosis.addresses import domain_of
from mailcheck_gui.diagnosis.hosts import read_host
from mailcheck_gui.discovery.answer import Inquiry, Offer, Question, SourceAnswer
from mailcheck_gui.discovery.asking import (
    ask_web,
    links,
    told,
    trouble,
    trust_of,
)
from mailcheck_gui.discovery.autodiscover import (
    CONTENT_TYPE,
    AutodiscoverAnswer,
    parse_autodiscover,
    request_body,
)
from mailcheck_gui.discovery.dns_asking import ask_dns, dns_url, no_records
from mailcheck_gui.discovery.reading import shown
from mailcheck_gui.discovery.sentences import names_servers
from mailcheck_gui.discovery.xml_file import is_web_page
from mailcheck_gui.model.discovery import Source, SourceOutcome, SourceState
from mailcheck_gui.model.dns import RecordKind
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network
from mailcheck_gui.network.web import WebAnswer, WebRequest
from mailcheck_gui.network.web_place import read_place

NEUTRAL = "postmaster"
"""The local part of requests that may not carry the user's."""

_PATH = "/autodiscover/autodiscover.xml"
_HTTPS_PORT = 443
_SERVICE = "_autodiscover._tcp.{domain}"
_AUTODISCOVER = Source.AUTODISCOVER

Way = tuple[str, ...]


def autodiscover_inquiries(question: Question) -> tuple[Inquiry, ...]:
    """Return the places of the domain: https, the redirect over http, and the SRV record."""
    domain = question.domain
    http = f"http://autodiscover.{domain}{_PATH}"
    service = _SERVICE.format(domain=domain)
    return (
        *_places(question, domain, (), 0),
        Inquiry(_AUTODISCOVER, http, partial(_ask_redirect, question, http)),
        Inquiry(
            _AUTODISCOVER,
            dns_url(service, RecordKind.SRV),
            partial(_ask_service, question, service),
        ),
    )


def _places(question: Question, domain: str, way: Way, hops: int) -> tuple[Inquiry, ...]:
    hosts = (f"autodiscover.{domain}", domain)
    return tuple(_post(question, f"https://{host}{_PATH}", domain, way, hops) for host in hosts)


def _post(question: Question, url: str, domain: str, way: Way, hops: int) -> Inquiry:
    """Return the question at a place; `hops` counts the answers that led there."""
    subject = _subject(question, domain, way)
    return Inquiry(_AUTODISCOVER, url, partial(_ask, question, url, subject, way, hops))


def _subject(question: Question, domain: str, way: Way) -> str:
    """Return the address that a request names: the user's after a yes, and never off the way."""
    agreed = question.share_address and not way
    return f"{question.local if agreed else NEUTRAL}@{domain}"


async def _ask(
    question: Question,
    url: str,
    subject: str,
    way: Way,
    hops: int,
    network: Network,
    deadline: Deadline,
) -> SourceAnswer:
    request = WebRequest(url, request_body(subject), CONTENT_TYPE)
    answer = await ask_web(question, network, request, deadline)
    outcome = trouble(_AUTODISCOVER, answer, url, question)
    if outcome is not None:
        return SourceAnswer(_AUTODISCOVER, (outcome,))
    said = parse_autodiscover(answer.body, question.email, subject)
    way = links(answer, way)
    state, sentence = _verdict(said, answer)
    outcome = told(_AUTODISCOVER, state, sentence, answer, url)
    offers: tuple[Offer, ...] = ()
    if state is SourceState.FOUND:
        named = said.incoming, said.outgoing
        offers = (Offer(_AUTODISCOVER, *named, trust_of(way), url=answer.url, way=way),)
    further = _further(question, said, subject, way, hops)
    return SourceAnswer(_AUTODISCOVER, (outcome,), offers, further)


def _verdict(said: AutodiscoverAnswer, answer: WebAnswer) -> tuple[SourceState, Message]:
    if said.problem is not None:
        page = is_web_page(answer.body.lstrip())
        return (SourceState.NOTHING if page else SourceState.UNUSABLE), said.problem
    if said.redirect_address or said.redirect_url:
        target = said.redirect_url or domain_of(said.redirect_address)
        return SourceState.NOTHING, _leads_on(target)
    servers = (*said.incoming, *said.outgoing)
    return SourceState.FOUND, names_servers(servers, len(said.notes))


def _leads_on(target: str) -> Message:
    return message("It leads on to {target}.", target=shown(target, 200))


def _further(
    question: Question, said: AutodiscoverAnswer, subject: str, way: Way, hops: int
) -> tuple[Inquiry, ...]:
    """Return what an answer leads on to, as long as it does not lead on for ever."""
    if hops >= question.thresholds.web_redirects or not said.redirect_address + said.redirect_url:
        return ()
    if said.redirect_url:
        place = read_place(said.redirect_url)
        if place is None or place.scheme != "https":
            return ()
        domain = subject.rpartition("@")[2]
        return (_post(question, place.url, domain, way, hops + 1),)
    host = read_host(domain_of(said.redirect_address))
    domain = host.ascii_host
    return _places(question, domain, way, hops + 1) if "." in domain else ()


async def _ask_redirect(
    question: Question, url: str, network: Network, deadline: Deadline
) -> SourceAnswer:
    """Ask over http only for the place that it leads on to; nothing else from there is taken."""
    answer = await ask_web(question, network, WebRequest(url, follow=False), deadline)
    place = read_place(answer.redirect)
    if answer.problem is None and place is not None and place.scheme == "https":
        outcome = told(_AUTODISCOVER, SourceState.NOTHING, _leads_on(place.url), answer, url)
        way = ("http", "redirect")
        further = (_post(question, place.url, question.domain, way, 1),)
        return SourceAnswer(_AUTODISCOVER, (outcome,), further=further)
    sentence = message("It leads on to no place with encryption.")
    nothing = told(_AUTODISCOVER, SourceState.NOTHING, sentence, answer, url)
    return SourceAnswer(_AUTODISCOVER, (trouble(_AUTODISCOVER, answer, url, question) or nothing,))


async def _ask_service(
    question: Question, service: str, network: Network, deadline: Deadline
) -> SourceAnswer:
    asked = dns_url(service, RecordKind.SRV)
    found = await ask_dns(question, network, service, RecordKind.SRV, deadline)
    if not found.records:
        return SourceAnswer(_AUTODISCOVER, (no_records(_AUTODISCOVER, found, asked),))
    usable = (r.target for r in found.records if r.target and r.port == _HTTPS_PORT)
    host = next(usable, "")
    url = f"https://{host}{_PATH}"
    sentence = _leads_on(url) if host else message("It names no place that is asked.")
    outcome = SourceOutcome(_AUTODISCOVER, SourceState.NOTHING, sentence, asked, found.elapsed_ms)
    further = (_post(question, url, question.domain, ("srv",), 1),) if host else ()
    return SourceAnswer(_AUTODISCOVER, (outcome,), further=further)
