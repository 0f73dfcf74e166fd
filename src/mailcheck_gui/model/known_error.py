"""What the program knows of error texts: how a text is recognised, and what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailcheck_gui.model.finding import Confidence, Message


@dataclass(frozen=True, slots=True)
class ErrorSign:
    """One way in which programs or servers word an error.

    `words` is searched in the cleaned text: lower case, single blanks, straight quotes, addresses
    and host names replaced. `strength` is 1 (a word that many causes share) to 9 (says the cause
    outright). With `names` the text is searched as it was before names were replaced. `said_by`
    names the program or server that says it, "" where many do.
    """

    words: re.Pattern[str]
    strength: int
    said_by: str = ""
    names: bool = False


@dataclass(frozen=True, slots=True)
class KnownError:
    """One meaning with all of its signs.

    `codes` are finding codes, the likeliest first. `replies` are causes of `diagnosis.replies`
    that mean the same. `confidence` is how sure the first of the codes is. Without a `title` or
    `checks` of their own, the general words of the codes serve.
    """

    id: str
    title: Message
    meaning: Message
    codes: tuple[str, ...]
    checks: tuple[Message, ...]
    signs: tuple[ErrorSign, ...]
    replies: tuple[str, ...]
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True)
class CommonText:
    """A text to pick from where nothing was pasted: who says it, a short name, the whole text.

    Those of one program stand together.
    """

    said_by: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ErrorBook:
    """All errors that the program knows."""

    errors: tuple[KnownError, ...]
