"""The one complete corrected pair of settings."""

from __future__ import annotations

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.model.finding import Finding, Suggestion


def suggest(case: Case, findings: tuple[Finding, ...]) -> Suggestion:
    """Return what to keep and what to change on each side, with proof."""
    raise NotImplementedError
