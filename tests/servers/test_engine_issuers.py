"""Asking for an issuer's certificate in a whole check: each place once, and only if allowed."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Sequence

import pytest
from check_stage import CheckStage, Outcome, draft, typed
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from engine_stage import HOST, IMAP, SECRET, SSL, V4, V6

from mailcheck_gui.checks.issuers import PLACES_LIMIT
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.observation import IssuerFetch
from mailcheck_gui.practice import PracticeHost, Wire
from mailcheck_gui.practice.authority import ServerIdentity, server_context
from mailcheck_gui.practice.servers import Script

ISSUERS = "issuers.practice.example"
ADDRESS = "203.0.113.80"
PLACE = f"http://{ISSUERS}/between.der"


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def identity_naming(places: Sequence[str]) -> ServerIdentity:
    """A certificate of an authority that nobody knows, which says that its own lies at `places`."""
    now = datetime.datetime.now(datetime.UTC)
    key, issuer = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    access = [
        x509.AccessDescription(
            AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(place)
        )
        for place in places
    ]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_name(HOST))
        .issuer_name(_name("Between"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=90))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.AuthorityInformationAccess(access), critical=False)
        .sign(issuer, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return ServerIdentity(certificate.public_bytes(Encoding.PEM), private)


def mail_server(identity: ServerIdentity) -> Script:
    context = server_context(identity)

    async def serve(wire: Wire, _own: ssl.SSLContext) -> None:
        await wire.start_tls(context)
        await wire.send(b"* OK IMAP4rev1 ready\r\n")
        await wire.wait_for_end()

    return serve


async def nothing_there(wire: Wire, _context: ssl.SSLContext) -> None:
    """A web server without that page, whose clock can be read all the same."""
    while await wire.read_line():
        pass
    await wire.send(b"HTTP/1.1 404 Not Found\r\nDate: Sat, 21 Nov 2026 12:00:00 GMT\r\n\r\n")


def check(places: Sequence[str] = (PLACE,), options: CheckOptions | None = None) -> Outcome:
    stage = CheckStage(
        {993: mail_server(identity_naming(places))},
        addresses=(V4, V6),
        more_hosts=(PracticeHost(ISSUERS, (ADDRESS,), ((80, nothing_there),)),),
    )
    return stage.check(draft(incoming=typed(IMAP, SSL, 993)), options=options)


def fetches(outcome: Outcome) -> list[IssuerFetch]:
    return [
        fetch
        for row in outcome.report.observations.endpoints
        for talk in row.conversations
        if talk.tls is not None
        for fetch in talk.tls.issuer_fetches
    ]


def transcript_of(outcome: Outcome) -> list[str]:
    return [line.text for line in outcome.report.observations.transcript]


def test_one_place_is_asked_once_for_all_addresses() -> None:
    outcome = check()
    (heard,) = outcome.heard[ISSUERS, 80]
    assert heard.plain.startswith(b"GET /between.der HTTP/1.1\r\n")
    assert {f.url for f in fetches(outcome)} == {PLACE}
    assert len(fetches(outcome)) == 2
    assert "certificate-untrusted" in outcome.codes
    assert "certificate-chain-incomplete" not in outcome.codes


def test_the_transcript_says_who_was_asked() -> None:
    assert any(PLACE in line for line in transcript_of(check()))


def test_nobody_is_asked_where_that_is_not_wanted() -> None:
    outcome = check(options=CheckOptions(ask_issuers=False))
    assert outcome.heard[ISSUERS, 80] == ()
    assert fetches(outcome) == []
    assert "certificate-untrusted" in outcome.codes


def test_a_certificate_cannot_send_us_everywhere() -> None:
    places = [f"http://{ISSUERS}/{number}" for number in range(3 * PLACES_LIMIT)]
    outcome = check([*places, *places[:1]])
    assert len(outcome.heard[ISSUERS, 80]) == PLACES_LIMIT

    told = [fetch.url for fetch in fetches(outcome)]
    assert told == 2 * places[:PLACES_LIMIT]  # the answers of those that were asked, per address
    assert sum("issuer's certificate" in line for line in transcript_of(outcome)) == len(told)


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1/between.der",
        f"http://{ISSUERS}:993/between.der",
        "ldap://issuers.practice.example/cn=between",
        "http://nowhere.practice.example/between.der",
    ],
)
def test_places_that_lead_nowhere(place: str) -> None:
    outcome = check([place])
    assert outcome.heard[ISSUERS, 80] == ()
    assert "certificate-untrusted" in outcome.codes


def test_no_credential_is_near_it() -> None:
    outcome = check()
    (heard,) = outcome.heard[ISSUERS, 80]
    assert SECRET.encode() not in heard.plain + heard.inside_tls
    assert outcome.credential_exchanges() == 0
