"""One server process: how to start it, and when it is ready."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from maillab.places import INSIDE


@dataclass(frozen=True, slots=True)
class Daemon:
    """A process of the lab. It is ready when it listens on every one of `listens`."""

    name: str
    command: tuple[str, ...]
    namespace: str
    listens: tuple[tuple[str, int], ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


def make_folder(name: str, owner: str = "root") -> Path:
    """Make and return a daemon's own folder inside the lab."""
    path = INSIDE / name
    path.mkdir(mode=0o755, parents=True, exist_ok=True)
    shutil.chown(path, owner)
    return path


def certificate_files(label: str) -> tuple[Path, Path]:
    """Return where the certificate chain and the key of a host lie."""
    folder = INSIDE / "certificates"
    return folder / f"{label}.pem", folder / f"{label}.key"
