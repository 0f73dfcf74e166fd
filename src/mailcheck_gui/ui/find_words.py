"""Where settings come from and how far they can be trusted, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from mailcheck_gui.model.account import SIDES
from mailcheck_gui.model.discovery import (
    Provenance,
    SettingsCandidate,
    Source,
    SourceState,
    Trust,
)
from mailcheck_gui.model.finding import Proof
from mailcheck_gui.reporting.find_words import STATES, is_guess, trust_words
from mailcheck_gui.ui.severity import Shape
from mailcheck_gui.ui.times import listed, month_text
from mailcheck_gui.ui.translation import translate_message

STATE_SHAPES = {
    SourceState.ASKING: Shape.RUNNING,
    SourceState.FOUND: Shape.WORKS,
    SourceState.NOTHING: Shape.NOTHING,
    SourceState.UNUSABLE: Shape.WARNING,
    SourceState.NO_ANSWER: Shape.NOT_TESTED,
    SourceState.NOT_ASKED: Shape.NOT_TESTED,
}
"""The shape of each state: only what was found is a disc, and only what is next an empty ring."""


def source_text(source: Source) -> str:
    """Return the name of a source, in plainer words than the terminal has for its readers."""
    words = {
        Source.CATALOGUE: QCoreApplication.translate("find_words", "Built-in catalogue"),
        Source.AUTOCONFIG: QCoreApplication.translate("find_words", "Your provider's own file"),
        Source.ISPDB: QCoreApplication.translate("find_words", "Mozilla's database"),
        Source.SRV: QCoreApplication.translate("find_words", "DNS service records"),
        Source.AUTODISCOVER: QCoreApplication.translate("find_words", "Microsoft Autodiscover"),
        Source.PACC: QCoreApplication.translate("find_words", "Your provider's newer file (PACC)"),
        Source.MX: QCoreApplication.translate("find_words", "The provider behind your domain"),
        Source.GUESS: QCoreApplication.translate("find_words", "Trying usual names"),
    }
    return words[source]


def state_text(state: SourceState) -> str:
    """Return a state in a word or two, for a screen reader."""
    return translate_message(STATES[state])


def provenance_text(source: Source, date: str = "") -> str:
    """Return where something was read, and when it was last confirmed where that is known."""
    month = month_text(date)
    if not month:
        return source_text(source)
    template = QCoreApplication.translate("find_words", "{source}, confirmed {month}")
    return template.format(source=source_text(source), month=month)


def agreeing_text(candidate: SettingsCandidate) -> str:
    """Return which other sources name the same servers, "" for none; trying them is no naming."""
    names = [source_text(each) for each in candidate.also if each is not Source.GUESS]
    if not names:
        return ""
    template = QCoreApplication.translate("find_words", "The same servers come from: {sources}")
    return template.format(sources=listed(names))


def trust_text(origin: Provenance) -> str:
    """Return whether the way to a fact was secure, and which link was not."""
    if origin.trust is Trust.SECURE:
        if origin.source is Source.CATALOGUE:
            return QCoreApplication.translate("find_words", "Comes with Mailcheck")
        return QCoreApplication.translate("find_words", "Read over verified encryption")
    return " ".join(translate_message(text) for text in trust_words(origin))


def is_guessed(candidate: SettingsCandidate) -> bool:
    """Return whether nobody named a server of a candidate: usual names were tried."""
    roles = (role for role in SIDES if candidate.server(role) is not None)
    return any(is_guess(candidate.origin(role)) for role in roles)


def is_proven(candidate: SettingsCandidate) -> bool:
    """Return whether every server of a candidate was reached over verified encryption."""
    proofs = [candidate.proof(role) for role in SIDES if candidate.server(role) is not None]
    return bool(proofs) and all(p in (Proof.HANDSHAKE, Proof.SIGNED_IN) for p in proofs)
