"""A throw-away authority and the certificates that servers get wrong."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

NOW = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
DAY = datetime.timedelta(days=1)
HOST = "mail.example.test"

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def new_name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Issued:
    """A certificate with its key and the certificates that the server sends behind it."""

    certificate: x509.Certificate
    key: PrivateKey
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    def write(self, directory: Path) -> Path:
        """Write key and chain into one file and return its path."""
        path = directory / f"{self.certificate.serial_number:x}.pem"
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        certificates = (self.certificate, *self.chain)
        pems = (certificate.public_bytes(Encoding.PEM) for certificate in certificates)
        path.write_bytes(key + b"".join(pems))
        return path

    def server_context(self, directory: Path) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.write(directory))
        return context


def issue(
    issuer: Issued | None,
    *,
    common_name: str = HOST,
    names: tuple[str, ...] = (HOST,),
    not_before: datetime.datetime = NOW - 30 * DAY,
    not_after: datetime.datetime = NOW + 365 * DAY,
    authority: bool = False,
    key: PrivateKey | None = None,
    aia: str = "",
) -> Issued:
    """Issue a certificate; self-signed without an issuer."""
    key = key or new_key()
    issuer_name = new_name(common_name) if issuer is None else issuer.certificate.subject
    builder = (
        x509.CertificateBuilder()
        .subject_name(new_name(common_name))
        .issuer_name(issuer_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if names and not authority:
        builder = builder.add_extension(alternative_names(names), critical=False)
    if aia:
        builder = builder.add_extension(authority_information(aia), critical=False)
    signer = key if issuer is None else issuer.key
    chain = () if issuer is None or is_root(issuer) else (issuer.certificate, *issuer.chain)
    return Issued(builder.sign(signer, hashes.SHA256()), key, chain)


def is_root(issued: Issued) -> bool:
    return issued.certificate.subject == issued.certificate.issuer


def alternative_names(names: tuple[str, ...]) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([_general_name(name) for name in names])


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def authority_information(url: str) -> x509.AuthorityInformationAccess:
    location = x509.UniformResourceIdentifier(url)
    issuers = AuthorityInformationAccessOID.CA_ISSUERS
    return x509.AuthorityInformationAccess([x509.AccessDescription(issuers, location)])


def new_authority(common_name: str = "Test Root") -> Issued:
    return issue(None, common_name=common_name, authority=True)
