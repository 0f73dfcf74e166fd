"""A throw-away certificate authority, made anew for each start and kept in memory.

Keys are elliptic (P-256): making one takes a millisecond. OpenSSL reads a server's chain from
files only, so a key touches the disk for one moment, in a private directory.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
)

_DAY = dt.timedelta(days=1)


class CertificateKind(StrEnum):
    """What is right or wrong with a server's certificate, apart from its names."""

    GOOD = "good"
    EXPIRED = "expired"
    EXPIRES_SOON = "expires-soon"
    NOT_YET_VALID = "not-yet-valid"
    SELF_SIGNED = "self-signed"
    OTHER_AUTHORITY = "other-authority"


_VALIDITY = {
    CertificateKind.EXPIRED: (-400 * _DAY, -3 * _DAY),
    CertificateKind.EXPIRES_SOON: (-80 * _DAY, 5 * _DAY),
    CertificateKind.NOT_YET_VALID: (3 * _DAY, 400 * _DAY),
}
_USUAL_VALIDITY = (-30 * _DAY, 365 * _DAY)


@dataclass(frozen=True, slots=True)
class ServerIdentity:
    """A certificate with what stands above it (without the root), and its key; both PEM."""

    chain_pem: bytes
    key_pem: bytes = b""

    def __repr__(self) -> str:
        return "ServerIdentity(***)"


@dataclass(frozen=True, slots=True)
class _Issuer:
    name: str
    key: ec.EllipticCurvePrivateKey


class PracticeAuthority:
    """Issues server certificates.

    `trust` puts it into a client's context; `roots_pem` does so for other programs. It stands
    below a root: where the trust ends at a self-signed certificate, a check rightly speaks of a
    private authority, and in practice mode nothing should look less than public.
    """

    def __init__(self, now: dt.datetime | None = None) -> None:
        self._now = (now or dt.datetime.now(dt.UTC)).replace(microsecond=0)
        root = _Issuer("Mailcheck Practice Root", _new_key())
        self._authority = _Issuer("Mailcheck Practice Authority", _new_key())
        self._stranger = _Issuer("Authority that nobody knows", _new_key())
        self._pem = _pem(self._certificate_of(self._authority, root)).decode("ascii")
        self.roots_pem = _pem(self._certificate_of(root, root)).decode("ascii") + self._pem

    def trust(self, context: ssl.SSLContext) -> None:
        """Let a context trust this authority, without the root above it."""
        context.load_verify_locations(cadata=self._pem)
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN

    def issue(self, kind: CertificateKind, names: tuple[str, ...]) -> ServerIdentity:
        """Return a certificate for DNS names and IP addresses; the first is also its subject."""
        key = _new_key()
        issuer = self._issuer(kind, names[0], key)
        builder = self._builder(names[0], key, issuer, kind)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False
        )
        builder = builder.add_extension(
            x509.SubjectAlternativeName([_general_name(name) for name in names]), False
        )
        return ServerIdentity(_pem(builder.sign(issuer.key, hashes.SHA256())), _key_pem(key))

    def _issuer(
        self, kind: CertificateKind, subject: str, key: ec.EllipticCurvePrivateKey
    ) -> _Issuer:
        if kind is CertificateKind.SELF_SIGNED:
            return _Issuer(subject, key)
        return self._stranger if kind is CertificateKind.OTHER_AUTHORITY else self._authority

    def _builder(
        self, subject: str, key: ec.EllipticCurvePrivateKey, issuer: _Issuer, kind: CertificateKind
    ) -> x509.CertificateBuilder:
        start, end = _VALIDITY.get(kind, _USUAL_VALIDITY)
        builder = _unsigned(subject, key, issuer, self._now + start, self._now + end)
        return builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), False
        )

    def _certificate_of(self, authority: _Issuer, issuer: _Issuer) -> x509.Certificate:
        start, end = self._now - 30 * _DAY, self._now + 3650 * _DAY
        builder = (
            _unsigned(authority.name, authority.key, issuer, start, end)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
            .add_extension(_SIGNS_CERTIFICATES, True)
        )
        if issuer is not authority:
            builder = builder.add_extension(_ROOT_LIES_AT, False)
        return builder.sign(issuer.key, hashes.SHA256())


def _unsigned(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: _Issuer,
    start: dt.datetime,
    end: dt.datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer.name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
    )


_ROOT_LIES_AT = x509.AuthorityInformationAccess(
    [
        x509.AccessDescription(
            AuthorityInformationAccessOID.CA_ISSUERS,
            x509.UniformResourceIdentifier("http://authority.practice.example/root.der"),
        )
    ]
)
"""Where more of the chain is to be had, as public authorities say it. Nobody looks there."""

_SIGNS_CERTIFICATES = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def server_context(identity: ServerIdentity) -> ssl.SSLContext:
    """Return a server's context. The key file is gone before this returns."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory(prefix="mailcheck-practice-") as folder:
        path = Path(folder, "identity.pem")  # the directory itself is private (mode 0700)
        path.write_bytes(identity.key_pem + identity.chain_pem)
        context.load_cert_chain(path)
    return context


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64])])


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
