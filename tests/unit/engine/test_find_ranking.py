"""The order of candidates, and how offers come to be pairs."""

from __future__ import annotations

from itertools import permutations

import pytest

from mailcheck_gui.diagnosis.found_servers import Judgement
from mailcheck_gui.discovery.answer import Offer
from mailcheck_gui.engine.find_ranking import MOST_CANDIDATES, is_settled, rank
from mailcheck_gui.model.account import Protocol, Role, Security, Server
from mailcheck_gui.model.discovery import Source, Trust
from mailcheck_gui.model.finding import Proof, message

IMAP, POP3, SMTP = Protocol.IMAP, Protocol.POP3, Protocol.SMTP
SSL, STARTTLS = Security.IMPLICIT_TLS, Security.STARTTLS
PORTS = {
    (IMAP, SSL): 993, (IMAP, STARTTLS): 143, (POP3, SSL): 995, (POP3, STARTTLS): 110,
    (SMTP, SSL): 465, (SMTP, STARTTLS): 587,
}  # fmt: skip


def server(protocol: Protocol, host: str, security: Security = SSL) -> Server:
    return Server(protocol, host, host, PORTS[protocol, security], security)


def offer(
    source: Source, host: str, security: Security = SSL, trust: Trust = Trust.SECURE, **more: str
) -> Offer:
    return Offer(
        source,
        (server(IMAP, host, security),),
        (server(SMTP, host, security),),
        trust,
        url=more.get("url", f"https://{host}"),
        date=more.get("date", ""),
        way=() if trust is Trust.SECURE else ("srv",),
    )


def proven(one: Server) -> Judgement:
    return Judgement(one, Proof.HANDSHAKE, reached=True)


def dead(one: Server) -> Judgement:
    return Judgement(one, trouble=message("{host} does not exist.", host=one.host))


def unknown(one: Server) -> Judgement:
    return Judgement(one)


def alive(*hosts: str):  # type: ignore[no-untyped-def]
    return lambda one: proven(one) if one.host in hosts else dead(one)


def hosts(*offers: Offer, judge=proven) -> list[str]:  # type: ignore[no-untyped-def]
    return [c.incoming.host for c in rank(offers, judge) if c.incoming]


LADDER = (
    offer(Source.CATALOGUE, "best.example"),
    offer(Source.AUTOCONFIG, "next.example"),
    offer(Source.CATALOGUE, "starttls.example", STARTTLS),
    offer(Source.AUTOCONFIG, "starttls-next.example", STARTTLS),
    offer(Source.SRV, "unverified.example", trust=Trust.UNVERIFIED),
    offer(Source.MX, "unverified-next.example", trust=Trust.UNVERIFIED),
)


@pytest.mark.parametrize("order", list(permutations(range(len(LADDER))))[::37])
def test_the_order_does_not_depend_on_who_answers_first(order: tuple[int, ...]) -> None:
    expected = [o.incoming[0].host for o in LADDER]
    assert hosts(*(LADDER[place] for place in order)) == expected


def test_proof_comes_before_everything_else() -> None:
    stale = offer(Source.CATALOGUE, "stale.example")
    proved = offer(Source.SRV, "live.example", STARTTLS, Trust.UNVERIFIED)
    assert hosts(stale, proved, judge=alive("live.example")) == ["live.example", "stale.example"]


def test_imap_comes_before_pop3_even_with_weaker_encryption() -> None:
    both = Offer(
        Source.AUTOCONFIG,
        (server(POP3, "a.example"), server(IMAP, "a.example", STARTTLS)),
        (server(SMTP, "a.example"),),
        Trust.SECURE,
        url="https://a.example",
    )
    assert [c.incoming.protocol for c in rank((both,), proven) if c.incoming] == [IMAP, POP3]


def test_a_proven_pop3_comes_before_a_dead_imap() -> None:
    both = Offer(
        Source.AUTOCONFIG,
        (server(IMAP, "dead.example"), server(POP3, "a.example")),
        (server(SMTP, "a.example"),),
        Trust.SECURE,
        url="https://a.example",
    )
    assert hosts(both, judge=alive("a.example")) == ["a.example", "dead.example"]


def test_within_an_offer_the_strongest_proven_server_is_taken() -> None:
    one = Offer(
        Source.AUTOCONFIG,
        (server(IMAP, "a.example", STARTTLS), server(IMAP, "a.example")),
        (server(SMTP, "a.example", STARTTLS), server(SMTP, "dead.example")),
        Trust.SECURE,
        url="https://a.example",
    )
    (best,) = rank((one,), alive("a.example"))
    assert best.incoming == server(IMAP, "a.example")
    assert best.outgoing == server(SMTP, "a.example", STARTTLS)


def test_facts_that_ship_are_documented_until_a_server_says_otherwise() -> None:
    shipped = offer(Source.CATALOGUE, "known.example", url="", date="2026-03")
    (unreached,) = rank((shipped,), dead)
    assert unreached.incoming_proof is Proof.DOCUMENTED
    (other,) = rank((shipped,), lambda one: Judgement(one, trouble=message("No."), reached=True))
    assert other.incoming_proof is None


def test_what_was_read_elsewhere_is_never_documented() -> None:
    (candidate,) = rank((offer(Source.AUTOCONFIG, "a.example", date="2026-03"),), dead)
    assert candidate.incoming_proof is None


def test_one_side_from_another_source_keeps_its_own_provenance() -> None:
    mine = Offer(
        Source.AUTOCONFIG,
        (server(IMAP, "in.example"),),
        (server(SMTP, "dead.example"),),
        Trust.SECURE,
        url="https://a.example",
    )
    other = offer(Source.SRV, "out.example", trust=Trust.UNVERIFIED)
    best = rank((mine, other), alive("in.example", "out.example"))[0]
    mixed = next(
        c
        for c in rank((mine, other), alive("in.example", "out.example"))
        if c.source is Source.AUTOCONFIG
    )
    assert best.incoming is not None
    assert mixed.outgoing == server(SMTP, "out.example")
    assert mixed.trust is Trust.UNVERIFIED
    assert mixed.origin(Role.INCOMING).trust is Trust.SECURE
    assert mixed.origin(Role.OUTGOING).source is Source.SRV


def test_a_proven_outgoing_server_of_the_same_source_stays() -> None:
    first = offer(Source.AUTOCONFIG, "a.example", STARTTLS)
    second = offer(Source.CATALOGUE, "b.example")
    own = next(c for c in rank((first, second), proven) if c.source is Source.AUTOCONFIG)
    assert own.outgoing == server(SMTP, "a.example", STARTTLS)
    assert own.outgoing_from is None


def test_sources_that_agree_are_one_candidate_of_the_best() -> None:
    agreeing = [offer(source, "a.example") for source in (Source.GUESS, Source.ISPDB)]
    agreeing.append(offer(Source.SRV, "a.example", trust=Trust.UNVERIFIED))
    (candidate,) = rank(agreeing, proven)
    assert (candidate.source, candidate.trust) == (Source.ISPDB, Trust.SECURE)
    assert set(candidate.also) == {Source.GUESS, Source.SRV}


def test_a_sending_service_is_a_candidate_with_one_side() -> None:
    sending = Offer(
        Source.CATALOGUE, (), (server(SMTP, "out.example"),), Trust.SECURE, date="2026-03"
    )
    (candidate,) = rank((sending,), proven)
    assert candidate.incoming is None
    assert candidate.outgoing_proof is Proof.HANDSHAKE


def test_nothing_is_settled_by_an_unverified_way_or_half_a_proof() -> None:
    assert is_settled(rank((offer(Source.AUTOCONFIG, "a.example"),), proven))
    assert not is_settled(())
    assert not is_settled(rank((offer(Source.AUTOCONFIG, "a.example"),), unknown))
    unverified = offer(Source.SRV, "a.example", trust=Trust.UNVERIFIED)
    assert not is_settled(rank((unverified,), proven))
    half = Offer(Source.GUESS, (server(IMAP, "a.example"),), (), Trust.SECURE)
    assert not is_settled(rank((half,), proven))


def test_a_flood_of_offers_is_cut() -> None:
    many = [offer(Source.AUTOCONFIG, f"m{number}.example") for number in range(50)]
    assert len(rank(many, proven)) == MOST_CANDIDATES
