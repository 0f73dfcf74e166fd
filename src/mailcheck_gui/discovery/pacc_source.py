"""The PACC file of a domain, taken only where its digest stands in DNS."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

from mailcheck_gui.discovery.answer import Inquiry, Offer, Question, SourceAnswer
from mailcheck_gui.discovery.asking import (
    ask_web,
    links,
    told,
    trouble,
    trust_of,
)
from mailcheck_gui.discovery.dns_asking import ask_dns
from mailcheck_gui.discovery.pacc import PaccFile, digest_fits, parse_pacc
from mailcheck_gui.discovery.sentences import names_servers
from mailcheck_gui.model.discovery import Source, SourceState
from mailcheck_gui.model.dns import RecordKind
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network
from mailcheck_gui.network.web import WebRequest

_URL = "https://ua-auto-config.{domain}/.well-known/user-agent-configuration.json"
_DIGEST_NAME = "_ua-auto-config.{domain}"


def pacc_inquiry(question: Question) -> Inquiry:
    """Return the question for the domain's PACC file."""
    return Inquiry(Source.PACC, _URL.format(domain=question.domain), partial(_ask, question))


async def _ask(question: Question, network: Network, deadline: Deadline) -> SourceAnswer:
    url = _URL.format(domain=question.domain)
    name = _DIGEST_NAME.format(domain=question.domain)
    answer, digests = await asyncio.gather(
        ask_web(question, network, WebRequest(url), deadline),
        ask_dns(question, network, name, RecordKind.TXT, deadline),
    )
    outcome = trouble(Source.PACC, answer, url, question)
    if outcome is not None:
        return SourceAnswer(Source.PACC, (outcome,))
    file = parse_pacc(answer.body, question.email)
    fits = digest_fits((record.text for record in digests.records), answer.body)
    problem = file.problem if fits else _without_digest(file)
    if problem is not None:
        said = told(Source.PACC, SourceState.UNUSABLE, problem, answer, url)
        return SourceAnswer(Source.PACC, (said,))
    sentence = names_servers((*file.incoming, *file.outgoing))
    way = links(answer, ())
    offer = Offer(Source.PACC, file.incoming, file.outgoing, trust_of(way), url=answer.url, way=way)
    return SourceAnswer(
        Source.PACC,
        (told(Source.PACC, SourceState.FOUND, sentence, answer, url),),
        (offer,),
        preparation=tuple(replace(step, source=answer.url) for step in file.preparation),
    )


def _without_digest(file: PaccFile) -> Message:
    return file.problem or message("The digest of the file is not the one in DNS.")
