"""The lab's authority: a root, an intermediate, and one certificate a host with its defects."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
    SignatureAlgorithmOID,
)

from maillab.personality import Certificate, Issuer

ROOT_FILE = "root.pem"
INTERMEDIATE_FILE = "between.der"

ANTIVIRUS_ROOT = "Norton Web/Mail Shield Root"

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class _Signer:
    """Whoever signs: its name, its key, and the certificates a server sends behind its own."""

    name: x509.Name
    key: PrivateKey
    chain: tuple[x509.Certificate, ...] = ()


class Authority:
    """Issues what the hosts show. Keys are new for every lab; nothing trusts them outside it."""

    def __init__(self) -> None:
        self._now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
        root = _Signer(_name("Lab Root"), _key("ec"))
        self._root = self._authority(root.name, root.key, root)
        between = _Signer(_name("Lab Intermediate"), _key("ec"))
        middle = self._authority(between.name, between.key, root)
        self._lab = _Signer(between.name, between.key, (middle,))
        stranger = _Signer(_name("Somebody Else"), _key("ec"))
        own = self._authority(stranger.name, stranger.key, stranger)
        self._stranger = _Signer(stranger.name, stranger.key, (own,))
        self._antivirus = _Signer(_name(ANTIVIRUS_ROOT), _key("ec"))
        self._antivirus_root = self._authority(
            self._antivirus.name, self._antivirus.key, self._antivirus
        )
        old = _Signer(_name("Lab Intermediate of old"), _key("rsa-2048"))
        self._sha1 = _Signer(old.name, old.key, (self._authority(old.name, old.key, root),))
        self._shared_key = _key("ec")

    def write_root(self, folder: Path) -> Path:
        """Write the certificates that the client trusts, and the intermediate for a web server."""
        path = folder / ROOT_FILE
        roots = (self._root, self._antivirus_root)
        encoding = serialization.Encoding
        path.write_bytes(b"".join(root.public_bytes(encoding.PEM) for root in roots))
        (folder / INTERMEDIATE_FILE).write_bytes(self._lab.chain[0].public_bytes(encoding.DER))
        return path

    def write(self, folder: Path, label: str, names: tuple[str, ...], kind: Certificate) -> None:
        """Write `label.pem` (leaf first, then the chain) and `label.key`."""
        key = self._shared_key if kind.key == "shared" else _key(kind.key)
        subject = _name(names[0])
        signer = {
            Issuer.LAB: self._lab,
            Issuer.STRANGER: self._stranger,
            Issuer.SELF: _Signer(subject, key),
            Issuer.ANTIVIRUS: self._antivirus,
            Issuer.SHA1: self._sha1,
        }[kind.issuer]
        leaf = self._leaf(subject, key, signer, names, kind)
        encoding = serialization.Encoding.PEM
        sent = (leaf, *signer.chain) if kind.sends_chain else (leaf,)
        chain = b"".join(part.public_bytes(encoding) for part in sent)
        (folder / f"{label}.pem").write_bytes(chain)
        private = key.private_bytes(
            encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (folder / f"{label}.key").write_bytes(private)

    def _authority(self, name: x509.Name, key: PrivateKey, signer: _Signer) -> x509.Certificate:
        usage = x509.KeyUsage(
            digital_signature=True, content_commitment=False, key_encipherment=False,
            data_encipherment=False, key_agreement=False, key_cert_sign=True, crl_sign=True,
            encipher_only=False, decipher_only=False,
        )  # fmt: skip
        builder = self._builder(name, key, signer, -60, 3650)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        return builder.add_extension(usage, True).sign(signer.key, hashes.SHA256())

    def _leaf(
        self,
        name: x509.Name,
        key: PrivateKey,
        signer: _Signer,
        names: tuple[str, ...],
        kind: Certificate,
    ) -> x509.Certificate:
        builder = self._builder(name, key, signer, kind.valid_from, kind.valid_to)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        builder = builder.add_extension(purpose, False)
        alternatives = x509.SubjectAlternativeName([x509.DNSName(entry) for entry in names])
        builder = builder.add_extension(alternatives, False)
        if kind.issuers_at:
            builder = builder.add_extension(_issuers_at(kind.issuers_at), False)
        leaf = builder.sign(signer.key, hashes.SHA256())
        return _signed_with_sha1(leaf, signer.key) if kind.issuer is Issuer.SHA1 else leaf

    def _builder(
        self, name: x509.Name, key: PrivateKey, signer: _Signer, start: int, end: int
    ) -> x509.CertificateBuilder:
        public = key.public_key()
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key())
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(signer.name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._now + datetime.timedelta(days=start))
            .not_valid_after(self._now + datetime.timedelta(days=end))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), False)
            .add_extension(issuer, False)
        )


def _issuers_at(url: str) -> x509.AuthorityInformationAccess:
    place = x509.UniformResourceIdentifier(url)
    issuers = AuthorityInformationAccessOID.CA_ISSUERS
    return x509.AuthorityInformationAccess([x509.AccessDescription(issuers, place)])


def _signed_with_sha1(certificate: x509.Certificate, key: PrivateKey) -> x509.Certificate:
    """Sign a certificate anew with SHA-1, which `cryptography` does no more.

    The names of the two RSA signatures (RFC 8017 appendix C) differ in their last byte alone, and
    the signature is as long as the key.
    """
    assert isinstance(key, rsa.RSAPrivateKey)
    assert certificate.signature_algorithm_oid == SignatureAlgorithmOID.RSA_WITH_SHA256
    family = bytes.fromhex("06092a864886f70d0101")
    unsigned = certificate.public_bytes(serialization.Encoding.DER)
    renamed = unsigned.replace(family + b"\x0b", family + b"\x05")
    body = x509.load_der_x509_certificate(renamed).tbs_certificate_bytes
    signature = key.sign(body, padding.PKCS1v15(), hashes.SHA1())
    return x509.load_der_x509_certificate(renamed[: -len(signature)] + signature)


def _name(common: str) -> x509.Name:
    return x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Mail Lab"),
        x509.NameAttribute(NameOID.COMMON_NAME, common),
    ])  # fmt: skip


def _key(kind: str) -> PrivateKey:
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, int(kind.removeprefix("rsa-")))
