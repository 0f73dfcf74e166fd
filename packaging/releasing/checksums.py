"""One file with the SHA-256 of all others, as `sha256sum --check` reads it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

NAME: Final = "SHA256SUMS"


def digest(file: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def write_checksums(folder: Path) -> Path:
    """Write the checksums of all files in a folder, and return that file.

    Raises ValueError where the folder is empty: a release without files is a mistake.
    """
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != NAME)
    if not files:
        raise ValueError(f"{folder} is empty")
    sums = folder / NAME
    rows = [f"{digest(each)}  {each.name}\n" for each in files]
    sums.write_text("".join(rows), "utf-8", newline="\n")
    return sums
