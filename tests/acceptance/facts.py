"""One row of the port tables: what the port guide has to say, and what it must never say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from acceptance.harness import OK, Run, assert_clean_text, wording_faults

_DENIALS = re.compile(
    r"\b(not|no|never|nor|none|wrong|false|myth|folklore|corrected|reversed|untrue|mistaken|until|"
    r"without|outdated advice|many pages|some pages|often called|since)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class PortRow:
    """A port: patterns that the guide's text has to hold, and claims that it must not make.

    A claim counts only in a sentence that stands alone: neither it nor the sentence after it
    denies or corrects it.
    """

    port: int
    says: tuple[str, ...]
    never: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The port as a name."""
        return str(self.port)


def assert_row(row: PortRow, done: Run) -> None:
    """Hold the guide's text against what *row* expects."""
    assert done.status == OK, done.describe()
    assert done.stderr == b"", done.describe()
    assert not done.asked, done.asked
    assert_clean_text(done.out)
    text = " ".join(done.out.split())
    missing = [pattern for pattern in row.says if not re.search(pattern, text, re.IGNORECASE)]
    assert not missing, f"{missing} not in {text!r}"
    claims = [claim for pattern in row.never for claim in bare_claims(text, pattern)]
    assert not claims, claims


def bare_claims(text: str, pattern: str) -> list[str]:
    """The sentences of *text* that hold *pattern* and are not denied there or right after."""
    sentences = re.split(r"(?<=[.?:;])\s+", text)
    return [
        sentence
        for sentence, after in zip(sentences, [*sentences[1:], ""], strict=True)
        if re.search(pattern, sentence, re.IGNORECASE) and not _DENIALS.search(sentence + after)
    ]


def guide_wording_faults(done: Run) -> list[str]:
    """Where the guide's text breaks the rules for words."""
    return wording_faults(done.out)
