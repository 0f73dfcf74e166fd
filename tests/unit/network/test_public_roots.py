from __future__ import annotations

import ssl
from pathlib import Path

import certifi
import pytest
from network_certificates import Issued, issue, new_authority

from mailcheck_gui.network.public_roots import is_private

END = "-----END CERTIFICATE-----"


@pytest.fixture(scope="module")
def public_root() -> bytes:
    pem = Path(certifi.where()).read_text("utf-8")
    start, end = pem.index("-----BEGIN"), pem.index(END) + len(END)
    return ssl.PEM_cert_to_DER_cert(pem[start:end])


def test_a_chain_to_a_root_of_this_computer(authority: Issued, good: Issued) -> None:
    assert is_private((good.der, authority.der)) is True


def test_a_leaf_alone_whose_issuer_is_no_public_root(good: Issued) -> None:
    assert is_private((good.der,)) is True


def test_a_leaf_alone_that_says_where_its_issuer_is_cannot_be_judged(authority: Issued) -> None:
    issued = issue(authority, aia="http://ca.example.test/ca.der")
    assert is_private((issued.der,)) is None


def test_a_chain_to_a_public_root(public_root: bytes) -> None:
    assert is_private((public_root,)) is False


def test_a_public_certificate_beside_the_chain_makes_it_no_public_one(
    good: Issued, authority: Issued, public_root: bytes
) -> None:
    assert is_private((good.der, public_root, authority.der)) is True


def test_a_root_with_a_public_name_and_another_key_is_private(public_root: bytes) -> None:
    from cryptography import x509

    public = x509.load_der_x509_certificate(public_root)
    common_name = public.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value
    impostor = new_authority(str(common_name))
    assert is_private((issue(impostor).der, impostor.der)) is True


@pytest.mark.parametrize("chain", [(), (b"no certificate",)])
def test_no_chain_cannot_be_judged(chain: tuple[bytes, ...]) -> None:
    assert is_private(chain) is None
