"""Signatures of Windows programs and installers, with osslsigncode, on any system that has it."""

from __future__ import annotations

import base64
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bundling.project import DISPLAY_NAME

from releasing.credentials import given

SECRETS: Final = ("WINDOWS_CERTIFICATE", "WINDOWS_CERTIFICATE_PASSWORD")
"""A .pfx file in base64, and its password."""

TIMESTAMP_SERVER: Final = "http://timestamp.digicert.com"
"""Confirms the time of signing, so that signatures outlive the certificate (RFC 3161).

Plain HTTP is what such servers speak: the answer is signed.
"""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate to sign with, ready in files that others cannot read."""

    file: Path = field(repr=False)
    password_file: Path = field(repr=False)


@contextmanager
def certificate(environment: Mapping[str, str] = os.environ) -> Iterator[Certificate | None]:
    """Give the certificate of the environment for a while, or None where there is none.

    Raises ValueError where only half of it is there, or it is no base64.
    """
    values = given(SECRETS, environment)
    if values is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:  # for its owner only, and gone afterwards
        place = Path(folder)
        (place / "certificate.pfx").write_bytes(base64.b64decode(values[0], validate=True))
        # A file, because arguments can be read by every program of the computer.
        (place / "password").write_text(values[1], "utf-8")
        yield Certificate(place / "certificate.pfx", place / "password")


def sign(file: Path, by: Certificate, timestamp_server: str = TIMESTAMP_SERVER) -> None:
    """Sign a program or an installer in its place. Raises CalledProcessError.

    Without a server for the time ("") the signature ends with the certificate.
    """
    signed = file.with_name(f"{file.name}.signed")
    command: list[str | Path] = [
        *("osslsigncode", "sign", "-pkcs12", by.file, "-readpass", by.password_file),
        *("-h", "sha256", "-n", DISPLAY_NAME),
        *(("-ts", timestamp_server) if timestamp_server else ()),
        *("-in", file, "-out", signed),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    signed.replace(file)


def sign_all(files: Iterable[Path], by: Certificate | None) -> str:
    """Sign some files where there is a certificate; return the sentence that says so."""
    if by is None:
        return (
            "Windows: not signed, because the secrets for it are not set. "
            "Windows warns of the download."
        )
    names = []
    for file in files:
        sign(file, by)
        names.append(file.name)
    return f"Windows: signed, with a confirmed time: {', '.join(names)}."
