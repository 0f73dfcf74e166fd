"""One search, from an e-mail address to settings that are proven and say where they come from."""

from __future__ import annotations

import time
from collections.abc import Callable

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.catalogue.match import provider_of_domain
from mailcheck_gui.diagnosis.addresses import domain_of, local_part_of, tidy_email
from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.model.account import Protocol, Server
from mailcheck_gui.model.discovery import (
    CandidateFound,
    Discovery,
    FindEvent,
    FindFinished,
    FindStarted,
    SettingsCandidate,
    Source,
    SourceChanged,
    SourceOutcome,
    SourceState,
    Trust,
)
from mailcheck_gui.model.finding import Proof, Provider, ProviderServer, message
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.network.seam import Network


async def run_find(
    email: str,
    network: Network,
    report_event: Callable[[FindEvent], None],
    options: FindOptions | None = None,
    *,
    thresholds: Thresholds | None = None,
) -> Discovery:
    """Look for the settings of an address; the last event is `FindFinished` with the result.

    `report_event` is called on the event loop's thread and must return at once. A cancelled task
    does not raise: it returns what is known, with `cancelled` set. Without `share_address` no
    request carries the part before the @; no request carries a credential in any case.
    """
    began = time.monotonic()
    address = tidy_email(email)
    report_event(FindStarted((Source.CATALOGUE,)))
    provider = provider_of_domain(load_providers(), domain_of(address))
    found = tuple(_candidates(provider, address)) if provider else ()
    for candidate in found:
        report_event(CandidateFound(candidate))
    state = SourceState.FOUND if found else SourceState.NOTHING
    tried = SourceOutcome(Source.CATALOGUE, state, message("Looked up in the catalogue."))
    report_event(SourceChanged(tried))
    discovery = Discovery(
        email=address,
        candidates=found,
        preparation=provider.preparation if provider else (),
        tried=(tried,),
        provider=provider,
        duration_ms=(time.monotonic() - began) * 1000,
    )
    report_event(FindFinished(discovery))
    return discovery


def _candidates(provider: Provider, email: str) -> list[SettingsCandidate]:
    outgoing = _first(provider, Protocol.SMTP)
    found = []
    for protocol in (Protocol.IMAP, Protocol.POP3):
        incoming = _first(provider, protocol)
        if incoming is not None:
            found.append(
                SettingsCandidate(
                    _server(provider, incoming, email),
                    _server(provider, outgoing, email) if outgoing else None,
                    Source.CATALOGUE,
                    Trust.SECURE,
                    date=incoming.date,
                    incoming_proof=Proof.DOCUMENTED,
                    outgoing_proof=Proof.DOCUMENTED if outgoing else None,
                )
            )
    return found


def _first(provider: Provider, protocol: Protocol) -> ProviderServer | None:
    return next((s for s in provider.servers if s.protocol is protocol), None)


def _server(provider: Provider, fact: ProviderServer, email: str) -> Server:
    form = dict(provider.username_forms).get(fact.protocol, "full")
    username = local_part_of(email) if form == "local" else email
    return Server(
        fact.protocol, fact.host, fact.host, fact.port, fact.security, fact.auth[0], username
    )
