from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from network_certificates import Issued

from mailcheck_gui.network import trust
from mailcheck_gui.network.trust import (
    blocks,
    legacy_context,
    load_roots,
    system_context,
    verifies_in_full,
    verifying_context,
)


def test_a_verifying_context_is_strict_about_what_matters() -> None:
    context = verifying_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert not context.hostname_checks_common_name
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert not context.verify_flags & ssl.VERIFY_X509_STRICT
    assert verifies_in_full(context)
    assert not blocks(context)


def test_ciphers_that_mail_programs_still_use_are_offered() -> None:
    names = {cipher["name"] for cipher in verifying_context().get_ciphers()}
    assert {"TLS_AES_256_GCM_SHA384", "ECDHE-RSA-AES128-SHA", "AES256-GCM-SHA384"} <= names


@pytest.mark.parametrize("times", [True, False])
@pytest.mark.parametrize("name", [True, False])
def test_a_context_that_leaves_out_a_check_is_known_as_such(times: bool, name: bool) -> None:
    for made in (verifying_context, system_context):
        context = made(check_times=times, check_name=name)
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname is name
        assert verifies_in_full(context) is (times and name)


def test_the_legacy_context_is_never_taken_for_a_verifying_one() -> None:
    context = legacy_context()
    assert context.verify_mode is ssl.CERT_NONE
    assert not verifies_in_full(context)


def trusts(context: ssl.SSLContext, issued: Issued) -> bool:
    return issued.der in context.get_ca_certs(binary_form=True)


@pytest.mark.skipif(trust.VERIFIED_BY_SYSTEM, reason="OpenSSL does not verify on this system")
def test_a_file_of_roots_named_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, authority: Issued
) -> None:
    roots = tmp_path / "roots.pem"
    roots.write_text(authority.pem)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    assert not trusts(system_context(), authority)
    monkeypatch.setenv("SSL_CERT_FILE", str(roots))
    assert trusts(system_context(), authority)
    assert trusts(system_context(check_times=False, check_name=False), authority)


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_a_file_of_roots_that_is_not_usable_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None
) -> None:
    roots = tmp_path / "roots.pem"
    if content is not None:
        roots.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(roots))
    assert verifies_in_full(system_context())


@pytest.mark.skipif(trust.VERIFIED_BY_SYSTEM, reason="OpenSSL does not verify on this system")
def test_without_any_roots_those_of_certifi_serve(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    monkeypatch.setattr(trust, "_ROOT_FILES", ())
    context = verifying_context()
    load_roots(context)
    assert context.cert_store_stats()["x509_ca"] > 50


@pytest.mark.skipif(trust.VERIFIED_BY_SYSTEM, reason="OpenSSL does not verify on this system")
def test_an_openssl_built_elsewhere_finds_the_roots_of_the_distribution(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, authority: Issued
) -> None:
    roots = tmp_path / "ca-bundle.pem"
    roots.write_text(authority.pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    monkeypatch.setattr(trust, "_ROOT_FILES", ("/nowhere/roots.pem", str(roots)))
    context = verifying_context()
    load_roots(context)
    assert context.get_ca_certs(binary_form=True) == [authority.der]


def test_where_the_operating_system_verifies(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, authority: Issued
) -> None:
    """truststore's context is set up on every system, though only two of them need it."""
    roots = tmp_path / "roots.pem"
    roots.write_text(authority.pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(roots))
    monkeypatch.setattr(trust, "VERIFIED_BY_SYSTEM", True)
    context = system_context()
    assert blocks(context)
    assert verifies_in_full(context)
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert not context.hostname_checks_common_name
    assert not blocks(system_context(check_times=False))
