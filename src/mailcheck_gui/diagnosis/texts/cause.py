"""The words for one cause."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.model.finding import Message, Severity, message


@dataclass(frozen=True, slots=True)
class Cause:
    """How much a cause matters on a configured endpoint, and its three texts without values."""

    severity: Severity
    title: Message
    explanation: Message
    remedy: Message


EMPTY = message("")
"""Stands where a rule always brings a text of its own."""
