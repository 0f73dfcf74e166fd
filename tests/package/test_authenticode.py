"""Signing for Windows, with a certificate made up here and a real program for Windows."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import setuptools
from releasing import authenticode

PASSWORD = "pässword with blanks"


@pytest.fixture(scope="module", autouse=True)
def signing_tool() -> None:
    if shutil.which("osslsigncode") is None:
        pytest.skip("osslsigncode is not installed; python3 dev.py package installs it")


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the pipeline would hand over."""
    folder = tmp_path_factory.mktemp("certificate")
    key, certificate, pfx = (folder / name for name in ("key.pem", "cert.pem", "cert.pfx"))
    usage = ("-addext", "extendedKeyUsage=codeSigning", "-subj", "/CN=Mailcheck tests")
    new = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")
    subprocess.run(
        [*new, "-keyout", key, "-out", certificate, *usage], check=True, capture_output=True
    )
    export = ("openssl", "pkcs12", "-export", "-inkey", key, "-in", certificate, "-out", pfx)
    subprocess.run([*export, "-passout", f"pass:{PASSWORD}"], check=True)
    content = base64.b64encode(pfx.read_bytes()).decode()
    return dict(zip(authenticode.SECRETS, (content, PASSWORD), strict=True))


@pytest.fixture
def program(tmp_path: Path) -> Path:
    source = Path(setuptools.__file__).with_name("cli-64.exe")
    return shutil.copy(source, tmp_path / "mailcheck setup.exe")


def _is_signed(program: Path) -> bool:
    """Whether a program is signed and unchanged since; a made-up authority is no matter here."""
    command = ["osslsigncode", "verify", "-in", program]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    return "Number of verified signatures" in said and "MISMATCH" not in said


def test_a_program_is_signed_in_its_place(program: Path, secrets: dict[str, str]) -> None:
    assert not _is_signed(program)
    with authenticode.certificate(secrets) as by:
        assert by is not None
        authenticode.sign(program, by, timestamp_server="")
        kept = (by.file, by.password_file)
        assert PASSWORD not in repr(by)
    assert _is_signed(program)
    assert [path.name for path in program.parent.iterdir()] == [program.name]
    assert not any(path.exists() for path in kept)


def test_the_files_of_a_certificate_are_for_their_owner(secrets: dict[str, str]) -> None:
    with authenticode.certificate(secrets) as by:
        assert by is not None
        assert by.file.parent.stat().st_mode & 0o077 == 0


def test_a_wrong_password_ends_the_release(program: Path, secrets: dict[str, str]) -> None:
    before = program.read_bytes()
    wrong = {**secrets, authenticode.SECRETS[1]: "wrong"}
    with authenticode.certificate(wrong) as by:
        assert by is not None
        with pytest.raises(subprocess.CalledProcessError):
            authenticode.sign(program, by, timestamp_server="")
    assert program.read_bytes() == before


def test_without_secrets_nothing_is_signed_and_that_is_said(program: Path) -> None:
    before = program.read_bytes()
    with authenticode.certificate({"PATH": os.environ["PATH"]}) as by:
        said = authenticode.sign_all([program], by)
    assert said.startswith("Windows: not signed, because the secrets for it are not set.")
    assert program.read_bytes() == before


def test_a_certificate_without_its_password_is_a_mistake(secrets: dict[str, str]) -> None:
    certificate, password = authenticode.SECRETS
    half = {certificate: secrets[certificate]}
    with (
        pytest.raises(ValueError, match=f"{password} must be set as well"),
        authenticode.certificate(half),
    ):
        pass
