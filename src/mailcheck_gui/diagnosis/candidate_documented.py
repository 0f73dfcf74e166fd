"""Candidates that the catalogue documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailcheck_gui.catalogue.match import (
    provider_of_domain,
    provider_of_server,
    retired_host,
    server_hosts,
)
from mailcheck_gui.catalogue.near import slips
from mailcheck_gui.diagnosis.addresses import domain_of, tidy_text
from mailcheck_gui.diagnosis.candidate_proof import observed_candidate
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.hosts import read_host
from mailcheck_gui.diagnosis.intake import provider_of_typed
from mailcheck_gui.diagnosis.proven import RELAY_PORT
from mailcheck_gui.diagnosis.rules.names import near_hosts
from mailcheck_gui.diagnosis.rules.typed import mx_provider
from mailcheck_gui.diagnosis.sides import Side
from mailcheck_gui.model.account import AuthMethod, Role, Server, ServerDraft, holds_control
from mailcheck_gui.model.finding import Proof, Provider, ProviderServer, Severity
from mailcheck_gui.model.intake import Candidate

_WRONG_HOST = frozenset(
    {
        "host-typo",
        "host-retired",
        "host-is-mx",
        "name-not-found",
        "name-has-no-address",
        "name-lookup-failed",
        "host-unreachable",
        "wrong-protocol",
        "not-a-mail-server",
        "port-closed",
        "port-silent",
        "port-blocked-by-network",
        "port-blocked-by-server",
        "address-banned",
    }
)
"""Causes for which another host of the provider may be the cure."""

_NO_HOST = frozenset({"host-is-web-address", "host-invalid"})
"""Refusals for which the provider of the e-mail address may name the server."""


def documented(case: Case, side: Side, because: str) -> Iterator[Candidate]:
    """Yield the provider's servers where another host of it may be the cure."""
    if because not in _WRONG_HOST:
        return
    provider = _provider_for(case, side)
    if provider is None:
        return
    retired = retired_host(case.providers, side.server.ascii_host)
    wanted = retired.today if retired else ""
    for fact in _closest(provider, side.server, wanted):
        server = _documented_server(fact, side.server)
        yield replace(
            observed_candidate(case, side, server, because),
            source=f"{fact.source}, {fact.date}",
        )


def _provider_for(case: Case, side: Side) -> Provider | None:
    """Return the provider whose documented servers may cure a side."""
    host = side.server.ascii_host
    known = set(server_hosts(case.providers))
    near = next((name for name in near_hosts(case, side) if name in known), "")
    retired = retired_host(case.providers, host)
    return (
        (retired.provider if retired else None)
        or mx_provider(case, host)
        or provider_of_domain(case.providers, domain_of(case.account.email))
        or provider_of_server(case.providers, host)
        or (provider_of_server(case.providers, near) if near else None)
    )


def _closest(
    provider: Provider, like: Server | ServerDraft, wanted_host: str
) -> list[ProviderServer]:
    """Return the provider's servers for a protocol: the wanted host first, then the likest name."""
    host = like.ascii_host if isinstance(like, Server) else read_host(like.host).ascii_host
    top_level = host.rpartition(".")[2]
    facts = [
        fact
        for fact in provider.servers
        if fact.protocol is like.protocol and fact.port != RELAY_PORT
    ]
    return sorted(
        facts,
        key=lambda fact: (
            fact.host != wanted_host,
            slips(host, fact.host),
            not fact.host.endswith(f".{top_level}"),
        ),
    )


def _documented_server(fact: ProviderServer, like: Server) -> Server:
    return replace(
        like,
        host=fact.host,
        ascii_host=fact.host,
        port=fact.port,
        security=fact.security,
        auth=like.auth if like.auth in fact.auth else fact.auth[0],
    )


def in_place_of_refused(case: Case, role: Role) -> Iterator[Candidate]:
    """Yield documented servers for a side whose values could not be used."""
    draft = case.intake.draft.incoming if role is Role.INCOMING else case.intake.draft.outgoing
    refused = [f for f in case.intake.findings if f.role is role and f.severity is Severity.ERROR]
    if draft is None or not refused:
        return
    email = case.account.email
    because = refused[0].code
    provider = provider_of_typed(read_host(draft.host).ascii_host, case.providers)
    if provider is None and because in _NO_HOST:
        provider = provider_of_domain(case.providers, domain_of(email))
    own_name = "" if holds_control(draft.username) else tidy_text(draft.username)
    for fact in _closest(provider, draft, "") if provider else ():
        like = Server(
            protocol=draft.protocol,
            host=fact.host,
            ascii_host=fact.host,
            port=fact.port,
            security=fact.security,
            auth=draft.auth or AuthMethod.PASSWORD,
            username=own_name or email,
        )
        yield Candidate(
            role,
            _documented_server(fact, like),
            Proof.DOCUMENTED,
            False,
            because,
            source=f"{fact.source}, {fact.date}",
        )
