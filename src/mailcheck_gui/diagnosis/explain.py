"""Explain an error text: a code, a message of a mail program, a bounce or a line of a log.

Every sign of every known error is searched; what is found is ranked by how much the sign says
(docs/adr/0013). So the server's own words inside a message outrank the code in front of them.
"""

from __future__ import annotations

from mailcheck_gui.catalogue.explanations import load_explanations
from mailcheck_gui.diagnosis.explain_match import Match, matches
from mailcheck_gui.diagnosis.pasted_secrets import without_secrets
from mailcheck_gui.diagnosis.pasted_text import as_read
from mailcheck_gui.diagnosis.texts.general import general_cause
from mailcheck_gui.model.explanation import Explanation
from mailcheck_gui.model.finding import Confidence, Message
from mailcheck_gui.model.known_error import ErrorBook

MOST = 5
"""Explanations of one text."""

_MOST_CHECKS = 3

_VAGUE = 4
"""Strength of a sign up to which nothing is more than possible."""


def explain(text: str, book: ErrorBook | None = None) -> tuple[Explanation, ...]:
    """Return what a text may mean, best first, at most five; () where nothing is recognised.

    `book` is what is known of error texts, by default what ships with the program. No explanation
    repeats what may be a password.
    """
    found = matches(text, book or load_explanations())
    return tuple(_explanation(match) for match in found[:MOST])


def safe_text(text: str) -> str:
    """Return a pasted text as it may be kept and shown: capped, without passwords."""
    return without_secrets(as_read(text))


def _explanation(match: Match) -> Explanation:
    error = match.error
    return Explanation(
        id=error.id,
        title=error.title if error.title.template else general_cause(error.codes[0]).title,
        meaning=error.meaning,
        codes=error.codes,
        checks=error.checks or _remedies(error.codes),
        matched=match.matched,
        confidence=Confidence.POSSIBLE if match.strength <= _VAGUE else error.confidence,
        said_by=match.said_by,
        source=error.source,
    )


def _remedies(codes: tuple[str, ...]) -> tuple[Message, ...]:
    """Return what helps against the likeliest causes, each sentence once."""
    remedies = (general_cause(code).remedy for code in codes[:_MOST_CHECKS])
    return tuple(dict.fromkeys(remedy for remedy in remedies if remedy.template))
