"""From facts to findings: every rule asked once, the answers sorted."""

from __future__ import annotations

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.rules.table import RULES
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.finding import Finding, Severity

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_ROLES = (Role.ACCOUNT, Role.INCOMING, Role.OUTGOING)


def diagnose(case: Case) -> tuple[Finding, ...]:
    """Return all findings, those of the intake included: errors first, incoming before outgoing.

    What concerns the whole account comes before both sides; within a side the order of the rules
    holds, nearest to the root first.
    """
    found = [finding for rule in RULES for finding in rule(case)]
    found.sort(key=lambda f: (_SEVERITIES.index(f.severity), _ROLES.index(f.role)))
    return tuple(found)
