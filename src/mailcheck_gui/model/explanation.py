"""What an error text means: the answer of `mailcheck explain`."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.model.finding import Confidence, Message


@dataclass(frozen=True, slots=True)
class Explanation:
    """One cause that a text points to.

    `id` is stable and kebab-case. `codes` are the finding codes that a check would show, the
    likeliest first; empty where no check can show it. `matched` is the part of the text that it
    was recognised by, as it stands there. `said_by` names the program or server that says it.
    """

    id: str
    title: Message
    meaning: Message
    codes: tuple[str, ...]
    checks: tuple[Message, ...]
    matched: str
    confidence: Confidence
    said_by: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """What a whole text came to: its explanations, best first; none where nothing is recognised."""

    text: str
    found: tuple[Explanation, ...]
