"""Which libraries of the bundle the Linux system has itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

_SYSTEM: Final = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")
_STAYS: Final = ("libpython",)
"""Python's own library is of one version only, which the next Debian no longer has."""

HOST_ONLY: Final = (
    # An older copy of these would stand before what the host's graphics driver was built with.
    "libstdc++.so",
    "libgcc_s.so",
    "libX11",
    "libxcb.so",
    "libwayland-client.so",
    "libdrm.so",
    # These read the host's own configuration, whose format follows their version.
    "libfontconfig.so",
    "libfreetype.so",
    "libdbus-1.so",
    # They belong to the host's C library and to what is left out above.
    "libexpat.so",
    "libz.so",
    "libXau.so",
    "libXdmcp.so",
    "libsystemd.so",
    "libglib-2.0.so",
)
"""What an AppImage leaves to the host, although it carries most of its libraries itself."""


def of_the_system(sources: Path) -> tuple[str, ...]:
    """Return the names inside the bundle of all libraries that were taken from the system.

    `sources` is what the spec writes: a JSON object with the source of each library.
    """
    origin: dict[str, str] = json.loads(sources.read_text("utf-8"))
    return tuple(
        name
        for name, source in sorted(origin.items())
        if "/" not in name  # below are modules of Python, whoever built it
        and source.startswith(_SYSTEM)
        and not name.startswith(_STAYS)
    )


def of_the_host(sources: Path) -> tuple[str, ...]:
    """Return those of them that may not even be in an AppImage."""
    return tuple(name for name in of_the_system(sources) if Path(name).name.startswith(HOST_ONLY))
