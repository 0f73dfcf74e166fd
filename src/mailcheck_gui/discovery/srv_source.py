"""SRV records of mail services (RFC 6186, and RFC 8314 section 5.1 for `_submissions`).

What they name is unverified: DNS alone says it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from mailcheck_gui.diagnosis.hosts import read_host
from mailcheck_gui.discovery.answer import Inquiry, Offer, Question, SourceAnswer
from mailcheck_gui.discovery.dns_asking import ask_dns, dns_url, no_records
from mailcheck_gui.discovery.reading import readable
from mailcheck_gui.discovery.sentences import names_servers
from mailcheck_gui.model.account import Protocol, Security, Server
from mailcheck_gui.model.discovery import Source, SourceOutcome, SourceState, Trust
from mailcheck_gui.model.dns import RecordKind, RecordsObservation, RecordsOutcome
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network


@dataclass(frozen=True, slots=True)
class MailService:
    """A service label and what it stands for."""

    label: str
    protocol: Protocol
    security: Security


MAIL_SERVICES = (
    MailService("_imaps", Protocol.IMAP, Security.IMPLICIT_TLS),
    MailService("_imap", Protocol.IMAP, Security.STARTTLS),
    MailService("_pop3s", Protocol.POP3, Security.IMPLICIT_TLS),
    MailService("_pop3", Protocol.POP3, Security.STARTTLS),
    MailService("_submissions", Protocol.SMTP, Security.IMPLICIT_TLS),
    MailService("_submission", Protocol.SMTP, Security.STARTTLS),
)
"""Implicit TLS first within a protocol: a client is to prefer it (RFC 8314 section 5.1)."""

_WAY = ("srv",)
_NO_ANSWER = (RecordsOutcome.FAILED, RecordsOutcome.TIMED_OUT)


def srv_inquiry(question: Question) -> Inquiry:
    """Return the question for all mail services of the domain at once."""
    return Inquiry(Source.SRV, question.domain, partial(_ask, question))


async def _ask(question: Question, network: Network, deadline: Deadline) -> SourceAnswer:
    names = [f"{service.label}._tcp.{question.domain}" for service in MAIL_SERVICES]
    found = await asyncio.gather(
        *(ask_dns(question, network, name, RecordKind.SRV, deadline) for name in names)
    )
    servers = tuple(
        server
        for service, answer in zip(MAIL_SERVICES, found, strict=True)
        for server in servers_of(service, answer, question.email)
    )
    if not servers:
        return SourceAnswer(Source.SRV, (_nothing(question, found),))
    telling = next(a for a in found if any(record.target for record in a.records))
    sentence = names_servers(servers)
    outcome = SourceOutcome(
        Source.SRV, SourceState.FOUND, sentence, question.domain, _slowest(found)
    )
    offer = Offer(
        Source.SRV,
        tuple(server for server in servers if server.protocol is not Protocol.SMTP),
        tuple(server for server in servers if server.protocol is Protocol.SMTP),
        Trust.UNVERIFIED,
        url=dns_url(telling.name, RecordKind.SRV),
        way=_WAY,
    )
    return SourceAnswer(Source.SRV, (outcome,), (offer,))


def servers_of(service: MailService, found: RecordsObservation, email: str) -> Iterator[Server]:
    """Yield the servers of one service, best first; "." and port 0 are none (RFC 2782)."""
    for record in found.records:
        host = read_host(record.target)
        if record.target and record.port and host.problem is None:
            yield Server(
                service.protocol,
                host.host,
                host.ascii_host,
                record.port,
                service.security,
                username=email,
            )


def _not_offered(found: list[RecordsObservation]) -> Iterator[Message]:
    for answer in found:
        if answer.records and not any(record.target for record in answer.records):
            yield message("{name} says that the service is not offered.", name=answer.name)


def _nothing(question: Question, found: list[RecordsObservation]) -> SourceOutcome:
    refusal = next(_not_offered(found), None)
    if refusal is not None:
        return SourceOutcome(
            Source.SRV, SourceState.NOTHING, refusal, question.domain, _slowest(found)
        )
    # One that gave no answer says more than one that has nothing.
    telling = next((a for a in found if a.outcome in _NO_ANSWER), None)
    if telling is not None:
        return no_records(Source.SRV, telling, question.domain)
    sentence = message("{domain} has no SRV records for mail.", domain=readable(question.domain))
    return SourceOutcome(
        Source.SRV, SourceState.NOTHING, sentence, question.domain, _slowest(found)
    )


def _slowest(found: list[RecordsObservation]) -> float:
    return max(answer.elapsed_ms for answer in found)
