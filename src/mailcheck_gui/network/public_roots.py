"""Whether a trusted chain ends at a public authority or at one of this computer alone.

Public is what certifi lists (Mozilla's roots). The chain has been verified by the system before;
here only the question is whose root it is, so names and signatures are compared, nothing else.
A strict verification would call private what it merely dislikes.
"""

from __future__ import annotations

import functools
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

_BEGIN = "-----BEGIN CERTIFICATE-----"
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
    for root in _roots()[:1]:
        is_private([root])
        read_certificate(root)


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
    same_name = _roots_named(certificate.subject.public_bytes())
    if any(_key(root) == _key(certificate) for root in same_name):
        return True
    issuers = _roots_named(certificate.issuer.public_bytes())
    return any(issued_by(certificate, root) for root in issuers)


def _key(certificate: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = certificate.public_key()
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _der(certificate: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)


@functools.cache
def _roots_named(name: bytes) -> tuple[x509.Certificate, ...]:
    """Return the public roots with this subject (DER). Only those that hold it are parsed."""
    holding = (parse_certificate(der) for der in _roots() if name in der)
    return tuple(root for root in holding if root and root.subject.public_bytes() == name)


@functools.cache
def _roots() -> tuple[bytes, ...]:
    """Return the public roots as DER."""
    import certifi

    pems = Path(certifi.where()).read_text("utf-8").split(_END)[:-1]
    return tuple(ssl.PEM_cert_to_DER_cert(pem[pem.index(_BEGIN) :] + _END) for pem in pems)
