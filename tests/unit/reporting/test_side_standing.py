from __future__ import annotations

import dataclasses

import pytest
from sample_reports import BETTER, CHANGES, IMAP, SMTP, STARTED, finding, report, signed_in

from mailcheck_gui.model.account import Account, AuthMethod, Role
from mailcheck_gui.model.finding import (
    Finding,
    Proof,
    Severity,
    SideStatus,
    SideSuggestion,
    Suggestion,
)
from mailcheck_gui.model.observation import Observations, SignInResult
from mailcheck_gui.model.report import Report
from mailcheck_gui.reporting.side_standing import SideStanding, side_standing

KEPT = SideSuggestion(SideStatus.KEEP, SMTP, Proof.HANDSHAKE)
NO_CURE = SideSuggestion(SideStatus.NO_CURE)
BROKEN = finding()
ELSEWHERE = finding(role=Role.INCOMING)
OFFLINE = finding("offline", role=Role.ACCOUNT)
REMARK = finding("slow-server", Severity.WARNING)


def outgoing(side: SideSuggestion, *found: Finding, **traits: object) -> SideStanding:
    return side_standing(
        report(suggestion=Suggestion(outgoing=side), findings=found, **traits), Role.OUTGOING
    )


@pytest.mark.parametrize("cancelled", [False, True])
def test_what_a_stop_cannot_change(cancelled: bool) -> None:
    change = SideSuggestion(SideStatus.CHANGE, BETTER, Proof.HANDSHAKE, CHANGES)
    not_given = SideSuggestion(SideStatus.NOT_GIVEN)
    assert outgoing(change, BROKEN, cancelled=cancelled) is SideStanding.CHANGE
    assert outgoing(not_given, cancelled=cancelled) is SideStanding.NOT_GIVEN
    assert outgoing(KEPT, cancelled=cancelled) is SideStanding.WORKS


@pytest.mark.parametrize("result", [SignInResult.UNDECIDED, SignInResult.NOT_TESTED, None])
def test_without_a_sign_in_nothing_is_said_to_work(result: SignInResult | None) -> None:
    sign_ins = () if result is None else (signed_in(Role.OUTGOING, result),)
    seen = Observations(STARTED, sign_ins=sign_ins)
    assert outgoing(KEPT, observations=seen) is SideStanding.SIGN_IN_NOT_TESTED


def test_where_no_sign_in_is_set_none_is_missed() -> None:
    account = Account("a@example.com", IMAP, dataclasses.replace(SMTP, auth=AuthMethod.NONE))
    seen = Observations(STARTED)
    assert outgoing(KEPT, account=account, observations=seen) is SideStanding.WORKS


@pytest.mark.parametrize(
    ("found", "standing"),
    [
        ((), SideStanding.NOT_KNOWN),
        ((REMARK,), SideStanding.NOT_KNOWN),
        ((ELSEWHERE,), SideStanding.NOT_KNOWN),
        ((BROKEN,), SideStanding.NO_CURE_SO_FAR),
        ((OFFLINE,), SideStanding.NO_CURE_SO_FAR),
    ],
)
def test_only_a_check_that_ended_says_that_there_is_no_cure(
    found: tuple[Finding, ...], standing: SideStanding
) -> None:
    assert outgoing(NO_CURE, *found) is SideStanding.NO_CURE
    assert outgoing(NO_CURE, *found, cancelled=True) is standing


def test_each_side_stands_for_itself() -> None:
    both = Suggestion(SideSuggestion(SideStatus.KEEP, IMAP, Proof.SIGNED_IN), NO_CURE)
    stopped: Report = report(suggestion=both, cancelled=True)
    assert side_standing(stopped, Role.INCOMING) is SideStanding.WORKS
    assert side_standing(stopped, Role.OUTGOING) is SideStanding.NOT_KNOWN
