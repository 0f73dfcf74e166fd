"""How one side of a report stands: the remark beside it, in the window and in the text alike."""

from __future__ import annotations

from enum import Enum

from mailcheck_gui.model.account import AuthMethod, Role
from mailcheck_gui.model.finding import Severity, SideStatus
from mailcheck_gui.model.observation import SignInResult
from mailcheck_gui.model.report import Report


class SideStanding(Enum):
    """What is said about a side.

    It tells apart what `SideStatus` calls "no-cure" in a check that was stopped: there something
    is wrong and no more was tried, or nothing is known.
    """

    NOT_GIVEN = "not-given"
    WORKS = "works"
    SIGN_IN_NOT_TESTED = "sign-in-not-tested"  # all that was seen is in order
    CHANGE = "change"
    NO_CURE = "no-cure"
    NO_CURE_SO_FAR = "no-cure-so-far"
    NOT_KNOWN = "not-known"


_FIXED = {
    SideStatus.NOT_GIVEN: SideStanding.NOT_GIVEN,
    SideStatus.CHANGE: SideStanding.CHANGE,
}


def side_standing(report: Report, role: Role) -> SideStanding:
    """Return how a side stands."""
    status = report.suggestion.side(role).status
    if status is SideStatus.KEEP:
        return SideStanding.WORKS if is_proven(report, role) else SideStanding.SIGN_IN_NOT_TESTED
    if status is not SideStatus.NO_CURE:
        return _FIXED[status]
    if not report.cancelled:
        return SideStanding.NO_CURE
    return SideStanding.NO_CURE_SO_FAR if _is_broken(report, role) else SideStanding.NOT_KNOWN


def is_proven(report: Report, role: Role) -> bool:
    """Return whether a side signed in; without a sign-in only where none is set."""
    server = report.account.server(role)
    if server is None:
        return False
    sign_in = report.observations.sign_in(role)
    accepted = sign_in is not None and sign_in.result is SignInResult.ACCEPTED
    return accepted or server.auth is AuthMethod.NONE


def _is_broken(report: Report, role: Role) -> bool:
    about = (role, Role.ACCOUNT)
    return any(f.severity is Severity.ERROR and f.role in about for f in report.findings)
