"""What was built, and what every package says of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bundling.icon_files import Render


@dataclass(frozen=True, slots=True)
class Product:
    """A bundle with what packages need to know of it.

    `sources` is the spec's list of where each library was taken from; `when` is the time of all
    files in packages, in seconds since 1970.
    """

    bundle: Path
    sources: Path
    version: str
    when: int
    render: Render

    def licences(self) -> str:
        """Return one line for each library inside: name, version, licence."""
        return (self.bundle / "_internal/licences/licences.txt").read_text("utf-8")
