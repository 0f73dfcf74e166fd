"""Fetch an issuer's certificate where a certificate says it lies (RFC 5280 section 4.2.2.1).

The place is named by whoever made the certificate, which may be the server under examination.
So: http and https on ports 80 and 443, public addresses, a small answer, little time, no
redirects. What comes back is trusted by nobody; it only may complete a path to a root.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mailcheck_gui.model.observation import IssuerFetch
from mailcheck_gui.network.certificates import readable
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.http_exchange import server_time
from mailcheck_gui.network.seam import Network
from mailcheck_gui.network.web import WebLimits, WebRequest, fetch
from mailcheck_gui.network.web_place import read_place

if TYPE_CHECKING:
    from cryptography import x509

CERTIFICATES_LIMIT = 8
"""Certificates of one answer that are read."""


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
    request = WebRequest(url, follow=False, direct=True)
    limits = WebLimits(limit, redirects=0, seconds=deadline.remaining)
    answer = await fetch(network, request, limits, deadline)
    observation = IssuerFetch(url, place.host)
    if answer.problem is not None:
        words = f"{answer.problem.value}: {answer.detail}" if answer.detail else answer.problem
        return FoundIssuers(replace(observation, problem=str(words)))
    told = server_time(answer.headers)
    if told is not None:
        observation = replace(observation, server_time=told, local_time=datetime.now(UTC))
    certificates = read_certificates(answer.body) if answer.ok else ()
    problem = "" if certificates else f"No certificate in the answer ({answer.status})."
    return FoundIssuers(
        replace(observation, certificates=len(certificates), problem=problem), certificates
    )


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
