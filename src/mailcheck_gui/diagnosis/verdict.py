"""The one word for a run, and what the run could not see."""

from __future__ import annotations

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.model.finding import Finding, NotTested
from mailcheck_gui.model.report import Verdict


def verdict(case: Case, findings: tuple[Finding, ...]) -> Verdict:
    """Return error, incomplete, warning or ok, in this order of precedence."""
    raise NotImplementedError


def not_tested(case: Case) -> tuple[NotTested, ...]:
    """Return what was not examined, and why."""
    raise NotImplementedError
