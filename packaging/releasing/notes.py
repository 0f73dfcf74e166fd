"""The text of a release: what changed, which file is for whom, and how to check a download."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from releasing.changelog import Section
from releasing.checksums import NAME

FILES: Final = (
    ("-setup.exe", "Windows 10 (1809) or newer, for one person, without an administrator"),
    (".msi", "Windows 10 (1809) or newer, for administrators"),
    ("-macos-arm64.dmg", "macOS 13 or newer, Apple processor"),
    ("-macos-x86_64.dmg", "macOS 13 or newer, Intel processor"),
    (".deb", "Debian 12, Ubuntu 22.04 or newer"),
    (".AppImage", "other Linux on x86-64, with glibc 2.35 or newer"),
    (".cdx.json", "what is inside, as a software bill of materials (CycloneDX)"),
    (NAME, "checksums of all files"),
)
"""The end of a file's name, and whom the file is for; in the order of the table."""

_CHECK: Final = f"""\
## Check a download
`sha256sum --check --ignore-missing {NAME}` (macOS: `shasum -a 256 -c {NAME}`) compares the files.
`gh attestation verify FILE --repo OWNER/REPOSITORY` shows that they were built by this project's pipeline, from which commit.
"""  # noqa: E501 - lines of a page are not broken


def page(changes: Section, files: Sequence[Path], signing: Iterable[str]) -> str:
    """Return the text in Markdown. Raises ValueError for a file that nobody would know what for."""
    rows = [_row(file) for file in files]
    table = [f"| `{name}` | {whom} |" for _, name, whom in sorted(rows)]
    parts = [
        changes.body,
        "\n".join(["## Files", "| file | for |", "|---|---|", *table]),
        "\n".join(["## Signatures", *(f"- {text}" for text in signing)]),
        _CHECK,
    ]
    return "\n\n".join(parts)


def _row(file: Path) -> tuple[int, str, str]:
    """Return the place in the table, the name, and whom a file is for."""
    for place, (ending, whom) in enumerate(FILES):
        if file.name.endswith(ending):
            return place, file.name, whom
    raise ValueError(f"{file.name} is no file of a release")
