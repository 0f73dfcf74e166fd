"""What a search found, as the JSON object of `mailcheck find --json`, version 1.

The order of the keys is written out here. `outgoing_from` stands only in a candidate whose sides
come from different sources, `suggestions` only where nothing was found.
"""

from __future__ import annotations

import json

from mailcheck_gui.model.account import Server
from mailcheck_gui.model.discovery import Discovery, Provenance, SettingsCandidate, SourceOutcome
from mailcheck_gui.model.finding import PreparationStep, Proof
from mailcheck_gui.model.quoting import visible_text
from mailcheck_gui.reporting.find_words import step_text
from mailcheck_gui.reporting.json_report import JsonObject, server_to_object
from mailcheck_gui.reporting.wording import Translate, say, untranslated

FIND_VERSION = 1


def discovery_to_json(discovery: Discovery, translate: Translate = untranslated) -> str:
    """Return a search as one JSON object, readable by a person, without a line end behind it."""
    return json.dumps(discovery_to_object(discovery, translate), ensure_ascii=False, indent=2)


def discovery_to_object(discovery: Discovery, translate: Translate = untranslated) -> JsonObject:
    """Return a search as a JSON object."""
    document: JsonObject = {
        "version": FIND_VERSION,
        "email": visible_text(discovery.email),
        "candidates": [_candidate(candidate) for candidate in discovery.candidates],
        "preparation": [_step(step, translate) for step in discovery.preparation],
        "tried": [_tried(outcome, translate) for outcome in discovery.tried],
    }
    if discovery.suggestions:
        document["suggestions"] = [_suggestion(likely) for likely in discovery.suggestions]
    return document


def _candidate(candidate: SettingsCandidate) -> JsonObject:
    document: JsonObject = {
        "incoming": _server(candidate.incoming),
        "outgoing": _server(candidate.outgoing),
        "source": candidate.source.value,
        "trust": candidate.trust.value,
        "proof": {
            "incoming": _proof(candidate.incoming_proof),
            "outgoing": _proof(candidate.outgoing_proof),
        },
        "url": visible_text(candidate.url),
        "date": candidate.date,
    }
    if candidate.outgoing_from is not None:
        document["outgoing_from"] = _provenance(candidate.outgoing_from)
    return document


def _provenance(origin: Provenance) -> JsonObject:
    return {
        "source": origin.source.value,
        "trust": origin.trust.value,
        "url": visible_text(origin.url),
        "date": origin.date,
    }


def _suggestion(likely: SettingsCandidate) -> JsonObject:
    return {"incoming": _server(likely.incoming), "outgoing": _server(likely.outgoing)}


def _server(server: Server | None) -> JsonObject | None:
    return server_to_object(server) if server is not None else None


def _proof(proof: Proof | None) -> str | None:
    return proof.value if proof is not None else None


def _step(step: PreparationStep, translate: Translate) -> JsonObject:
    return {
        "text": step_text(step, translate),
        "url": visible_text(step.url),
        "source": visible_text(step.source),
        "date": step.date,
    }


def _tried(outcome: SourceOutcome, translate: Translate) -> JsonObject:
    elapsed = outcome.elapsed_ms
    return {
        "source": outcome.source.value,
        "outcome": say(outcome.outcome, translate),
        "state": outcome.state.value,
        "asked": visible_text(outcome.asked),
        "ms": round(elapsed, 1) if elapsed is not None else None,
    }
