"""The result of a search: candidates, preparation, what was tried, and what is likely at least."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mailcheck_gui.catalogue.match import provider_of_domain, provider_of_server
from mailcheck_gui.diagnosis.guesses import likely_server, usual_names
from mailcheck_gui.diagnosis.mail_addresses import MailAddress
from mailcheck_gui.discovery.answer import Offer, Question, SourceAnswer
from mailcheck_gui.engine.find_ranking import Judge, rank
from mailcheck_gui.model.account import Protocol, Server
from mailcheck_gui.model.discovery import (
    Discovery,
    SettingsCandidate,
    Source,
    SourceOutcome,
    SourceState,
    Trust,
)
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.finding import PreparationStep, Provider


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a search brought.

    `leading` are usual names of the domain that lead somewhere, `absent` those that do not.
    """

    address: MailAddress
    question: Question
    answers: tuple[SourceAnswer, ...]
    offers: tuple[Offer, ...]
    tried: tuple[SourceOutcome, ...]
    leading: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()

    @property
    def no_such_domain(self) -> bool:
        """Whether DNS denies the domain, and no name below it leads anywhere after all."""
        return not self.leading and any(answer.no_such_domain for answer in self.answers)


def discovery_of(findings: Findings, judge: Judge) -> Discovery:
    """Return the result; `judge` tells what is known of a server at the end."""
    candidates = rank(findings.offers, judge)
    provider = _provider(findings, candidates)
    no_such_domain = not candidates and findings.no_such_domain
    return Discovery(
        email=findings.address.email,
        candidates=candidates,
        preparation=_preparation(findings, provider),
        tried=(*findings.tried, *dict.fromkeys(_stale(findings.offers, judge))),
        provider=provider,
        suggestions=_suggestions(findings)
        if not (candidates or no_such_domain) and _may_have_servers(provider)
        else (),
        names_lead_nowhere=findings.absent.issuperset(usual_names(findings.question.domain)),
        no_such_domain=no_such_domain,
    )


def _provider(findings: Findings, candidates: tuple[SettingsCandidate, ...]) -> Provider | None:
    """Return who is behind the address: by its domain, by the best server, by other signs."""
    providers = findings.question.providers
    best = next(iter(candidates), None)
    incoming = best.incoming if best is not None else None
    return (
        provider_of_domain(providers, findings.question.domain)
        or (provider_of_server(providers, incoming.ascii_host) if incoming else None)
        or next((a.provider for a in findings.answers if a.provider is not None), None)
    )


def _preparation(findings: Findings, provider: Provider | None) -> tuple[PreparationStep, ...]:
    """Return what to do before the first sign-in: as the catalogue says, else as others say.

    Others count only where the way to them was secure: a step may lead to a page.
    """
    if provider is not None and provider.preparation:
        return provider.preparation
    secure = (answer for answer in findings.answers if _is_secure(answer))
    return tuple(dict.fromkeys(step for answer in secure for step in answer.preparation))


def _is_secure(answer: SourceAnswer) -> bool:
    """Whether all servers of an answer, and so its words, came on a secure way."""
    return bool(answer.offers) and all(o.trust is Trust.SECURE for o in answer.offers)


def _stale(offers: tuple[Offer, ...], judge: Judge) -> Iterator[SourceOutcome]:
    """Yield what is wrong where no server of a source for a protocol does what it says."""
    for offer in offers:
        for protocol in Protocol:
            servers = [s for s in (*offer.incoming, *offer.outgoing) if s.protocol is protocol]
            judged = [judge(server) for server in servers]
            if judged and all(one.trouble is not None for one in judged):
                yield from _trouble(offer.source, servers[0], judge)


def _trouble(source: Source, server: Server, judge: Judge) -> Iterator[SourceOutcome]:
    trouble = judge(server).trouble
    if trouble is not None:
        asked = str(Endpoint(server.protocol, server.host, server.port))
        yield SourceOutcome(source, SourceState.UNUSABLE, trouble, asked)


def _may_have_servers(provider: Provider | None) -> bool:
    """Whether a guess is worth its place: not where the catalogue knows that there is nothing."""
    return provider is None or not provider.unsupported


def _suggestions(findings: Findings) -> tuple[SettingsCandidate, ...]:
    """Return the usual values, for typing help. Nothing of them is proven."""
    question = findings.question
    outgoing = likely_server(
        Protocol.SMTP, question.domain, findings.leading, findings.address.email
    )
    return tuple(
        SettingsCandidate(
            likely_server(protocol, question.domain, findings.leading, findings.address.email),
            outgoing,
            Source.GUESS,
            Trust.UNVERIFIED,
        )
        for protocol in (Protocol.IMAP, Protocol.POP3)
    )
