from __future__ import annotations

import datetime
import hashlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st
from network_certificates import DAY, HOST, NOW, Issued, issue, new_key, new_name

from mailcheck_gui.network.certificates import (
    NAMES_LIMIT,
    certificate_matches,
    read_certificate,
    read_chain,
)
from mailcheck_gui.network.public_roots import is_private

SAMPLE = issue(None, names=(HOST, "192.0.2.1"), aia="http://ca.example.test/ca.der")


def test_what_a_certificate_says(authority: Issued) -> None:
    url = "http://ca.example.test/ca.der"
    issued = issue(authority, names=(HOST, "*.example.test", "192.0.2.1"), aia=url)
    facts = read_certificate(issued.der)
    assert facts is not None
    assert (facts.subject, facts.issuer) == (f"CN={HOST}", "CN=Test Root")
    assert facts.names == (HOST, "*.example.test", "192.0.2.1")
    assert (facts.not_before, facts.not_after) == (NOW - 30 * DAY, NOW + 365 * DAY)
    assert facts.not_after.tzinfo is datetime.UTC
    assert (facts.self_issued, facts.self_signed) == (False, False)
    assert (facts.key, facts.key_bits, facts.signature_hash) == ("ec-secp256r1", 256, "sha256")
    assert facts.sha256 == hashlib.sha256(issued.der).hexdigest()
    assert facts.aia_issuers == (url,)


def test_a_self_signed_certificate() -> None:
    facts = read_certificate(issue(None).der)
    assert facts is not None
    assert (facts.self_issued, facts.self_signed) == (True, True)


def test_the_issuers_name_alone_makes_no_self_signed_certificate() -> None:
    other = issue(None, common_name=HOST, authority=True)
    facts = read_certificate(issue(other).der)
    assert facts is not None
    assert (facts.self_issued, facts.self_signed) == (True, False)


@pytest.mark.parametrize(
    ("key", "name", "bits"),
    [
        (rsa.generate_private_key(65537, 2048), "rsa-2048", 2048),
        (ec.generate_private_key(ec.SECP384R1()), "ec-secp384r1", 384),
        (ed25519.Ed25519PrivateKey.generate(), "ed25519", 256),
        (ed448.Ed448PrivateKey.generate(), "ed448", 456),
    ],
)
def test_keys(authority: Issued, key, name: str, bits: int) -> None:
    facts = read_certificate(issue(authority, key=key).der)
    assert facts is not None
    assert (facts.key, facts.key_bits) == (name, bits)


def test_a_signature_without_a_hash() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    certificate = bare_builder().public_key(key.public_key()).sign(key, None)
    facts = read_certificate(certificate.public_bytes(Encoding.DER))
    assert facts is not None
    assert facts.signature_hash == ""


@pytest.mark.parametrize("der", [b"", b"\x30", b"no certificate", b"\x30\x82\xff\xff"])
def test_what_is_no_certificate(der: bytes) -> None:
    assert read_certificate(der) is None
    assert certificate_matches(der, HOST) is None


def test_a_cut_certificate_is_left_out_of_the_chain(good: Issued) -> None:
    assert len(read_chain((good.der, good.der[:-9], good.der))) == 2


def test_broken_names_are_no_names_and_no_verdict(authority: Issued) -> None:
    """A subjectAltName whose bytes are no sequence; the rest of the certificate is fine."""
    broken = x509.UnrecognizedExtension(x509.SubjectAlternativeName.oid, b"\x04\x01x")
    facts = read_certificate(with_extension(broken))
    assert facts is not None
    assert facts.names == ()
    assert facts.subject == f"CN={HOST}"
    assert certificate_matches(with_extension(broken), HOST) is None


@given(st.data())
def test_no_damage_to_a_certificate_raises(data: st.DataObject) -> None:
    der = bytearray(SAMPLE.der)
    places = st.tuples(st.integers(0, len(der) - 1), st.integers(0, 255))
    for place, value in data.draw(st.lists(places, min_size=1, max_size=4)):
        der[place] = value
    facts = read_certificate(bytes(der))
    assert certificate_matches(bytes(der), HOST) in {True, False, None}
    assert is_private((bytes(der),)) in {True, False, None}
    assert facts is None or facts.sha256 == hashlib.sha256(der).hexdigest()


def test_an_unknown_key_is_called_so(good: Issued) -> None:
    """The curve's identifier is changed into one that nobody registered."""
    oid = bytes.fromhex("06082a8648ce3d030107")
    at = good.der.rindex(oid) + len(oid) - 1
    der = good.der[:at] + b"\x7f" + good.der[at + 1 :]
    facts = read_certificate(der)
    assert facts is not None
    assert (facts.key, facts.key_bits) == ("unknown", 0)
    assert facts.names == (HOST,)


def test_a_serial_number_that_the_standard_forbids_is_read_all_the_same(good: Issued) -> None:
    """Some devices number their certificates below zero; mail programs do not mind."""
    serial = good.certificate.serial_number.to_bytes(21).lstrip(b"\0")
    at = good.der.index(serial)
    der = good.der[:at] + bytes([serial[0] | 0x80]) + good.der[at + 1 :]
    facts = read_certificate(der)
    assert facts is not None
    assert facts.names == (HOST,)


def test_of_very_many_names_some_are_kept_and_all_are_compared(authority: Issued) -> None:
    names = tuple(f"host{number}.example.test" for number in range(NAMES_LIMIT + 20))
    issued = issue(authority, names=names)
    facts = read_certificate(issued.der)
    assert facts is not None
    assert facts.names == names[:NAMES_LIMIT]
    assert certificate_matches(issued.der, names[-1]) is True


def test_a_certificate_without_names_matches_nothing(authority: Issued) -> None:
    assert certificate_matches(issue(authority, names=()).der, HOST) is False


def bare_builder() -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(new_name(HOST))
        .issuer_name(new_name(HOST))
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + DAY)
    )


def with_extension(extension: x509.ExtensionType) -> bytes:
    key = new_key()
    builder = bare_builder().public_key(key.public_key()).add_extension(extension, critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
