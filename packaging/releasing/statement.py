"""Plain sentences on what was signed: in the summary of the pipeline, and for the release notes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

SUFFIX: Final = ".signing.txt"
"""Ends the name of a file with one such sentence."""


def state(text: str, name: str, folder: Path) -> Path:
    """Say a sentence: on the screen, in the pipeline's summary, and in a file in `folder`.

    `name` is the system it is about, such as "windows". Returns the file.
    """
    print(text)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as page:
            page.write(f"- {text}\n")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}{SUFFIX}"
    file.write_text(f"{text}\n", "utf-8")
    return file


def collect(folder: Path) -> list[str]:
    """Take the sentences out of a folder, with their files, and return them."""
    files = sorted(folder.glob(f"*{SUFFIX}"))
    texts = [file.read_text("utf-8").strip() for file in files]
    for file in files:
        file.unlink()
    return texts
