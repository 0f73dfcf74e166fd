"""Fetching an issuer's certificate: what is asked, what never is, and what is made of it."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from network_certificates import Issued, issue
from network_servers import Handler, serving
from test_http_exchange import answering

from mailcheck_gui.model.addresses import is_ip_literal
from mailcheck_gui.model.observation import (
    ConnectObservation,
    ConnectOutcome,
    NameObservation,
    NameOutcome,
)
from mailcheck_gui.network.aia import (
    CERTIFICATES_LIMIT,
    FoundIssuers,
    fetch_issuers,
    read_certificates,
)
from mailcheck_gui.network.connection import open_connection
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connected
from mailcheck_gui.network.trust import verifying_context
from mailcheck_gui.network.web_place import WebPlace, read_place

PLACE = "issuers.example.test"
URL = f"http://{PLACE}/between.der"
V4, V6 = "203.0.113.7", "2001:db8::7"
LIMIT = 65536


@dataclass
class OneHost:
    """A network with one host; `live` are its addresses that lead to the loopback port."""

    port: int
    addresses: tuple[str, ...] = (V4,)
    live: tuple[str, ...] = (V4, V6)
    roots: str = ""
    tried: list[tuple[str, int]] = field(default_factory=list)

    async def resolve(self, host: str, _deadline: Deadline) -> NameObservation:
        if is_ip_literal(host):
            return NameObservation(host, NameOutcome.LITERAL, (host,))
        known = host == PLACE and self.addresses
        outcome = NameOutcome.FOUND if known else NameOutcome.NOT_FOUND
        return NameObservation(host, outcome, self.addresses if known else ())

    async def connect(
        self, address: str, port: int, deadline: Deadline
    ) -> Connected | ConnectObservation:
        self.tried.append((address, port))
        if address not in self.live:
            return ConnectObservation(ConnectOutcome.CLOSED)
        return await open_connection("127.0.0.1", self.port, deadline)

    def client_context(self, **_choices: bool) -> ssl.SSLContext:
        context = verifying_context()
        context.load_verify_locations(cadata=self.roots)
        return context


def fetch(network: OneHost, url: str = URL, seconds: float = 5.0) -> FoundIssuers:
    return asyncio.run(fetch_issuers(network, url, LIMIT, Deadline.after(seconds)))


def page(body: bytes, status: str = "200 OK", more: str = "") -> Handler:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return answering(head.encode() + body)


@pytest.fixture(scope="module")
def between(authority: Issued) -> Issued:
    return issue(authority, common_name="Between", authority=True)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (URL, WebPlace("http", PLACE, 80, "/between.der")),
        ("https://a.test/x?y=1#z", WebPlace("https", "a.test", 443, "/x?y=1")),
        ("HTTP://A.Test", WebPlace("http", "a.test", 80, "/")),
        ("http://a.test:443/x", WebPlace("http", "a.test", 443, "/x")),
        ("http://[2001:db8::1]/x", WebPlace("http", "2001:db8::1", 80, "/x")),
        ("http://203.0.113.7/x", WebPlace("http", "203.0.113.7", 80, "/x")),
        ("ldap://a.test/x", None),
        ("file:///etc/passwd", None),
        ("ftp://a.test/x", None),
        ("//a.test/x", None),
        ("http://a.test:25/x", None),
        ("http://a.test:0/x", None),
        ("http://a.test:99999/x", None),
        ("http://user:pw@a.test/x", None),
        ("http://localhost/x", None),
        ("http://a b.test/x", None),
        ("http://a.test/x\r\nHost: b", None),
        ("http://a.test/\u00e9", None),
        ("http://\u00e9.test/x", None),
        ("http://[::1/x", None),
        ("http:///x", None),
        ("http://a.test/" + "x" * 2000, None),
        ("http://" + "a." * 200 + "test/x", None),
        ("", None),
    ],
)
def test_which_places_are_asked(url: str, place: WebPlace | None) -> None:
    assert read_place(url) == place


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/x", "http://10.0.0.1/x", "http://[::1]/x", "http://[fe80::1]/x"]
)
def test_an_address_that_is_not_public_is_not_asked(url: str) -> None:
    network = OneHost(1)
    assert fetch(network, url).observation.problem.startswith("not-public")
    assert network.tried == []


@pytest.mark.parametrize("address", ["127.0.0.1", "192.168.1.1", "100.64.0.1", "fd00::1", "::1"])
def test_a_name_that_leads_inside_is_not_asked(address: str) -> None:
    network = OneHost(1, addresses=(address,))
    found = fetch(network)
    assert found.certificates == ()
    assert found.observation.problem
    assert network.tried == []


def test_only_the_public_addresses_of_a_name_are_asked(between: Issued) -> None:
    with serving(page(between.der)) as port:
        network = OneHost(port, addresses=("10.0.0.1", V4))
        assert fetch(network).certificates == (between.der,)
    assert network.tried == [(V4, 80)]


def test_the_other_family_is_asked_where_one_is_dead(between: Issued) -> None:
    with serving(page(between.der)) as port:
        network = OneHost(port, addresses=(V6, "2001:db8::8", V4), live=(V4,))
        assert fetch(network).certificates == (between.der,)
    assert network.tried == [(V6, 80), (V4, 80)]


def test_what_is_fetched_is_told(between: Issued) -> None:
    date = "Date: Sat, 21 Nov 2026 12:00:00 GMT\r\n"
    with serving(page(between.der, more=date)) as port:
        seen = fetch(OneHost(port)).observation
    assert (seen.url, seen.host, seen.certificates, seen.problem) == (URL, PLACE, 1, "")
    assert seen.server_time is not None
    assert seen.server_time.year == 2026
    assert seen.local_time is not None


@pytest.mark.parametrize(
    "handler",
    [
        page(b"", "404 Not Found"),
        page(b"<html>no such thing</html>"),
        page(b"", "302 Found", "Location: http://127.0.0.1/x\r\n"),
        page(b"x" * (LIMIT + 1)),
        answering(b"* OK IMAP4rev1\r\n"),
    ],
)
def test_answers_without_a_certificate(handler: Handler) -> None:
    with serving(handler) as port:
        network = OneHost(port)
        found = fetch(network)
    assert found.certificates == ()
    assert found.observation.problem
    assert len(network.tried) == 1  # a redirect is not followed


def test_an_error_page_that_is_a_certificate_does_not_count(between: Issued) -> None:
    with serving(page(between.der, "404 Not Found")) as port:
        assert fetch(OneHost(port)).certificates == ()


def test_silence_costs_no_more_than_the_deadline() -> None:
    with serving(answering(hold=True)) as port:
        found = fetch(OneHost(port), seconds=0.1)
    assert found.certificates == ()


def test_an_unknown_name_and_a_closed_port() -> None:
    assert fetch(OneHost(1), "http://other.example.test/x").observation.problem
    assert fetch(OneHost(1, live=())).observation.problem


class TestHttps:
    @pytest.fixture
    def served(self, authority: Issued, between: Issued, tmp_path: Path):
        certificate = issue(authority, common_name=PLACE, names=(PLACE,))
        context = certificate.server_context(tmp_path)

        def handle(connection) -> None:
            try:
                with context.wrap_socket(connection, server_side=True) as session:
                    page(between.der)(session)
            except (ssl.SSLError, ConnectionError):
                return

        return handle

    def test_a_trusted_server_is_asked(self, served, authority: Issued, between: Issued) -> None:
        with serving(served) as port:
            network = OneHost(port, roots=authority.pem)
            assert fetch(network, URL.replace("http", "https")).certificates == (between.der,)
        assert network.tried == [(V4, 443)]

    def test_another_one_is_not(self, served, good: Issued) -> None:
        stranger = issue(None, common_name="Stranger", authority=True)
        with serving(served) as port:
            network = OneHost(port, roots=stranger.pem)
            assert fetch(network, URL.replace("http", "https")).certificates == ()


class TestForms:
    def test_der_pem_and_pkcs7(self, authority: Issued, between: Issued) -> None:
        both = [between.certificate, authority.certificate]
        ders = (between.der, authority.der)
        assert read_certificates(between.der) == (between.der,)
        assert read_certificates((between.pem + authority.pem).encode()) == ders
        for encoding in (Encoding.DER, Encoding.PEM):
            bag = pkcs7.serialize_certificates(both, encoding)
            assert set(read_certificates(bag)) == set(ders)

    @pytest.mark.parametrize(
        "body", [b"", b"\x00", b"-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n",
                 b"0\x82\xff\xff", b"-----BEGIN PKCS7-----\n-----END PKCS7-----\n"],
    )  # fmt: skip
    def test_what_is_none(self, body: bytes) -> None:
        assert read_certificates(body) == ()

    def test_a_flood_is_cut(self, between: Issued) -> None:
        assert len(read_certificates(between.pem.encode() * 50)) == CERTIFICATES_LIMIT

    def test_no_damage_raises(self, between: Issued) -> None:
        bag = pkcs7.serialize_certificates([between.certificate], Encoding.DER)
        for body in (between.der, bag):
            for place in range(len(body)):
                damaged = body[:place] + bytes((body[place] ^ 0xFF,)) + body[place + 1 :]
                assert len(read_certificates(damaged)) <= CERTIFICATES_LIMIT
                assert len(read_certificates(body[:place])) <= CERTIFICATES_LIMIT
