"""The texts that explanations are tried on: what people paste, and what may come first for it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "explain"

NO_CAUSE = "no-cause"
"""The text is known, and no finding stands behind it."""

UNKNOWN = "unknown"
"""Nothing is recognised in the text."""


def _rows() -> Iterator[tuple[frozenset[str], str]]:
    for path in sorted(FOLDER.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield frozenset(row["first"].split()), _unescaped(row["text"])


def explain_texts() -> list[tuple[frozenset[str], str]]:
    r"""Return the acceptable first codes and the text of each row; `\n` stands for a line end."""
    return list(_rows())


def _unescaped(text: str) -> str:
    return text.replace(r"\\", "\0").replace(r"\n", "\n").replace("\0", "\\")
