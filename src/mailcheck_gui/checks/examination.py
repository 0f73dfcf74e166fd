"""What all conversations of one run share."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.checks.errand import Errand
from mailcheck_gui.checks.farewell import Farewells
from mailcheck_gui.checks.issuers import IssuerShelf
from mailcheck_gui.checks.limits import RunLimits
from mailcheck_gui.checks.progress import ReportProgress
from mailcheck_gui.checks.redaction import Redactor
from mailcheck_gui.checks.sign_in import SignInDesk
from mailcheck_gui.checks.transcript import Transcript
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network


@dataclass(frozen=True, slots=True)
class Examination:
    """The means and limits of one run. `deadline` ends all of its conversations.

    `redactor` takes user names and secrets out of what a server said after a sign-in, `secrets`
    only secrets, out of everything else. `issuers` is None where no third party may be asked.
    """

    network: Network
    thresholds: Thresholds
    deadline: Deadline
    limits: RunLimits
    desk: SignInDesk
    sending: Errand
    redactor: Redactor
    secrets: Redactor
    transcript: Transcript
    farewells: Farewells
    report: ReportProgress
    issuers: IssuerShelf | None = None
