"""Whether a trusted chain ends at a public authority or at one of this computer alone.

Public is what certifi lists (Mozilla's roots). The chain has been verified by the system before;
here only the question is whose root it is, so names and signatures are compared, nothing else.
A strict verification would call private what it merely dislikes.
"""

from __future__ import annotations

import functools
import itertools
import ssl
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mailcheck_gui.network.certificates import (
    issued_by,
    parse_certificate,
    read_certificate,
    readable,
)

if TYPE_CHECKING:
    from cryptography import x509

_END = "-----END CERTIFICATE-----"


def is_private(chain: Sequence[bytes]) -> bool | None:
    """Whether a trusted chain (DER, leaf first) rests on a private root; None: cannot be told.

    It cannot where the chain ends below its root with a hint where to fetch the rest (the system
    may know a public issuer for it), nor where a certificate is broken.
    """
    return readable(lambda: _is_private(chain), None)


def _is_private(chain: Sequence[bytes]) -> bool | None:
    certificates = [parse_certificate(der) for der in chain]
    path = _path([certificate for certificate in certificates if certificate is not None])
    if not path:
        return None
    if any(_is_public(certificate) for certificate in path):
        return False
    top = read_certificate(_der(path[-1]))
    complete = top is not None and (top.self_signed or not top.aia_issuers)
    return True if complete else None


def prepare() -> None:
    """Load the public roots and all that reads certificates, so that no handshake waits for it."""
    for roots in itertools.islice(_roots_by_name().values(), 1):
        is_private([_der(roots[0])])
        read_certificate(_der(roots[0]))


def _path(certificates: list[x509.Certificate]) -> list[x509.Certificate]:
    """Return the certificates from the leaf upward, each issued by the next.

    What a server sends besides (its order is often wrong) is left out.
    """
    path = certificates[:1]
    rest = certificates[1:]
    while path and rest:
        issuer = next((c for c in rest if issued_by(path[-1], c)), None)
        if issuer is None:
            break
        path.append(issuer)
        rest.remove(issuer)
    return path


def _is_public(certificate: x509.Certificate) -> bool:
    """Whether a certificate is a public root (by name and key) or was issued by one."""
    same_name = _roots_by_name().get(certificate.subject.public_bytes(), ())
    if any(_key(root) == _key(certificate) for root in same_name):
        return True
    issuers = _roots_by_name().get(certificate.issuer.public_bytes(), ())
    return any(issued_by(certificate, root) for root in issuers)


def _key(certificate: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = certificate.public_key()
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _der(certificate: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)


@functools.cache
def _roots_by_name() -> dict[bytes, tuple[x509.Certificate, ...]]:
    import certifi

    roots: dict[bytes, tuple[x509.Certificate, ...]] = {}
    for pem in Path(certifi.where()).read_text("utf-8").split(_END)[:-1]:
        start = pem.index("-----BEGIN CERTIFICATE-----")
        root = parse_certificate(ssl.PEM_cert_to_DER_cert(pem[start:] + _END))
        if root is not None:
            name = root.subject.public_bytes()
            roots[name] = (*roots.get(name, ()), root)
    return roots
