"""The result of one check: what the window, the terminal and the files show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window reads verdicts of saved accounts before it shows anything
    from datetime import datetime

    from mailcheck_gui.model.account import Account, Cleaning
    from mailcheck_gui.model.finding import Finding, NotTested, Suggestion
    from mailcheck_gui.model.observation import Observations


class Verdict(StrEnum):
    """The one word for a whole run."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Report:
    """One finished (or cancelled) check. Holds no secret by construction.

    Findings are sorted: errors, warnings, info; incoming before outgoing within each.
    """

    account: Account
    cleaned: tuple[Cleaning, ...]
    verdict: Verdict
    findings: tuple[Finding, ...]
    suggestion: Suggestion
    observations: Observations
    not_tested: tuple[NotTested, ...]
    started: datetime
    duration_ms: float
    cancelled: bool = False
