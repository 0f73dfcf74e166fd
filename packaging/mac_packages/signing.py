"""The identity to sign with: a Developer ID certificate, in a keychain of its own."""

from __future__ import annotations

import base64
import os
import re
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from releasing.credentials import given

from mac_packages.command import run

SECRETS: Final = ("MACOS_CERTIFICATE", "MACOS_CERTIFICATE_PASSWORD")
"""A .p12 file with the "Developer ID Application" certificate in base64, and its password."""

_IDENTITY: Final = re.compile(r'\d+\) (?P<hash>[0-9A-F]{40}) "Developer ID Application')


@contextmanager
def signing_identity(environment: Mapping[str, str] = os.environ) -> Iterator[str | None]:
    """Give the identity that `codesign` takes, or None where there is no certificate.

    The keychain with it is gone afterwards. Raises ValueError where only half of the secrets is
    there or the file has no such certificate, and CalledProcessError.
    """
    values = given(SECRETS, environment)
    if values is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        keychain = Path(folder) / "mailcheck-signing.keychain-db"
        before = _search_list()
        try:
            yield _open_keychain(keychain, base64.b64decode(values[0], validate=True), values[1])
        finally:
            run("security", "list-keychains", "-d", "user", "-s", *before)
            run("security", "delete-keychain", keychain)


def _search_list() -> list[str]:
    """Return the keychains in which `codesign` looks for identities."""
    listed = run("security", "list-keychains", "-d", "user")
    return [line.strip().strip('"') for line in listed.splitlines()]


def _open_keychain(keychain: Path, certificate: bytes, password: str) -> str:
    """Make a keychain with the certificate, let `codesign` use it, and return the identity.

    `security` takes passwords only as arguments, which other programs of the computer can read.
    The keychain's own is made up here; the other one is why releases are signed on a machine that
    does nothing else and is thrown away.
    """
    own = secrets.token_hex(16)
    file = keychain.with_name("certificate.p12")
    file.write_bytes(certificate)
    run("security", "create-keychain", "-p", own, keychain)
    run("security", "set-keychain-settings", "-lut", "21600", keychain)
    run("security", "unlock-keychain", "-p", own, keychain)
    tool = ("-T", "/usr/bin/codesign")
    run("security", "import", file, "-k", keychain, "-f", "pkcs12", "-P", password, *tool)
    file.unlink()
    # Without the list, macOS would ask on the screen whether codesign may use the key.
    allowed = ("-S", "apple-tool:,apple:,codesign:")
    run("security", "set-key-partition-list", *allowed, "-s", "-k", own, keychain)
    run("security", "list-keychains", "-d", "user", "-s", keychain, *_search_list())
    found = _IDENTITY.search(run("security", "find-identity", "-v", "-p", "codesigning", keychain))
    if found is None:
        raise ValueError(f"{SECRETS[0]} holds no valid 'Developer ID Application' certificate")
    return found["hash"]


def sign_image(image: Path, identity: str) -> None:
    """Sign a disk image. What is inside was signed when it was built. Raises CalledProcessError."""
    run("codesign", "--sign", identity, "--timestamp", "--force", image)


def verify(app: Path) -> None:
    """See to it that every signature in an app is whole. Raises CalledProcessError."""
    run("codesign", "--verify", "--deep", "--strict", "--all-architectures", app)
