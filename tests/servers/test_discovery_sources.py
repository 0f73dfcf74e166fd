"""Each source of a search by itself: where it is asked, what it says, how far that is trusted."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace

import pytest
from discovery_stage import (
    DOMAIN,
    EMAIL,
    Asked,
    Web,
    WrongCertificate,
    ask_all,
    drip,
    flood,
    leads_to,
    page,
    question,
)

from mailcheck_gui.discovery.autodiscover_source import NEUTRAL
from mailcheck_gui.discovery.services import ispdb_url
from mailcheck_gui.model.account import AuthMethod, Protocol, Security, Server
from mailcheck_gui.model.discovery import Source, SourceState, Trust
from mailcheck_gui.model.dns import DnsRecord, RecordKind, RecordsOutcome
from mailcheck_gui.model.finding import PreparationStep, Provider, ProviderServer
from mailcheck_gui.network.seam import WebProxy

OWN = f"https://autoconfig.{DOMAIN}/mail/config-v1.1.xml"
WELL_KNOWN = f"https://{DOMAIN}/.well-known/autoconfig/mail/config-v1.1.xml"
ISPDB = f"{ispdb_url()}{DOMAIN}"
DISCOVER = f"https://autodiscover.{DOMAIN}/autodiscover/autodiscover.xml"
PACC = f"https://ua-auto-config.{DOMAIN}/.well-known/user-agent-configuration.json"
IMAP = Server(
    Protocol.IMAP,
    "imap.company.example",
    "imap.company.example",
    993,
    Security.IMPLICIT_TLS,
    username=EMAIL,
)
SMTP = Server(
    Protocol.SMTP,
    "smtp.company.example",
    "smtp.company.example",
    587,
    Security.STARTTLS,
    username=EMAIL,
)
AUTOCONFIG = """<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="company.example">
  <incomingServer type="imap"><hostname>imap.company.example</hostname><port>993</port>
    <socketType>SSL</socketType><authentication>password-cleartext</authentication>
    <username>%EMAILADDRESS%</username></incomingServer>
  <outgoingServer type="smtp"><hostname>smtp.company.example</hostname><port>587</port>
    <socketType>STARTTLS</socketType><authentication>password-cleartext</authentication>
    <username>%EMAILADDRESS%</username></outgoingServer>
  <documentation url="https://company.example/help"><descr>Mail programs</descr></documentation>
</emailProvider></clientConfig>"""


def autodiscover(asked: Asked) -> bytes:
    """Answer as many hosters do: the address of the request is the login name."""
    address = asked.body.decode().partition("<EMailAddress>")[2].partition("<")[0]
    servers = "".join(
        f"<Protocol><Type>{kind}</Type><Server>{kind.lower()}.company.example</Server>"
        f"<Port>{port}</Port><LoginName>{address}</LoginName><SSL>on</SSL>"
        f"<Encryption>{encryption}</Encryption></Protocol>"
        for kind, port, encryption in (("IMAP", 993, "SSL"), ("SMTP", 587, "TLS"))
    )
    return page(_pox(f"<Account><Action>settings</Action>{servers}</Account>"))


def _pox(content: str) -> str:
    return (
        '<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/'
        'responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/'
        f'autodiscover/outlook/responseschema/2006a">{content}</Response></Autodiscover>'
    )


def pacc_records(body: str) -> dict[tuple[str, RecordKind], tuple[DnsRecord, ...]]:
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest())
    text = b"v=UAAC1; a=sha256; d=" + digest
    return {(f"_ua-auto-config.{DOMAIN}", RecordKind.TXT): (DnsRecord(text=text),)}


class TestAutoconfig:
    @pytest.mark.parametrize("url", [OWN, WELL_KNOWN])
    def test_over_https_from_the_own_domain_it_is_secure(self, url: str) -> None:
        found = ask_all(Web({url: page(AUTOCONFIG)}), None, Source.AUTOCONFIG)
        (offer,) = found.offers
        assert (offer.incoming, offer.outgoing) == ((IMAP,), (SMTP,))
        assert (offer.trust, offer.way, offer.url) == (Trust.SECURE, (), url)
        state, sentence = found.said(Source.AUTOCONFIG)[url]
        assert state is SourceState.FOUND
        assert sentence == "It names imap.company.example, smtp.company.example."
        steps = [step for answer in found.answers for step in answer.preparation]
        assert steps == [PreparationStep("Mail programs", "https://company.example/help", url, "")]

    @pytest.mark.parametrize("url", [OWN, WELL_KNOWN])
    def test_over_http_it_is_unverified(self, url: str) -> None:
        plain = url.replace("https:", "http:")
        (offer,) = ask_all(Web({plain: page(AUTOCONFIG)}), None, Source.AUTOCONFIG).offers
        assert (offer.trust, offer.way) == (Trust.UNVERIFIED, ("http",))

    def test_a_redirect_from_http_to_https_is_unverified(self) -> None:
        plain, there = OWN.replace("https:", "http:"), "https://hoster.example/config"
        web = Web({plain: leads_to(there), there: page(AUTOCONFIG)})
        (offer,) = ask_all(web, None, Source.AUTOCONFIG).offers
        assert (offer.trust, offer.way) == (Trust.UNVERIFIED, ("http", "redirect"))
        assert offer.url == there

    def test_a_redirect_from_https_to_https_is_secure(self) -> None:
        there = "https://hoster.example/config"
        web = Web({OWN: leads_to(there), there: page(AUTOCONFIG)})
        (offer,) = ask_all(web, None, Source.AUTOCONFIG).offers
        assert (offer.trust, offer.url) == (Trust.SECURE, there)

    def test_no_request_carries_the_local_part(self) -> None:
        web = Web({OWN: page(AUTOCONFIG), DISCOVER: autodiscover})
        found = ask_all(web)
        assert found.requests
        told = b" ".join(
            [*(r.url.encode() + r.body + str(r.headers).encode() for r in found.requests)]
        )
        assert b"anna" not in told + found.sent
        assert not [name for name in found.names if "anna" in name]
        assert not [name for name, _ in found.record_questions if "anna" in name]

    def test_with_a_yes_the_address_is_told_to_its_own_domain(self) -> None:
        web = Web({OWN: page(AUTOCONFIG)})
        found = ask_all(web, question(share_address=True), Source.AUTOCONFIG)
        asked = [request.url for request in found.requests if request.url.startswith(OWN)]
        assert asked == [f"{OWN}?emailaddress=anna%40company.example"]

    @pytest.mark.parametrize(
        ("body", "words"),
        [
            ("<clientConfig>", "not well-formed"),
            ("<clientConfig/>", "names no mail server"),
            ("<other/>", "begins with other"),
            ("", "empty"),
            ('<!DOCTYPE a [<!ENTITY b "c">]><clientConfig>&b;</clientConfig>', "document type"),
            ("<a>" * 101 + "</a>" * 101, "too many elements"),
        ],
    )
    def test_a_broken_file_is_told(self, body: str, words: str) -> None:
        found = ask_all(Web({OWN: page(body)}), None, Source.AUTOCONFIG)
        state, sentence = found.said(Source.AUTOCONFIG)[OWN]
        assert (state, found.offers) == (SourceState.UNUSABLE, ())
        assert words in sentence

    def test_a_bomb_is_not_expanded(self) -> None:
        levels = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 12))
        bomb = f'<!DOCTYPE b [<!ENTITY l0 "ha">{levels}]><clientConfig>&l11;</clientConfig>'
        found = ask_all(Web({OWN: page(bomb)}), None, Source.AUTOCONFIG)
        assert found.said(Source.AUTOCONFIG)[OWN][0] is SourceState.UNUSABLE

    def test_what_is_left_out_is_counted(self) -> None:
        plain = AUTOCONFIG.replace(">SSL<", ">plain<")
        found = ask_all(Web({OWN: page(plain)}), None, Source.AUTOCONFIG)
        sentence = "It names smtp.company.example. 1 more cannot be used."
        assert found.said(Source.AUTOCONFIG)[OWN] == (SourceState.FOUND, sentence)
        assert found.offers[0].incoming == ()

    @pytest.mark.parametrize("content_type", ["text/html", "application/octet-stream", ""])
    def test_the_content_counts_more_than_its_type(self, content_type: str) -> None:
        web = Web({OWN: page(AUTOCONFIG, content_type=content_type)})
        assert ask_all(web, None, Source.AUTOCONFIG).offers

    def test_a_web_page_is_nothing(self) -> None:
        web = Web({OWN: page("<!DOCTYPE html><html><body>Parked", content_type="text/html")})
        found = ask_all(web, None, Source.AUTOCONFIG)
        state, sentence = found.said(Source.AUTOCONFIG)[OWN]
        assert state is SourceState.NOTHING
        assert sentence == "A web page came in place of settings."

    @pytest.mark.parametrize(
        ("web", "state", "words"),
        [
            (Web({OWN: flood}), SourceState.UNUSABLE, "longer than"),
            (Web({OWN: leads_to(OWN)}), SourceState.UNUSABLE, "back to itself"),
            (Web({OWN: leads_to(OWN[:-1])}), SourceState.NOTHING, "no such file"),
            (Web({OWN: page("", 401)}), SourceState.UNUSABLE, "never sends a password"),
            (Web({OWN: page("", 403)}), SourceState.UNUSABLE, "403"),
            (Web({OWN: page("", 500)}), SourceState.UNUSABLE, "500"),
            (Web({OWN: b"SSH-2.0\r\n"}), SourceState.UNUSABLE, "breaks off"),
            (Web(), SourceState.NOTHING, f"There is no autoconfig.{DOMAIN}."),
            (
                Web(names_fail=frozenset({f"autoconfig.{DOMAIN}"})),
                SourceState.NO_ANSWER,
                "could not be looked up",
            ),
            (
                Web({OWN: page(AUTOCONFIG)}, addresses={f"autoconfig.{DOMAIN}": ("10.0.0.1",)}),
                SourceState.UNUSABLE,
                "no public address",
            ),
            (
                Web(
                    {OWN: page(AUTOCONFIG)},
                    certificates={f"autoconfig.{DOMAIN}": WrongCertificate(names=("x.example",))},
                ),
                SourceState.UNUSABLE,
                "for another name",
            ),
            (
                Web({OWN: page(AUTOCONFIG)}, proxy=WebProxy("http", "proxy.example", 3128)),
                SourceState.NO_ANSWER,
                "proxy.example:3128",
            ),
        ],
    )
    def test_trouble_is_told(self, web: Web, state: SourceState, words: str) -> None:
        found = ask_all(web, None, Source.AUTOCONFIG)
        told = {url: said for url, said in found.said(Source.AUTOCONFIG).items() if OWN in url}
        ((url, (became, sentence)),) = told.items()
        assert became is state
        assert words in f"{sentence} {url}"
        assert not [offer for offer in found.offers if offer.url == OWN]

    def test_a_slow_drip_ends_with_the_time(self) -> None:
        asked = question()
        asked = replace(asked, thresholds=replace(asked.thresholds, web_timeout=0.5))
        found = ask_all(Web({OWN: drip}), asked, Source.AUTOCONFIG)
        assert found.said(Source.AUTOCONFIG)[OWN][0] is SourceState.NO_ANSWER


def test_mozillas_database_learns_the_domain_only() -> None:
    found = ask_all(Web({ISPDB: page(AUTOCONFIG)}), None, Source.ISPDB)
    (offer,) = found.offers
    assert (offer.source, offer.trust) == (Source.ISPDB, Trust.SECURE)
    assert [request.url for request in found.requests] == [ISPDB]


class TestSrv:
    @staticmethod
    def records(
        **services: tuple[DnsRecord, ...],
    ) -> dict[tuple[str, RecordKind], tuple[DnsRecord, ...]]:
        return {
            (f"_{label}._tcp.{DOMAIN}", RecordKind.SRV): records
            for label, records in services.items()
        }

    def test_all_services(self) -> None:
        web = Web(
            records=self.records(
                imaps=(DnsRecord("a.company.example", 1, 0, 993),),
                imap=(DnsRecord("b.company.example", 0, 0, 143),),
                pop3s=(DnsRecord("c.company.example", 0, 0, 9995),),
                submission=(DnsRecord("d.company.example", 0, 0, 587),),
                submissions=(DnsRecord("e.company.example", 0, 0, 465),),
            )
        )
        (offer,) = ask_all(web, None, Source.SRV).offers
        assert (offer.trust, offer.way) == (Trust.UNVERIFIED, ("srv",))
        assert [(s.host[0], s.protocol, s.port, s.security) for s in offer.incoming] == [
            ("a", Protocol.IMAP, 993, Security.IMPLICIT_TLS),
            ("b", Protocol.IMAP, 143, Security.STARTTLS),
            ("c", Protocol.POP3, 9995, Security.IMPLICIT_TLS),
        ]
        assert [s.host[0] for s in offer.outgoing] == ["e", "d"]
        assert {s.username for s in offer.incoming + offer.outgoing} == {EMAIL}

    def test_what_is_not_offered_is_told(self) -> None:
        web = Web(records=self.records(imaps=(DnsRecord(),), imap=(DnsRecord(),)))
        found = ask_all(web, None, Source.SRV)
        assert found.offers == ()
        state, sentence = found.said(Source.SRV)[DOMAIN]
        assert state is SourceState.NOTHING
        assert sentence == f"_imaps._tcp.{DOMAIN} says that the service is not offered."

    @pytest.mark.parametrize(
        "record", [DnsRecord("a b.example", 0, 0, 993), DnsRecord("a.example", 0, 0, 0)]
    )
    def test_a_record_that_names_no_server(self, record: DnsRecord) -> None:
        found = ask_all(Web(records=self.records(imaps=(record,))), None, Source.SRV)
        assert found.offers == ()
        assert found.said(Source.SRV)[DOMAIN][0] is SourceState.NOTHING

    @pytest.mark.parametrize(
        ("outcome", "state"),
        [
            (RecordsOutcome.NOT_FOUND, SourceState.NOTHING),
            (RecordsOutcome.NO_DATA, SourceState.NOTHING),
            (RecordsOutcome.FAILED, SourceState.NO_ANSWER),
            (RecordsOutcome.TIMED_OUT, SourceState.NO_ANSWER),
        ],
    )
    def test_no_records(self, outcome: RecordsOutcome, state: SourceState) -> None:
        web = Web(records={(f"_imap._tcp.{DOMAIN}", RecordKind.SRV): outcome})
        found = ask_all(web, None, Source.SRV)
        assert (found.said(Source.SRV)[DOMAIN][0], found.offers) == (state, ())


class TestAutodiscover:
    def test_without_a_yes_a_neutral_address_is_told(self) -> None:
        found = ask_all(Web({DISCOVER: autodiscover}), None, Source.AUTODISCOVER)
        (offer,) = found.offers
        assert (offer.incoming, offer.outgoing) == ((IMAP,), (SMTP,))
        assert (offer.trust, offer.way) == (Trust.SECURE, ())
        posted = [request for request in found.requests if request.method == "POST"]
        assert {request.headers["content-type"] for request in posted} == {
            "text/xml; charset=utf-8"
        }
        assert all(f"{NEUTRAL}@{DOMAIN}".encode() in request.body for request in posted)

    def test_with_a_yes_the_address_is_told(self) -> None:
        asked = question(share_address=True)
        found = ask_all(Web({DISCOVER: autodiscover}), asked, Source.AUTODISCOVER)
        posted = [request for request in found.requests if request.method == "POST"]
        assert all(EMAIL.encode() in request.body for request in posted)
        assert found.offers[0].incoming == (IMAP,)

    def test_the_redirect_over_http_is_followed_unverified(self) -> None:
        there = "https://hoster.example/autodiscover/autodiscover.xml"
        web = Web({DISCOVER.replace("https:", "http:"): leads_to(there), there: autodiscover})
        found = ask_all(web, None, Source.AUTODISCOVER)
        (offer,) = found.offers
        assert (offer.trust, offer.way) == (Trust.UNVERIFIED, ("http", "redirect"))
        (plain,) = [request for request in found.requests if request.url.startswith("http:")]
        assert (plain.method, plain.body) == ("GET", b"")

    def test_with_a_yes_no_place_that_an_unverified_way_led_to_learns_the_address(self) -> None:
        there = "https://hoster.example/autodiscover/autodiscover.xml"
        service = (f"_autodiscover._tcp.{DOMAIN}", RecordKind.SRV)
        for web in (
            Web({DISCOVER.replace("https:", "http:"): leads_to(there), there: autodiscover}),
            Web({there: autodiscover}, records={service: (DnsRecord("hoster.example", port=443),)}),
        ):
            found = ask_all(web, question(share_address=True), Source.AUTODISCOVER)
            (offer,) = found.offers
            assert (offer.url, offer.trust) == (there, Trust.UNVERIFIED)
            (asked,) = [request for request in found.requests if request.url == there]
            assert f"{NEUTRAL}@{DOMAIN}".encode() in asked.body

    def test_settings_over_http_are_not_taken(self) -> None:
        web = Web({DISCOVER.replace("https:", "http:"): autodiscover})
        assert ask_all(web, None, Source.AUTODISCOVER).offers == ()

    def test_the_srv_record_leads_on_unverified(self) -> None:
        there = "https://hoster.example/autodiscover/autodiscover.xml"
        service = (f"_autodiscover._tcp.{DOMAIN}", RecordKind.SRV)
        web = Web(
            {there: autodiscover}, records={service: (DnsRecord("hoster.example", 0, 0, 443),)}
        )
        (offer,) = ask_all(web, None, Source.AUTODISCOVER).offers
        assert (offer.trust, offer.way, offer.url) == (Trust.UNVERIFIED, ("srv",), there)

    def test_another_address_leads_to_its_domain(self) -> None:
        redirect = (
            "<Account><Action>redirectAddr</Action>"
            f"<RedirectAddr>{NEUTRAL}@hoster.example</RedirectAddr></Account>"
        )
        there = "https://autodiscover.hoster.example/autodiscover/autodiscover.xml"
        web = Web({DISCOVER: page(_pox(redirect)), there: autodiscover})
        found = ask_all(web, None, Source.AUTODISCOVER)
        (offer,) = found.offers
        assert (offer.url, offer.trust) == (there, Trust.SECURE)
        assert offer.incoming == (IMAP,)
        assert found.said(Source.AUTODISCOVER)[DISCOVER][1] == "It leads on to hoster.example."

    @pytest.mark.parametrize(
        ("there", "offers"),
        [
            ("https://hoster.example/x.xml", 1),
            ("http://hoster.example/x.xml", 0),
            ("https://10.0.0.1/x.xml", 0),
            ("nonsense", 0),
        ],
    )
    def test_another_place_is_asked_over_https_only(self, there: str, offers: int) -> None:
        redirect = (
            f"<Account><Action>redirectUrl</Action><RedirectUrl>{there}</RedirectUrl></Account>"
        )
        web = Web({DISCOVER: page(_pox(redirect)), there: autodiscover} if "x.xml" in there
                  else {DISCOVER: page(_pox(redirect))})  # fmt: skip
        assert len(ask_all(web, None, Source.AUTODISCOVER).offers) == offers

    def test_redirects_in_answers_end(self) -> None:
        def next_one(asked: Asked) -> bytes:
            number = int(asked.url.rpartition("/")[2] or 0) if "hoster" in asked.url else 0
            there = f"https://hoster.example/{number + 1}"
            return page(
                _pox(
                    f"<Account><Action>redirectUrl</Action><RedirectUrl>{there}</RedirectUrl>"
                    "</Account>"
                )
            )

        pages = {f"https://hoster.example/{number}": next_one for number in range(50)}
        asked = question()
        found = ask_all(Web({DISCOVER: next_one, **pages}), asked, Source.AUTODISCOVER)
        hops = [request for request in found.requests if "hoster" in request.url]
        assert len(hops) == asked.thresholds.web_redirects

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (
                "<Account><Protocol><Type>EXCH</Type><Server>x</Server></Protocol></Account>",
                "names Exchange only",
            ),
            ("<Error><ErrorCode>600</ErrorCode><Message>No such</Message></Error>", "No such"),
            ("", "names no usable mail server"),
        ],
    )
    def test_what_is_of_no_use_is_told(self, content: str, words: str) -> None:
        found = ask_all(Web({DISCOVER: page(_pox(content))}), None, Source.AUTODISCOVER)
        state, sentence = found.said(Source.AUTODISCOVER)[DISCOVER]
        assert (state, found.offers) == (SourceState.UNUSABLE, ())
        assert words in sentence


class TestPacc:
    BODY = json.dumps(
        {
            "protocols": {
                "imap": {"host": "imap.company.example"},
                "smtp": {"host": "smtp.company.example"},
                "jmap": {"url": "https://company.example/jmap"},
            },
            "authentication": {"password": True},
            "info": {
                "provider": {"name": "Company"},
                "help": {"documentation": "https://company.example/help"},
            },
        }
    )

    def test_a_file_with_its_digest(self) -> None:
        web = Web({PACC: page(self.BODY)}, records=pacc_records(self.BODY))
        found = ask_all(web, None, Source.PACC)
        (offer,) = found.offers
        assert offer.incoming == (IMAP,)
        assert [(s.host, s.port) for s in offer.outgoing] == [("smtp.company.example", 465)]
        assert (offer.trust, offer.way) == (Trust.SECURE, ())
        (step,) = found.answers[0].preparation
        assert (step.text, step.url) == ("Company", "https://company.example/help")

    @pytest.mark.parametrize("records", [{}, pacc_records("something else")])
    def test_a_file_without_its_digest_is_not_taken(self, records) -> None:
        found = ask_all(Web({PACC: page(self.BODY)}, records=records), None, Source.PACC)
        state, sentence = found.said(Source.PACC)[PACC]
        assert (state, found.offers) == (SourceState.UNUSABLE, ())
        assert "digest" in sentence


HOSTER = Provider(
    id="hoster",
    name="Hoster",
    domains=("hoster.example",),
    servers=(
        ProviderServer(
            Protocol.IMAP,
            "imap.hoster.example",
            993,
            Security.IMPLICIT_TLS,
            (AuthMethod.PASSWORD,),
            "its page",
            "2026-03",
        ),
        ProviderServer(
            Protocol.SMTP,
            "smtp.hoster.example",
            465,
            Security.IMPLICIT_TLS,
            (AuthMethod.PASSWORD,),
            "its page",
            "2026-01",
        ),
    ),
    mx_patterns=("mx*.hoster.example",),
    ns_patterns=("ns*.hoster.example",),
    username_forms=((Protocol.IMAP, "local"),),
    preparation=(PreparationStep("Do this.", "", "its page", "2026-03"),),
)


class TestCatalogue:
    def test_by_domain_it_is_secure_and_needs_no_network(self) -> None:
        asked = question("anna@hoster.example", (HOSTER,))
        found = ask_all(Web(), asked, Source.CATALOGUE)
        (offer,) = found.offers
        assert (offer.trust, offer.way, offer.date) == (Trust.SECURE, (), "2026-01")
        assert offer.incoming[0].username == "anna"
        assert offer.outgoing[0].username == "anna@hoster.example"
        assert found.answers[0].preparation == HOSTER.preparation
        assert found.answers[0].provider is HOSTER

    def test_by_mx_it_is_unverified(self) -> None:
        web = Web(
            records={(DOMAIN, RecordKind.MX): (DnsRecord("mx1.hoster.example", 10),)},
        )
        found = ask_all(web, question(providers=(HOSTER,)), Source.MX)
        (offer,) = found.offers
        assert (offer.source, offer.trust, offer.way) == (Source.MX, Trust.UNVERIFIED, ("mx",))
        (answer,) = found.answers
        assert (answer.hosts, answer.provider) == (("mx1.hoster.example",), HOSTER)
        assert found.said(Source.MX)[DOMAIN][1] == "Its mail goes to Hoster."

    def test_by_name_server_it_is_unverified(self) -> None:
        web = Web(records={(DOMAIN, RecordKind.NS): (DnsRecord("ns7.hoster.example"),)})
        found = ask_all(web, question(f"anna@{DOMAIN}", (HOSTER,)), Source.CATALOGUE)
        (offer,) = found.offers
        assert (offer.source, offer.trust, offer.way) == (
            Source.CATALOGUE,
            Trust.UNVERIFIED,
            ("ns",),
        )

    def test_the_name_servers_of_a_host_in_a_domain_are_those_of_the_domain(self) -> None:
        web = Web(records={(DOMAIN, RecordKind.NS): (DnsRecord("ns7.hoster.example"),)})
        asked = question(f"anna@mail.{DOMAIN}", (HOSTER,))
        assert ask_all(web, asked, Source.CATALOGUE).offers

    def test_one_that_nobody_knows(self) -> None:
        found = ask_all(Web(), question(providers=(HOSTER,)), Source.CATALOGUE)
        assert {state for state, _ in found.said(Source.CATALOGUE).values()} == {
            SourceState.NOTHING
        }


MX = {(DOMAIN, RecordKind.MX): (DnsRecord("mx.eu.stranger.example", 10),)}


class TestMailExchanger:
    def test_its_domains_are_asked_unverified(self) -> None:
        full = "https://autoconfig.eu.stranger.example/mail/config-v1.1.xml"
        base = f"{ispdb_url()}stranger.example"
        web = Web({full: page(AUTOCONFIG), base: page(AUTOCONFIG)}, records=MX)
        found = ask_all(web, None, Source.MX)
        assert [(o.source, o.trust, o.way) for o in found.offers] == [
            (Source.AUTOCONFIG, Trust.UNVERIFIED, ("mx",)),
            (Source.ISPDB, Trust.UNVERIFIED, ("mx",)),
        ]
        assert found.answers[0].hosts == ("mx.eu.stranger.example",)

    @pytest.mark.parametrize("agreed", [False, True])
    def test_it_learns_neither_address_nor_domain_even_after_a_yes(self, agreed: bool) -> None:
        full = "https://autoconfig.eu.stranger.example/mail/config-v1.1.xml"
        web = Web({full: page(AUTOCONFIG)}, records=MX)
        found = ask_all(web, question(share_address=agreed), Source.MX)
        assert [r.url for r in found.requests] == [full]
        assert b"company" not in found.requests[0].body

    def test_a_domain_that_takes_no_mail(self) -> None:
        web = Web(records={(DOMAIN, RecordKind.MX): (DnsRecord(),)})
        found = ask_all(web, None, Source.MX)
        state, sentence = found.said(Source.MX)[DOMAIN]
        assert (state, sentence) == (SourceState.NOTHING, f"{DOMAIN} says that it takes no mail.")

    def test_its_own_domain_is_not_asked_twice(self) -> None:
        web = Web(records={(DOMAIN, RecordKind.MX): (DnsRecord(f"mx.{DOMAIN}", 10),)})
        found = ask_all(web, None, Source.MX)
        assert found.answers[0].further == ()

    @pytest.mark.parametrize(
        ("outcome", "state", "sentence"),
        [
            (RecordsOutcome.NOT_FOUND, SourceState.NOTHING, f"DNS knows no {DOMAIN}."),
            (RecordsOutcome.NO_DATA, SourceState.NOTHING, f"{DOMAIN} has no MX record."),
            (
                RecordsOutcome.FAILED,
                SourceState.NO_ANSWER,
                f"The name server gave no answer for {DOMAIN}: SERVFAIL.",
            ),
            (RecordsOutcome.TIMED_OUT, SourceState.NO_ANSWER, "DNS did not answer in time."),
        ],
    )
    def test_no_record(self, outcome: RecordsOutcome, state: SourceState, sentence: str) -> None:
        found = ask_all(Web(records={(DOMAIN, RecordKind.MX): outcome}), None, Source.MX)
        assert found.said(Source.MX)[DOMAIN] == (state, sentence)


def test_everything_at_once() -> None:
    web = Web(
        {
            OWN: page(AUTOCONFIG),
            ISPDB: page(AUTOCONFIG),
            DISCOVER: autodiscover,
            PACC: page(TestPacc.BODY),
        },
        records={
            **pacc_records(TestPacc.BODY),
            (DOMAIN, RecordKind.MX): (DnsRecord("mx1.hoster.example", 10),),
            (f"_imaps._tcp.{DOMAIN}", RecordKind.SRV): (
                DnsRecord("imap.company.example", 0, 0, 993),
            ),
        },
    )
    found = ask_all(web, question(providers=(HOSTER,)))
    assert {offer.source for offer in found.offers} == {
        Source.AUTOCONFIG,
        Source.ISPDB,
        Source.AUTODISCOVER,
        Source.PACC,
        Source.MX,
        Source.SRV,
    }
    secure = {offer.source for offer in found.offers if offer.trust is Trust.SECURE}
    assert secure == {Source.AUTOCONFIG, Source.ISPDB, Source.AUTODISCOVER, Source.PACC}


def test_a_domain_with_umlauts_is_asked_in_a_labels_and_told_as_it_is_read() -> None:
    email, domain = "anna@b\u00fccher.example", "xn--bcher-kva.example"
    own = OWN.replace(DOMAIN, domain)
    found = ask_all(Web({own: page(AUTOCONFIG)}), question(email, domain=domain))
    (offer,) = [offer for offer in found.offers if offer.source is Source.AUTOCONFIG]
    assert {server.username for server in offer.incoming + offer.outgoing} == {email}
    assert all(request.url.isascii() for request in found.requests)
    told = [outcome.outcome.english() for outcome in found.outcomes]
    assert "The catalogue does not know b\u00fccher.example." in told
    assert "There is no autodiscover.b\u00fccher.example." in told


def test_nothing_anywhere_says_so() -> None:
    found = ask_all(Web())
    assert found.offers == ()
    assert {outcome.state for outcome in found.outcomes} == {SourceState.NOTHING}
    assert all(outcome.outcome.english().endswith(".") for outcome in found.outcomes)
    places = [(outcome.source, outcome.asked) for outcome in found.outcomes]
    assert len(places) == len(set(places))
