"""Fetch an issuer's certificate where a certificate says it lies (RFC 5280 section 4.2.2.1).

The place is named by whoever made the certificate, which may be the server under examination.
So: http and https on ports 80 and 443, public addresses, a small answer, little time, no
redirects. What comes back is trusted by nobody; it only may complete a path to a root.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mailcheck_gui.model.addresses import is_public_address
from mailcheck_gui.model.observation import IssuerFetch, family_of
from mailcheck_gui.network.certificates import readable
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.errors import ConnectionLost, NetworkError
from mailcheck_gui.network.http_get import HttpAnswer, HttpProblem, http_get
from mailcheck_gui.network.seam import Connected, Connection, Network
from mailcheck_gui.network.tls import start_tls
from mailcheck_gui.network.web_place import WebPlace, read_place

if TYPE_CHECKING:
    from cryptography import x509

CERTIFICATES_LIMIT = 8
"""Certificates of one answer that are read."""

_OK = 200


@dataclass(frozen=True, slots=True)
class FoundIssuers:
    """What a request for an issuer brought: the facts, and the certificates as DER."""

    observation: IssuerFetch
    certificates: tuple[bytes, ...] = ()


async def fetch_issuers(network: Network, url: str, limit: int, deadline: Deadline) -> FoundIssuers:
    """Return the certificates that lie at a URL, at most `limit` bytes. Never raises."""
    place = read_place(url)
    if place is None:
        return FoundIssuers(IssuerFetch(url, problem="This address is not asked."))
    observation = IssuerFetch(url, place.host)
    try:
        answer = await _ask(network, place, limit, deadline)
    except NetworkError as error:
        return FoundIssuers(replace(observation, problem=str(error)))
    if answer.date is not None:
        observation = replace(observation, server_time=answer.date, local_time=datetime.now(UTC))
    certificates = read_certificates(answer.body) if answer.status == _OK else ()
    problem = "" if certificates else f"No certificate in the answer ({answer.status})."
    return FoundIssuers(
        replace(observation, certificates=len(certificates), problem=problem), certificates
    )


async def _ask(network: Network, place: WebPlace, limit: int, deadline: Deadline) -> HttpAnswer:
    connection = await _connect(network, place, deadline)
    try:
        if place.scheme == "https":
            connection = await _encrypted(network, place, connection, deadline)
        return await http_get(connection, place.named, place.path, limit, deadline)
    finally:
        await connection.close()


async def _connect(network: Network, place: WebPlace, deadline: Deadline) -> Connection:
    name = await network.resolve(place.host, deadline)
    public = [address for address in name.addresses if is_public_address(address)]
    if not public:
        raise HttpProblem("No public address." if name.addresses else "The name is not known.")
    first_of_family = {family_of(address): address for address in reversed(public)}
    tries = sorted(first_of_family.values(), key=public.index)
    for left, address in zip(range(len(tries), 0, -1), tries, strict=True):
        share = deadline.within(deadline.remaining / left)
        result = await network.connect(address, place.port, share)
        if isinstance(result, Connected):
            return result.connection
    raise ConnectionLost("No connection.")


async def _encrypted(
    network: Network, place: WebPlace, connection: Connection, deadline: Deadline
) -> Connection:
    observation, stream = await start_tls(
        connection, place.host, network.client_context(), deadline
    )
    if stream is None:
        raise ConnectionLost(observation.error or observation.outcome.value)
    return stream


def read_certificates(body: bytes) -> tuple[bytes, ...]:
    """Return the certificates of a file as DER: one in DER, some in PEM, or a PKCS #7 bag."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    readers = (
        lambda: [x509.load_der_x509_certificate(body)],
        lambda: x509.load_pem_x509_certificates(body),
        lambda: pkcs7.load_der_pkcs7_certificates(body),
        lambda: pkcs7.load_pem_pkcs7_certificates(body),
    )
    nothing: list[x509.Certificate] = []
    found = (readable(reader, nothing) for reader in readers)
    certificates = next((some for some in found if some), nothing)
    return tuple(c.public_bytes(Encoding.DER) for c in certificates[:CERTIFICATES_LIMIT])
