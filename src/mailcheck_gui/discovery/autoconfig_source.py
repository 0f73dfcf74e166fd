"""Where autoconfig files lie: at the address's domain, and in Mozilla's database.

The same places are asked for the domain of a mail exchanger; what comes from there is unverified,
since DNS led to it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from urllib.parse import quote

from mailcheck_gui.discovery.answer import Inquiry, Offer, Question, SourceAnswer
from mailcheck_gui.discovery.asking import (
    ask_web,
    links,
    told,
    trouble,
    trust_of,
)
from mailcheck_gui.discovery.autoconfig import AutoconfigFile, parse_autoconfig
from mailcheck_gui.discovery.sentences import names_servers
from mailcheck_gui.discovery.services import ispdb_url
from mailcheck_gui.discovery.xml_file import is_web_page
from mailcheck_gui.model.discovery import Source, SourceOutcome, SourceState
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network
from mailcheck_gui.network.web import WebAnswer, WebRequest

_OWN_HOST = "autoconfig.{domain}/mail/config-v1.1.xml"
_WELL_KNOWN = "{domain}/.well-known/autoconfig/mail/config-v1.1.xml"


def autoconfig_inquiries(question: Question) -> tuple[Inquiry, ...]:
    """Return the places at the address's domain: https, then http, which is unverified."""
    domain = question.domain
    own, well_known = _OWN_HOST.format(domain=domain), _WELL_KNOWN.format(domain=domain)
    urls = (
        f"https://{own}{_query(question)}",
        f"https://{well_known}",
        f"http://{own}",
        f"http://{well_known}",
    )
    return tuple(_inquiry(question, Source.AUTOCONFIG, url) for url in urls)


def exchanger_inquiries(question: Question, domain: str) -> tuple[Inquiry, ...]:
    """Return the places at the domain of a mail exchanger, and its entry in Mozilla's database."""
    url = f"https://{_OWN_HOST.format(domain=domain)}"  # DNS led there: it learns no address
    return (
        _inquiry(question, Source.AUTOCONFIG, url, ("mx",)),
        _inquiry(question, Source.ISPDB, f"{ispdb_url()}{domain}", ("mx",)),
    )


def ispdb_inquiry(question: Question) -> Inquiry:
    """Return the question to Mozilla's database; it learns the domain and nothing else."""
    return _inquiry(question, Source.ISPDB, f"{ispdb_url()}{question.domain}")


def _query(question: Question) -> str:
    """Return the address as a parameter where the user agreed to that."""
    return f"?emailaddress={quote(question.email)}" if question.share_address else ""


def _inquiry(question: Question, source: Source, url: str, way: tuple[str, ...] = ()) -> Inquiry:
    return Inquiry(source, url, partial(_ask, question, source, url, way))


async def _ask(
    question: Question,
    source: Source,
    url: str,
    way: tuple[str, ...],
    network: Network,
    deadline: Deadline,
) -> SourceAnswer:
    answer = await ask_web(question, network, WebRequest(url), deadline)
    outcome = trouble(source, answer, url, question)
    if outcome is not None:
        return SourceAnswer(source, (outcome,))
    file = parse_autoconfig(answer.body, question.email)
    outcome = _outcome(source, file, answer, url)
    if file.problem is not None:
        return SourceAnswer(source, (outcome,))
    way = links(answer, way)
    offer = Offer(source, file.incoming, file.outgoing, trust_of(way), url=answer.url, way=way)
    steps = tuple(replace(step, source=answer.url) for step in file.preparation)
    return SourceAnswer(source, (outcome,), (offer,), preparation=steps)


def _outcome(source: Source, file: AutoconfigFile, answer: WebAnswer, url: str) -> SourceOutcome:
    if file.problem is not None:
        page = is_web_page(answer.body.lstrip())
        state = SourceState.NOTHING if page else SourceState.UNUSABLE
        return told(source, state, file.problem, answer, url)
    sentence = names_servers((*file.incoming, *file.outgoing), len(file.notes))
    return told(source, SourceState.FOUND, sentence, answer, url)
