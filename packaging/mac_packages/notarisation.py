"""Notarisation: Apple looks for malware, and its ticket is attached to what was sent."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from releasing.credentials import given

from mac_packages.command import run

SECRETS: Final = ("MACOS_NOTARY_KEY", "MACOS_NOTARY_KEY_ID", "MACOS_NOTARY_ISSUER")
"""A key of App Store Connect (the text of its .p8 file), its identifier, and the issuer's."""

_PATIENCE: Final = "30m"
"""How long Apple may take. Usually it is some minutes."""


@dataclass(frozen=True, slots=True)
class NotaryKey:
    """What Apple's notary takes in place of a password."""

    file: Path = field(repr=False)
    key_id: str
    issuer: str

    def words(self) -> tuple[str | Path, ...]:
        """Return the arguments for `notarytool`; the key itself stays in its file."""
        return ("--key", self.file, "--key-id", self.key_id, "--issuer", self.issuer)


@contextmanager
def notary_key(environment: Mapping[str, str] = os.environ) -> Iterator[NotaryKey | None]:
    """Give the key of the environment for a while, or None where there is none.

    Raises ValueError where only a part of it is there.
    """
    values = given(SECRETS, environment)
    if values is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "notary.p8"
        file.write_text(values[0], "utf-8")
        yield NotaryKey(file, values[1], values[2])


def notarise(file: Path, key: NotaryKey) -> None:
    """Send an app or a disk image, wait for the answer, and attach the ticket.

    With the ticket it opens without a network too. Raises CalledProcessError where Apple refuses;
    `xcrun notarytool log` then has the reasons under the identifier that was printed.
    """
    if file.suffix != ".app":
        _submit(file, key)
    else:  # the notary takes archives, not folders
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / f"{file.stem}.zip"
            run("ditto", "-c", "-k", "--keepParent", file, archive)
            _submit(archive, key)
    run("xcrun", "stapler", "staple", file)


def _submit(file: Path, key: NotaryKey) -> None:
    wait = ("--wait", "--timeout", _PATIENCE)
    answer = run("xcrun", "notarytool", "submit", file, *key.words(), *wait)
    print(answer)
    if "status: Accepted" not in answer:  # the tool ends with 0 for a refusal too
        raise ValueError(f"Apple did not accept {file.name}; its identifier is above")
