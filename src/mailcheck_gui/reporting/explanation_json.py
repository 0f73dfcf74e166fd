"""Explanations as the JSON object of `explain --json`, version 1."""

from __future__ import annotations

import json

from mailcheck_gui.model.explanation import Explanation
from mailcheck_gui.model.quoting import visible_text
from mailcheck_gui.reporting.json_report import JsonObject
from mailcheck_gui.reporting.wording import Translate, say, untranslated

EXPLANATIONS_VERSION = 1


def explanations_to_json(
    text: str, found: tuple[Explanation, ...], translate: Translate = untranslated
) -> str:
    """Return the explanations of a text as one JSON object, best first, no line end behind it."""
    document: JsonObject = {
        "version": EXPLANATIONS_VERSION,
        "text": visible_text(text),
        "matches": [_match(explanation, translate) for explanation in found],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _match(explanation: Explanation, translate: Translate) -> JsonObject:
    return {
        "id": explanation.id,
        "title": say(explanation.title, translate),
        "meaning": say(explanation.meaning, translate),
        "codes": list(explanation.codes),
        "check": [say(check, translate) for check in explanation.checks],
        "matched": visible_text(explanation.matched),
        "said_by": explanation.said_by,
        "confidence": explanation.confidence.value,
        "source": explanation.source,
    }
