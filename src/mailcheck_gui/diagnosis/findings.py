"""Put a finding together: words from the table, values from the rule."""

from __future__ import annotations

from collections.abc import Mapping

from mailcheck_gui.diagnosis.texts.table import CAUSES
from mailcheck_gui.model.account import Field, Protocol, Role
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.finding import Confidence, Evidence, Finding, Message

PROTOCOL_NAMES = {Protocol.IMAP: "IMAP", Protocol.POP3: "POP3", Protocol.SMTP: "SMTP"}

Fact = str | int | float | bool


def make_finding(
    code: str,
    role: Role,
    *,
    variant: str = "",
    confidence: Confidence = Confidence.CERTAIN,
    endpoint: Endpoint | None = None,
    field: Field | None = None,
    values: Mapping[str, object] | None = None,
    explanation: Message | None = None,
    remedy: Message | None = None,
    facts: Mapping[str, Fact] | None = None,
    quote: bytes = b"",
) -> Finding:
    """Build a finding with the words of `code`, or of its `variant`.

    `values` fill the three templates; an `explanation` or `remedy` replaces the table's and is
    filled with the same values besides its own.
    """
    cause = CAUSES[f"{code}:{variant}" if variant else code]
    filled = values or {}
    return Finding(
        code=code,
        severity=cause.severity,
        confidence=confidence,
        role=role,
        title=_fill(cause.title, filled),
        explanation=_fill(explanation or cause.explanation, filled),
        remedy=_fill(remedy or cause.remedy, filled),
        endpoint=endpoint,
        evidence=Evidence(tuple((facts or {}).items()), quote),
        field=field,
    )


def _fill(text: Message, values: Mapping[str, object]) -> Message:
    return text.with_values(values)
