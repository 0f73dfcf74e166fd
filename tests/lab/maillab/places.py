"""Where the lab keeps things: a cache outside, a private folder inside."""

from __future__ import annotations

import os
from pathlib import Path

CACHE_VARIABLE = "MAILCHECK_LAB_DIR"

IMPORT_ROOT = Path(__file__).resolve().parents[1]
"""The folder that `maillab` is imported from."""

INSIDE = Path("/run/lab")
"""The lab's own folder, on a tmpfs in its mount namespace: gone when the lab is down."""

READY_MARK = "ready"


def cache_folder() -> Path:
    """Return the folder of downloads and unpacked packages: `.lab` in the project by default."""
    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen).resolve() if chosen else IMPORT_ROOT.parents[1] / ".lab"


def unpacked_folder() -> Path:
    """Return the folder that holds the unpacked server packages, laid out like `/`."""
    return cache_folder() / "unpacked"


def namespace(name: str) -> str:
    """Return the path of a network namespace, as seen inside the lab."""
    return f"/run/netns/{name}"
