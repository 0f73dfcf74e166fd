"""Certificates as `cryptography` reads them, tolerant of broken ones.

What a client must know of a certificate is read here at once (dates, names, key, signature), so
that several faults of one certificate are all seen; a TLS library stops at the first.
"""

from __future__ import annotations

import hashlib
import threading
import warnings
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, TypeVar

from mailcheck_gui.model.observation import CertificateFacts
from mailcheck_gui.network.host_names import IpAddress, names_match

if TYPE_CHECKING:
    from cryptography import x509

Names = tuple[tuple[str, ...], tuple[IpAddress, ...]]
"""The DNS names and the IP addresses of a certificate."""

NAMES_LIMIT = 100
"""Names of one certificate that are kept to be shown; all of them are compared."""

Value = TypeVar("Value")
Other = TypeVar("Other")

# `warnings.catch_warnings` changes the state of the whole process.
_warnings_lock = threading.RLock()


def parse_certificate(der: bytes) -> x509.Certificate | None:
    """Return the certificate, or None where it is no X.509 at all."""
    from cryptography import x509

    return readable(lambda: x509.load_der_x509_certificate(der), None)


def read_chain(chain: Iterable[bytes]) -> tuple[CertificateFacts, ...]:
    """Return the facts of each certificate that can be read, in the order given."""
    facts = (read_certificate(der) for der in chain)
    return tuple(fact for fact in facts if fact is not None)


def read_certificate(der: bytes) -> CertificateFacts | None:
    """Return the facts of a certificate; what cannot be read is empty, None if nothing can."""
    return readable(lambda: _read(der), None)


def _read(der: bytes) -> CertificateFacts | None:
    certificate = parse_certificate(der)
    if certificate is None:
        return None
    key, key_bits = _key(certificate)
    dns_names, addresses = alternative_names(certificate) or ((), ())
    return CertificateFacts(
        subject=readable(lambda: _text(certificate.subject), ""),
        issuer=readable(lambda: _text(certificate.issuer), ""),
        names=(*dns_names, *map(str, addresses))[:NAMES_LIMIT],
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        self_issued=readable(lambda: certificate.subject == certificate.issuer, False),
        self_signed=issued_by(certificate, certificate),
        key=key,
        key_bits=key_bits,
        signature_hash=_signature_hash(certificate),
        sha256=hashlib.sha256(der).hexdigest(),
        aia_issuers=_aia_issuers(certificate),
        key_sha256=readable(lambda: _key_digest(certificate), ""),
    )


def certificate_matches(der: bytes, host: str) -> bool | None:
    """Whether a certificate is for a host; None where its names cannot be read."""
    certificate = parse_certificate(der)
    names = None if certificate is None else alternative_names(certificate)
    return None if names is None else names_match(host, *names)


def alternative_names(certificate: x509.Certificate) -> Names | None:
    """Return the DNS names and IP addresses of the subjectAltName (RFC 5280 section 4.2.1.6).

    Both are empty where it has none; None where the extensions are broken.
    """
    from cryptography import x509

    no_names: Names = ((), ())

    def find() -> Names:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        addresses = found.get_values_for_type(x509.IPAddress)
        return (
            tuple(found.get_values_for_type(x509.DNSName)),
            tuple(a for a in addresses if isinstance(a, IPv4Address | IPv6Address)),
        )

    return _extension(find, absent=no_names, broken=None)


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer's name is the one given and its key made the signature."""

    def verify() -> bool:
        certificate.verify_directly_issued_by(issuer)
        return True

    return readable(verify, False)


def readable(read: Callable[[], Value], otherwise: Other) -> Value | Other:
    """Return what `read` finds in a certificate, or the other value where that part is broken.

    `cryptography` warns where it forgives (a negative serial number, a country of three letters);
    mail programs forgive in silence.
    """
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    with _warnings_lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return read()
        except (
            ValueError,
            TypeError,
            KeyError,  # a string of a type that no name has
            InvalidSignature,
            UnsupportedAlgorithm,
            x509.DuplicateExtension,
            x509.InvalidVersion,
            x509.UnsupportedGeneralNameType,
        ):
            return otherwise


def _extension(find: Callable[[], Value], *, absent: Value, broken: Other) -> Value | Other:
    """Return what `find` reads from an extension, or one of the two other values."""
    from cryptography.x509 import ExtensionNotFound

    def find_or_absent() -> Value | Other:
        try:
            return find()
        except ExtensionNotFound:
            return absent

    return readable(find_or_absent, broken)


def _text(name: x509.Name) -> str:
    return name.rfc4514_string()


def _key(certificate: x509.Certificate) -> tuple[str, int]:
    """Return the kind of the public key, as "rsa-2048", and its size in bits."""
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa

    key = readable(certificate.public_key, None)
    match key:
        case rsa.RSAPublicKey():
            return f"rsa-{key.key_size}", key.key_size
        case ec.EllipticCurvePublicKey():
            return f"ec-{key.curve.name}", key.key_size
        case dsa.DSAPublicKey():
            return f"dsa-{key.key_size}", key.key_size
        case ed25519.Ed25519PublicKey():
            return "ed25519", 256
        case ed448.Ed448PublicKey():
            return "ed448", 456
        case _:
            return "unknown", 0


def _key_digest(certificate: x509.Certificate) -> str:
    """Return a digest of the public key: certificates made for one key share it."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(key).hexdigest()


def _signature_hash(certificate: x509.Certificate) -> str:
    """Return the name of the hash that was signed, "" where there is none or it is not known."""
    algorithm = readable(lambda: certificate.signature_hash_algorithm, None)
    return "" if algorithm is None else algorithm.name


def _aia_issuers(certificate: x509.Certificate) -> tuple[str, ...]:
    """Return where the issuer's certificate can be fetched (RFC 5280 section 4.2.2.1)."""
    from cryptography import x509
    from cryptography.x509.oid import AuthorityInformationAccessOID

    def find() -> tuple[str, ...]:
        kind = x509.AuthorityInformationAccess
        return tuple(
            access.access_location.value
            for access in certificate.extensions.get_extension_for_class(kind).value
            if access.access_method == AuthorityInformationAccessOID.CA_ISSUERS
            and isinstance(access.access_location, x509.UniformResourceIdentifier)
        )

    return _extension(find, absent=(), broken=())
