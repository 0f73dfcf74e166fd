"""Searches that find nothing, are stopped, may send nothing, or are asked for no address."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from find_stage import BOTH_WAYS, DOMAIN, EMAIL, FindStage, autoconfig, searching, web, where
from run_watch import RunWatch

from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.model.account import Security
from mailcheck_gui.model.discovery import (
    CandidateFound,
    Discovery,
    FindEvent,
    FindFinished,
    FindStarted,
    Source,
    SourceChanged,
    SourceState,
)
from mailcheck_gui.model.finding import Proof

MAIL = f"mail.{DOMAIN}"
AUTOCONFIG = f"autoconfig.{DOMAIN}"
HOSTS = {MAIL: BOTH_WAYS, AUTOCONFIG: {443: web(autoconfig(MAIL, MAIL))}}

MOMENTS: dict[str, Callable[[FindEvent], bool]] = {
    "at the start": lambda event: isinstance(event, FindStarted),
    "when a source is asked": lambda event: isinstance(event, SourceChanged),
    "when servers are named": lambda event: isinstance(event, CandidateFound),
    "when one is proven": lambda event: (
        isinstance(event, CandidateFound) and event.candidate.incoming_proof is Proof.HANDSHAKE
    ),
}


def cancelling(
    when: Callable[[FindEvent], bool],
) -> Callable[[FindEvent, asyncio.Task[Discovery]], None]:
    def act(event: FindEvent, task: asyncio.Task[Discovery]) -> None:
        if when(event):
            task.cancel()
            task.cancel()

    return act


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_stopped_search_returns_what_is_known(moment: str) -> None:
    found = FindStage(HOSTS, act=cancelling(MOMENTS[moment])).find()
    assert found.discovery.cancelled
    assert isinstance(found.events[-1], FindFinished)
    assert found.events[-1].discovery is found.discovery
    assert all(outcome.state is not SourceState.ASKING for outcome in found.discovery.tried)


def test_a_search_that_is_stopped_late_keeps_what_was_proven() -> None:
    act = cancelling(MOMENTS["when one is proven"])
    found = FindStage(HOSTS, act=act).find()
    assert found.best.incoming_proof is Proof.HANDSHAKE


def test_dead_dns_ends_in_time_with_what_each_source_said(run_watch: RunWatch) -> None:
    found = FindStage({}, silent_dns=True, thresholds=searching(find_timeout=3.0)).find()
    assert found.discovery.candidates == ()
    assert not found.discovery.cancelled
    asked = [outcome for outcome in found.discovery.tried if outcome.source is not Source.CATALOGUE]
    assert {outcome.source for outcome in asked} == set(Source) - {Source.CATALOGUE}
    assert all(outcome.state is not SourceState.FOUND for outcome in asked)
    assert all(outcome.outcome.english() for outcome in asked)
    (watched,) = run_watch.searches.searches
    assert watched.network.sent == []


def test_what_is_usual_is_suggested_where_nothing_is_found() -> None:
    found = FindStage({}).find().discovery
    assert found.names_lead_nowhere
    imap, pop3 = found.suggestions
    assert where(imap.incoming) == (f"imap.{DOMAIN}", 993)
    assert where(imap.outgoing) == (f"smtp.{DOMAIN}", 465)
    assert where(pop3.incoming) == (f"pop.{DOMAIN}", 995)
    assert imap.incoming is not None
    assert imap.incoming.security is Security.IMPLICIT_TLS
    assert imap.incoming.username == EMAIL


def test_a_name_that_leads_somewhere_is_suggested_before_one_that_does_not() -> None:
    found = FindStage({MAIL: {443: web("hello")}}).find()
    assert not found.discovery.names_lead_nowhere
    assert [where(likely.incoming) for likely in found.discovery.suggestions] == [
        (MAIL, 993),
        (MAIL, 995),
    ]


def test_a_web_site_makes_no_usual_name_of_a_mail_server_lead_anywhere() -> None:
    found = FindStage({DOMAIN: {443: web("hello")}}).find()
    assert found.discovery.names_lead_nowhere
    assert found.discovery.suggestions


def test_in_a_domain_that_does_not_exist_nothing_is_suggested() -> None:
    found = FindStage({}, no_domain=True).find().discovery
    assert found.no_such_domain
    assert found.domain == DOMAIN
    assert found.suggestions == ()


def test_a_name_that_leads_somewhere_proves_the_domain() -> None:
    found = FindStage({MAIL: {443: web("hello")}}, no_domain=True).find().discovery
    assert not found.no_such_domain
    assert found.suggestions


def test_where_dns_does_not_answer_the_domain_may_exist() -> None:
    limits = searching(find_timeout=3.0)
    found = FindStage({}, silent_dns=True, no_domain=True, thresholds=limits).find().discovery
    assert not found.no_such_domain
    assert not found.names_lead_nowhere
    assert found.suggestions


def test_an_offline_search_sends_nothing(run_watch: RunWatch) -> None:
    found = FindStage(HOSTS).find("annabel@gmail.com", FindOptions(offline=True))
    (watched,) = run_watch.searches.searches
    assert watched.network.names == []
    assert watched.network.sent == []
    assert found.best.source is Source.CATALOGUE
    assert found.best.incoming_proof is Proof.DOCUMENTED
    assert found.best.trouble is None
    others = [o for o in found.discovery.tried if o.source is not Source.CATALOGUE]
    assert {outcome.state for outcome in others} == {SourceState.NOT_ASKED}


def test_an_unknown_domain_offline_has_suggestions_only() -> None:
    found = FindStage(HOSTS).find(options=FindOptions(offline=True))
    assert found.discovery.candidates == ()
    assert len(found.discovery.suggestions) == 2
    assert not found.discovery.names_lead_nowhere


@pytest.mark.parametrize("email", ["", "annabel", "a@b@c.example", "a@[192.0.2.1]", "a" * 700])
def test_what_is_no_address_finds_nothing_and_asks_nobody(email: str, run_watch: RunWatch) -> None:
    found = FindStage(HOSTS).find(email)
    assert [type(event) for event in found.events] == [FindFinished]
    assert found.discovery.candidates == found.discovery.suggestions == ()
    assert run_watch.searches.searches == []


def test_an_address_with_a_name_and_umlauts_is_cleaned() -> None:
    host = "mail.xn--bcher-kva.example"
    found = FindStage({host: BOTH_WAYS}).find("Anna B <annabel@Bücher.example>")
    assert found.discovery.email == "annabel@bücher.example"
    assert found.best.incoming is not None
    assert found.best.incoming.ascii_host == host
    assert found.best.incoming.host == "mail.bücher.example"


def test_a_name_that_names_hundreds_of_servers_is_asked_for_a_few() -> None:
    one = (
        "<incomingServer type='imap'><hostname>m{n}.host.example</hostname><port>993</port>"
        "<socketType>SSL</socketType><authentication>password-cleartext</authentication>"
        "<username>%EMAILADDRESS%</username></incomingServer>"
    )
    many = "".join(one.format(n=n) for n in range(300))
    file = (
        f"<clientConfig version='1.1'><emailProvider id='x'>{many}</emailProvider></clientConfig>"
    )
    found = FindStage({AUTOCONFIG: {443: web(file)}}).find()
    names = {o.asked for o in found.of(Source.AUTOCONFIG) if "host.example" in o.asked}
    assert len(names) <= 4


def test_dead_dns_is_told_apart_from_names_that_lead_nowhere() -> None:
    limits = searching(find_timeout=20.0, resolve_timeout=0.2, records_timeout=0.2, web_timeout=0.2)
    dead = FindStage({}, silent_dns=True, thresholds=limits).find()
    (outcome,) = dead.of(Source.GUESS)
    assert outcome.state is SourceState.NO_ANSWER
    assert "could not be looked up" in outcome.outcome.english()
    assert "leads anywhere" in FindStage({}).find().said(Source.GUESS)
