"""Words for a search: its sources, how far a question came, what a way rests on."""

from __future__ import annotations

from mailcheck_gui.model.discovery import Provenance, Source, SourceState, Trust
from mailcheck_gui.model.finding import Message, PreparationStep, Proof, message
from mailcheck_gui.model.quoting import visible_text
from mailcheck_gui.reporting.wording import PROOFS, Translate

SOURCES = {
    Source.CATALOGUE: message("Mailcheck's catalogue"),
    Source.AUTOCONFIG: message("autoconfig file"),
    Source.ISPDB: message("Mozilla's database"),
    Source.SRV: message("DNS service records"),
    Source.AUTODISCOVER: message("Microsoft Autodiscover"),
    Source.PACC: message("automatic configuration (PACC)"),
    Source.MX: message("mail exchanger"),
    Source.GUESS: message("usual server names"),
}

STATES = {
    SourceState.ASKING: message("is being asked"),
    SourceState.FOUND: message("found"),
    SourceState.NOTHING: message("has nothing"),
    SourceState.UNUSABLE: message("cannot be used"),
    SourceState.NO_ANSWER: message("no answer"),
    SourceState.NOT_ASKED: message("not asked"),
}

TRUSTS = {
    Trust.SECURE: message("The way to these settings was secure."),
    Trust.UNVERIFIED: message("The way to these settings was not secure."),
}

LINKS = {
    "http": message("They came without encryption."),
    "mx": message("DNS led to them by the mail exchanger."),
    "srv": message("DNS led to them by a service record."),
    "ns": message("DNS led to them by the name server."),
    "redirect": message("A redirect without encryption led to them."),
    "certificate": message("A certificate names the server."),
    "guess": message("The server names were guessed."),
}
"""Why a way was not secure, by the links of `SettingsCandidate.way`."""

_GUESSED = "guess"

NOT_PROVEN = message("not proven")
NO_SUCH_DOMAIN = message("There is no domain {domain}. Check the spelling.")


def is_guess(origin: Provenance) -> bool:
    """Whether nobody named a server: a usual name was tried."""
    return origin.way[:1] == (_GUESSED,)


def trust_words(origin: Provenance) -> tuple[Message, ...]:
    """Return whether the way to a fact was secure, and which link was not."""
    reasons = tuple(LINKS[link] for link in origin.way if link in LINKS)
    return reasons if is_guess(origin) else (TRUSTS[origin.trust], *reasons)


def proof_words(proof: Proof | None) -> Message:
    """Return what a server of a candidate rests on."""
    return NOT_PROVEN if proof is None else PROOFS[proof]


def step_text(step: PreparationStep, translate: Translate) -> str:
    """Return a step's words. A stranger's file may hold braces, so nothing is filled in."""
    return visible_text(translate(step.text))
