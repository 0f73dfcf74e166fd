"""From facts to findings: every rule asked once, the answers sorted."""

from __future__ import annotations

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.model.finding import Finding


def diagnose(case: Case) -> tuple[Finding, ...]:
    """Return all findings, those of the intake included: errors first, incoming before outgoing."""
    raise NotImplementedError
