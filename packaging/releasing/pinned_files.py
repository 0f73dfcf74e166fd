"""Tools that no package registry offers: fetched by address, taken only with the known content."""

from __future__ import annotations

import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from releasing.checksums import digest

PATIENCE: Final = 60.0
"""Seconds that a server may say nothing."""


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """A file on the web whose content is known."""

    address: str
    sha256: str


APPIMAGE_TOOL: Final = PinnedFile(
    "https://github.com/AppImage/appimagetool/releases/download/1.9.1/appimagetool-x86_64.AppImage",
    "ed4ce84f0d9caff66f50bcca6ff6f35aae54ce8135408b3fa33abfc3cb384eb0",
)
APPIMAGE_RUNTIME: Final = PinnedFile(
    "https://github.com/AppImage/type2-runtime/releases/download/20251108/runtime-x86_64",
    "2fca8b443c92510f1483a883f60061ad09b46b978b2631c807cd873a47ec260d",
)
"""What the tool puts before the files. Left to itself, it fetches whatever is newest that day."""


def fetch(pinned: PinnedFile, target: Path) -> Path:
    """Fetch a file to `target`, executable, unless it is there; return `target`.

    Raises ValueError where the content is another one, which is not kept, and OSError where
    nothing was fetched.
    """
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        with urllib.request.urlopen(pinned.address, timeout=PATIENCE) as answer:
            part.write_bytes(answer.read())
        found = digest(part)
        if found != pinned.sha256:
            part.unlink()
            raise ValueError(f"{pinned.address} has the SHA-256 {found}, not {pinned.sha256}")
        part.chmod(0o755)
        part.rename(target)
    return target
