"""Searches on a made-up internet: each source alone, together, and contradicting each other."""

from __future__ import annotations

import ssl

import pytest
from engine_stage import Behind, speaking
from find_stage import (
    BOTH_WAYS,
    DOMAIN,
    EMAIL,
    IMAP,
    INCOMING,
    OUTGOING,
    POP3,
    SMTP,
    FindStage,
    autoconfig,
    searching,
    web,
    where,
)

from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.discovery import CandidateFound, Source, SourceState, Trust
from mailcheck_gui.model.dns import DnsRecord, RecordKind
from mailcheck_gui.model.finding import Proof
from mailcheck_gui.practice.servers import Door
from mailcheck_gui.practice.wire import Wire

MAIL = f"mail.{DOMAIN}"
AUTOCONFIG = f"autoconfig.{DOMAIN}"
ISPDB = "autoconfig.thunderbird.net"
HANDSHAKE = Proof.HANDSHAKE


def named(incoming: str = MAIL, outgoing: str = MAIL, **more: object) -> dict[int, Behind]:
    """Return a web server with an autoconfig file."""
    return {443: web(autoconfig(incoming, outgoing, **more))}  # type: ignore[arg-type]


def srv(label: str, host: str, port: int) -> tuple[tuple[str, RecordKind], tuple[DnsRecord, ...]]:
    return (f"{label}._tcp.{DOMAIN}", RecordKind.SRV), (DnsRecord(host, port=port),)


def certified_for(host: str) -> dict[int, Behind]:
    """Return servers whose certificate is for one name, whatever they are called."""
    return {
        993: speaking(IMAP, implicit=True, certificate_names=(host,)),
        995: speaking(POP3, implicit=True, certificate_names=(host,)),
        465: speaking(SMTP, implicit=True, certificate_names=(host,)),
    }


def test_autoconfig_over_https_is_secure_and_proven() -> None:
    found = FindStage(
        {
            "imap.host.example": INCOMING,
            "out.host.example": OUTGOING,
            AUTOCONFIG: named("imap.host.example", "out.host.example"),
        }
    ).find()
    best = found.best
    assert (best.source, best.trust) == (Source.AUTOCONFIG, Trust.SECURE)
    assert where(best.incoming) == ("imap.host.example", 993)
    assert where(best.outgoing) == ("out.host.example", 465)
    assert best.incoming_proof is best.outgoing_proof is HANDSHAKE
    assert best.url == f"https://{AUTOCONFIG}/mail/config-v1.1.xml"
    assert best.incoming is not None
    assert best.incoming.username == EMAIL


def test_autoconfig_over_http_alone_is_unverified() -> None:
    file = web(autoconfig("imap.host.example", "imap.host.example"), secure=False)
    found = FindStage({"imap.host.example": BOTH_WAYS, AUTOCONFIG: {80: file}}).find()
    assert (found.best.trust, found.best.way) == (Trust.UNVERIFIED, ("http",))
    assert found.best.incoming_proof is HANDSHAKE


def test_srv_records_are_unverified() -> None:
    records = dict(
        [srv("_imaps", "imap.host.example", 993), srv("_submissions", "imap.host.example", 465)]
    )
    found = FindStage({"imap.host.example": BOTH_WAYS}, records=records).find()
    assert (found.best.source, found.best.trust) == (Source.SRV, Trust.UNVERIFIED)
    assert found.best.outgoing_proof is HANDSHAKE


def test_the_usual_names_are_guessed_and_proven() -> None:
    found = FindStage({f"imap.{DOMAIN}": INCOMING, f"smtp.{DOMAIN}": OUTGOING}).find()
    (first,) = found.discovery.candidates
    assert (first.source, first.trust, first.way) == (Source.GUESS, Trust.UNVERIFIED, ("guess",))
    assert where(first.incoming) == (f"imap.{DOMAIN}", 993)
    assert where(first.outgoing) == (f"smtp.{DOMAIN}", 465)
    assert first.incoming_proof is first.outgoing_proof is HANDSHAKE


def test_imap_comes_before_pop3_and_both_are_offered() -> None:
    found = FindStage({MAIL: BOTH_WAYS}).find()
    protocols = [c.incoming.protocol for c in found.discovery.candidates if c.incoming]
    assert protocols == [IMAP, POP3]


def test_a_domain_with_only_pop3() -> None:
    ports: dict[int, Behind] = {110: speaking(POP3), 587: speaking(SMTP)}
    found = FindStage({f"pop.{DOMAIN}": ports, f"smtp.{DOMAIN}": ports}).find()
    assert [where(c.incoming) for c in found.discovery.candidates] == [(f"pop.{DOMAIN}", 110)]
    assert where(found.best.outgoing) == (f"smtp.{DOMAIN}", 587)


def test_the_proven_guess_wins_over_a_stale_file_which_is_named() -> None:
    stale = named("imap.gone.example", "smtp.gone.example")
    found = FindStage({MAIL: BOTH_WAYS, AUTOCONFIG: stale}).find()
    assert found.best.source is Source.GUESS
    last = found.discovery.candidates[-1]
    assert (last.source, last.incoming_proof) == (Source.AUTOCONFIG, None)
    assert last.trouble is not None
    assert "imap.gone.example does not exist." in found.said(Source.AUTOCONFIG)
    states = {outcome.asked: outcome.state for outcome in found.of(Source.AUTOCONFIG)}
    assert states["imap.gone.example:993"] is SourceState.UNUSABLE


def test_equal_servers_of_several_sources_are_one_candidate() -> None:
    records = dict([srv("_imaps", MAIL, 993), srv("_submissions", MAIL, 465)])
    found = FindStage({MAIL: BOTH_WAYS, AUTOCONFIG: named()}, records=records).find()
    same = [c for c in found.discovery.candidates if where(c.incoming) == (MAIL, 993)]
    assert len(same) == 1
    assert (same[0].source, same[0].trust) == (Source.AUTOCONFIG, Trust.SECURE)
    assert {Source.SRV, Source.GUESS} <= set(same[0].also)


def test_a_proven_outgoing_server_of_another_source_says_where_it_is_from() -> None:
    half = named("imap.host.example", "smtp.gone.example")
    stage = FindStage({"imap.host.example": INCOMING, MAIL: OUTGOING, AUTOCONFIG: half})
    best = stage.find().best
    assert where(best.incoming) == ("imap.host.example", 993)
    assert where(best.outgoing) == (MAIL, 465)
    assert best.origin(Role.INCOMING).source is Source.AUTOCONFIG
    assert best.origin(Role.OUTGOING).source is Source.GUESS
    assert best.origin(Role.INCOMING).trust is Trust.SECURE
    assert best.trust is best.origin(Role.OUTGOING).trust is Trust.UNVERIFIED
    assert best.outgoing_from is not None


def test_the_weaker_way_of_two_sides_is_that_of_the_pair() -> None:
    half = named("imap.host.example", "smtp.gone.example")
    records = dict([srv("_submissions", "out.host.example", 465)])
    hosts = {"imap.host.example": INCOMING, "out.host.example": OUTGOING, AUTOCONFIG: half}
    best = FindStage(hosts, records=records).find().best
    assert where(best.outgoing) == ("out.host.example", 465)
    assert best.trust is Trust.UNVERIFIED
    assert best.origin(Role.INCOMING).trust is Trust.SECURE
    assert best.origin(Role.OUTGOING).trust is Trust.UNVERIFIED


def test_a_secure_source_comes_before_a_stronger_guess() -> None:
    ports: dict[int, Behind] = {143: speaking(IMAP), 587: speaking(SMTP)}
    file = web(
        autoconfig("a.host.example", "a.host.example", port=143, smtp_port=587).replace(
            "<socketType>SSL", "<socketType>STARTTLS"
        )
    )
    hosts = {"a.host.example": ports, AUTOCONFIG: {443: file}, MAIL: BOTH_WAYS}
    found = FindStage(hosts).find()
    assert (found.best.source, found.best.trust) == (Source.AUTOCONFIG, Trust.SECURE)
    assert Source.GUESS in {candidate.source for candidate in found.discovery.candidates}


def test_a_proven_guess_comes_before_what_only_dns_names() -> None:
    records = dict(
        [srv("_imaps", "b.host.example", 993), srv("_submissions", "b.host.example", 465)]
    )
    found = FindStage({"b.host.example": BOTH_WAYS, MAIL: BOTH_WAYS}, records=records).find()
    imap = [c.source for c in found.discovery.candidates if c.incoming and c.incoming.port == 993]
    assert imap == [Source.GUESS, Source.SRV]


def test_a_guess_does_not_end_the_search_before_a_better_answer() -> None:
    stage = FindStage(
        {MAIL: BOTH_WAYS, ISPDB: {443: mute}},
        thresholds=searching(find_patience=0.0, web_timeout=1.0),
    )
    found = stage.find()
    assert found.best.source is Source.GUESS
    assert "until the search ended" not in found.said(Source.ISPDB)


def test_steps_come_only_from_an_answer_that_came_on_a_secure_way() -> None:
    step = (
        f'<enable visiturl="https://help.{DOMAIN}/"><instruction>Switch IMAP on.</instruction>'
        "</enable></emailProvider>"
    )
    file = autoconfig("imap.host.example", "imap.host.example")
    told = file.replace("</emailProvider>", step)
    mail = {"imap.host.example": BOTH_WAYS}
    plain = {80: web(told, secure=False)}
    secure = FindStage({**mail, AUTOCONFIG: {443: web(told)}}).find()
    assert [each.text for each in secure.discovery.preparation] == ["Switch IMAP on."]
    for ports in (plain, {443: web(file), **plain}):
        unverified = FindStage({**mail, AUTOCONFIG: ports}).find()
        assert unverified.best.incoming_proof is HANDSHAKE
        assert unverified.discovery.preparation == ()


def test_a_secure_source_comes_before_a_stronger_unverified_one() -> None:
    secure = {443: web(autoconfig("a.host.example", "a.host.example", port=993))}
    ports: dict[int, Behind] = {993: speaking(IMAP, implicit=True), 465: OUTGOING[465]}
    records = dict(
        [srv("_imaps", "b.host.example", 993), srv("_submissions", "b.host.example", 465)]
    )
    hosts = {"a.host.example": ports, "b.host.example": ports, AUTOCONFIG: secure}
    found = FindStage(hosts, records=records).find()
    assert [where(c.incoming) for c in found.discovery.candidates] == [
        ("a.host.example", 993),
        ("b.host.example", 993),
    ]


def test_mail_at_a_provider_is_known_by_its_mail_exchanger() -> None:
    exchanger = {(DOMAIN, RecordKind.MX): (DnsRecord("aspmx.l.google.com", priority=1),)}
    hosts: dict[str, dict[int, Behind]] = {
        "imap.gmail.com": INCOMING,
        "pop.gmail.com": INCOMING,
        "smtp.gmail.com": OUTGOING,
    }
    found = FindStage(hosts, records=exchanger).find()
    assert (found.best.source, found.best.trust) == (Source.MX, Trust.UNVERIFIED)
    assert where(found.best.incoming) == ("imap.gmail.com", 993)
    assert found.best.incoming_proof is HANDSHAKE
    assert found.discovery.provider is not None
    assert found.discovery.provider.id == "gmail"
    assert found.discovery.preparation


def test_what_the_catalogue_says_is_documented_where_nothing_answers() -> None:
    found = FindStage({}).find("annabel@gmail.com")
    assert found.best.source is Source.CATALOGUE
    assert found.best.incoming_proof is Proof.DOCUMENTED
    assert found.best.trouble is not None


def test_what_the_catalogue_says_and_proves_spares_the_guess() -> None:
    hosts: dict[str, dict[int, Behind]] = {
        "imap.gmail.com": INCOMING,
        "smtp.gmail.com": OUTGOING,
        "mail.gmail.com": BOTH_WAYS,
    }
    found = FindStage(hosts).find("annabel@gmail.com")
    assert found.best.incoming_proof is HANDSHAKE
    assert [outcome.state for outcome in found.of(Source.GUESS)] == [SourceState.NOT_ASKED]
    assert found.connections("mail.gmail.com") == 0


def test_a_certificate_of_the_own_domain_leads_to_its_name() -> None:
    certified = certified_for(MAIL)
    hosts = {f"imap.{DOMAIN}": certified, MAIL: certified}
    same = {f"imap.{DOMAIN}": ("203.0.113.9",), MAIL: ("203.0.113.9",)}
    found = FindStage(hosts, addresses=same).find()
    assert where(found.best.incoming) == (MAIL, 993)
    assert (found.best.trust, found.best.way) == (Trust.UNVERIFIED, ("guess",))


def test_a_shared_host_is_found_by_its_certificate_and_is_unverified() -> None:
    shared = "s7.hoster.example"
    certified = certified_for(shared)
    hosts = {MAIL: certified, shared: certified}
    same = {MAIL: ("203.0.113.9",), shared: ("203.0.113.9",)}
    exchanger = {(DOMAIN, RecordKind.MX): (DnsRecord("mx.hoster.example", priority=1),)}
    found = FindStage(hosts, addresses=same, records=exchanger).find()
    assert where(found.best.incoming) == (shared, 993)
    assert found.best.trust is Trust.UNVERIFIED
    assert "certificate" in found.best.way


def test_a_certificate_of_strangers_leads_nowhere() -> None:
    stranger = "s7.stranger.example"
    certified = certified_for(stranger)
    hosts = {MAIL: certified, stranger: certified}
    found = FindStage(hosts).find()
    assert found.discovery.candidates == ()
    assert found.connections(stranger) == 0


def test_wildcard_dns_is_recognised_and_proves_nothing() -> None:
    found = FindStage({"web.example": {443: web("hello")}}, wildcard="203.0.113.1").find()
    assert found.discovery.candidates == ()
    assert "Every name of shop.example leads somewhere" in found.said(Source.GUESS)


@pytest.mark.parametrize("address", ["192.168.1.7", "127.0.0.1", "fd00::7"])
def test_names_that_lead_into_a_private_network_are_left_alone(address: str) -> None:
    stage = FindStage(
        {"inside.example": BOTH_WAYS, AUTOCONFIG: named("inside.example", "inside.example")},
        addresses={"inside.example": (address,)},
    )
    found = stage.find()
    assert found.connections("inside.example") == 0
    assert "private network" in found.said(Source.AUTOCONFIG)


def test_the_own_domain_may_stand_in_a_private_network() -> None:
    found = FindStage({MAIL: BOTH_WAYS}, addresses={MAIL: ("192.168.1.7",)}).find()
    assert where(found.best.incoming) == (MAIL, 993)


async def mute(wire: Wire, _context: ssl.SSLContext) -> None:
    await wire.wait_for_end()


def test_a_secure_answer_does_not_wait_for_a_silent_source() -> None:
    # Names that nobody guesses, so that nothing else can end the wait.
    file = named("imap.host.example", "imap.host.example")
    hosts = {"imap.host.example": BOTH_WAYS, AUTOCONFIG: file, ISPDB: {443: mute}}
    stage = FindStage(hosts, thresholds=searching(find_patience=0.05, web_timeout=60.0))
    found = stage.find()
    assert found.best.source is Source.AUTOCONFIG
    assert "No answer until the search ended." in found.said(Source.ISPDB)


def test_candidates_are_told_before_the_end() -> None:
    found = FindStage({MAIL: BOTH_WAYS, AUTOCONFIG: named()}).find()
    told = [event.candidate for event in found.events if isinstance(event, CandidateFound)]
    assert told[0].incoming_proof is None
    assert found.best in told


def test_the_address_is_told_only_where_that_was_agreed() -> None:
    hosts: dict[str, dict[int, Behind]] = {MAIL: BOTH_WAYS, AUTOCONFIG: named()}
    quiet = FindStage(hosts).find()
    heard = b"".join(bytes(h.inside_tls) for h in quiet.heard[AUTOCONFIG, 443])
    assert b"annabel" not in heard
    shared = FindStage(hosts).find(options=FindOptions(share_address=True))
    heard = b"".join(bytes(h.inside_tls) for h in shared.heard[AUTOCONFIG, 443])
    assert b"annabel" in heard


def test_only_the_sources_that_are_wanted_are_asked() -> None:
    hosts: dict[str, dict[int, Behind]] = {MAIL: BOTH_WAYS, AUTOCONFIG: named()}
    found = FindStage(hosts).find(options=FindOptions(sources=frozenset({Source.GUESS})))
    assert found.best.source is Source.GUESS
    assert found.connections(AUTOCONFIG) == 0
    assert {o.state for o in found.of(Source.AUTOCONFIG)} == {SourceState.NOT_ASKED}


def test_a_blocked_port_is_said_to_give_no_answer() -> None:
    file = named("imap.host.example", "imap.host.example")
    ports: dict[int, Behind] = {993: Door.BLOCKED, 465: OUTGOING[465]}
    found = FindStage({"imap.host.example": ports, AUTOCONFIG: file}).find()
    assert "does not answer on port 993" in found.said(Source.AUTOCONFIG)
    assert found.best.outgoing_proof is HANDSHAKE
