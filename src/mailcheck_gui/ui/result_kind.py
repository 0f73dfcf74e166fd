"""Which of its shapes the result page takes for a report."""

from __future__ import annotations

from enum import Enum

from mailcheck_gui.model.account import SIDES
from mailcheck_gui.model.finding import Change, Finding, Proof, Severity
from mailcheck_gui.model.observation import NotTestedReason, SignInObservation, SignInResult
from mailcheck_gui.model.report import Report, Verdict


class ResultKind(Enum):
    """What the verdict card offers."""

    OFFLINE = "offline"
    CHANGE = "change"  # a table with what to put there instead
    NO_CURE = "no-cure"  # steps: no setting puts it right
    INCOMPLETE = "incomplete"
    FINE = "fine"


def result_kind(report: Report) -> ResultKind:
    """Return the shape for a report."""
    if any(finding.code == "offline" for finding in report.findings):
        return ResultKind.OFFLINE
    if report.suggestion.changes:
        return ResultKind.CHANGE
    if report.verdict is Verdict.ERROR:
        return ResultKind.NO_CURE
    if report.cancelled or report.verdict is Verdict.INCOMPLETE:
        return ResultKind.INCOMPLETE
    return ResultKind.FINE


def all_signed_in(changes: tuple[Change, ...]) -> bool:
    """Return whether every changed value was signed in with: only then it is said to work."""
    return bool(changes) and all(change.proof is Proof.SIGNED_IN for change in changes)


def errors_of(report: Report) -> tuple[Finding, ...]:
    """Return the findings that break something."""
    return tuple(finding for finding in report.findings if finding.severity is Severity.ERROR)


def sign_ins(report: Report) -> tuple[SignInObservation, ...]:
    """Return what became of the sign-in of each given side, where one is known."""
    known = (report.observations.sign_in(role) for role, _ in report.account.sides())
    return tuple(sign_in for sign_in in known if sign_in is not None)


def lacks_password(report: Report) -> bool:
    """Return whether a sign-in was left out only because there was no password."""
    return any(sign_in.reason is NotTestedReason.NO_PASSWORD for sign_in in sign_ins(report))


def password_refused(report: Report) -> bool:
    """Return whether a server said no to a password."""
    return any(sign_in.result is SignInResult.REFUSED for sign_in in sign_ins(report))


def may_send_test(report: Report) -> bool:
    """Return whether both servers took the sign-in, so that a test message can make its trip."""
    accepted = [seen for seen in sign_ins(report) if seen.result is SignInResult.ACCEPTED]
    return len(accepted) == len(SIDES) and result_kind(report) is ResultKind.FINE
