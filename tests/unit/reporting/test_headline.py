from __future__ import annotations

import dataclasses

import pytest
from sample_reports import (
    ACCEPTED,
    BETTER,
    CHANGES,
    IMAP,
    SMTP,
    STARTED,
    broken_report,
    finding,
    report,
    signed_in,
)

from mailcheck_gui.model.account import Account, AuthMethod, Role
from mailcheck_gui.model.finding import Proof, Severity, SideStatus, SideSuggestion, Suggestion
from mailcheck_gui.model.observation import NotTestedReason, Observations, SignInResult
from mailcheck_gui.model.report import Report, Verdict
from mailcheck_gui.reporting.headline import headline

INCOMING = finding("port-closed", role=Role.INCOMING, title="Nothing listens on port 993")
OUTGOING = finding()
ACCOUNT = finding("host-invalid", role=Role.ACCOUNT, title="That is no address")
OFFLINE = finding("offline", role=Role.ACCOUNT, title="There is no way to any network")
WARNING = finding("ipv6-broken", Severity.WARNING, title="IPv6 does not work here")


def words(r: Report) -> tuple[str, str, str]:
    line = headline(r)
    return line.title.english(), line.body.english(), line.outlook.english()


def seen(*results: tuple[Role, SignInResult, NotTestedReason | None]) -> Observations:
    sign_ins = tuple(signed_in(role, result, reason=reason) for role, result, reason in results)
    return Observations(STARTED, sign_ins=sign_ins)


def test_everything_works() -> None:
    assert words(report()) == (
        "Everything works",
        "Receiving and sending were both tried with your password, over verified encryption.",
        "",
    )


@pytest.mark.parametrize(
    ("account", "title"),
    [
        (Account("a@example.com", IMAP, None), "Receiving mail works"),
        (Account("a@example.com", None, SMTP), "Sending mail works"),
    ],
)
def test_one_side_that_works(account: Account, title: str) -> None:
    assert words(report(account=account))[0] == title


def test_without_sign_in_the_good_news_claims_no_password() -> None:
    account = Account(
        "a@example.com",
        dataclasses.replace(IMAP, auth=AuthMethod.NONE),
        dataclasses.replace(SMTP, auth=AuthMethod.NONE),
    )
    title, body, _ = words(report(account=account, observations=Observations(STARTED)))
    assert title == "Everything works"
    assert "password" not in body


def test_a_warning_is_told_below() -> None:
    assert words(report(Verdict.WARNING, findings=(WARNING,))) == (
        "Everything works",
        "IPv6 does not work here",
        "",
    )


@pytest.mark.parametrize(
    ("findings", "title"),
    [
        ((INCOMING, OUTGOING), "Neither receiving nor sending works"),
        ((OUTGOING,), "You can receive mail, but not send it"),
        ((INCOMING,), "You can send mail, but not receive it"),
        ((ACCOUNT,), "These settings do not work yet"),
        ((OFFLINE, INCOMING, OUTGOING), "This computer is not connected"),
    ],
)
def test_what_does_not_work(findings: tuple[object, ...], title: str) -> None:
    found = words(report(Verdict.ERROR, findings=findings))
    assert found[0] == title
    assert found[1] == findings[0].title.english()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("broken", "title"),
    [(OUTGOING, "Sending mail does not work"), (INCOMING, "Receiving mail does not work")],
)
def test_a_side_that_was_not_proven_is_not_praised(broken: object, title: str) -> None:
    untested = seen(
        (Role.INCOMING, SignInResult.NOT_TESTED, NotTestedReason.NO_PASSWORD),
        (Role.OUTGOING, SignInResult.NOT_TESTED, NotTestedReason.NO_PASSWORD),
    )
    r = report(Verdict.ERROR, findings=(broken,), observations=untested)
    assert words(r)[0] == title


def test_a_side_that_is_missing_is_not_praised() -> None:
    account = Account("a@example.com", None, SMTP)
    r = report(Verdict.ERROR, findings=(OUTGOING,), account=account)
    assert words(r)[0] == "Sending mail does not work"


@pytest.mark.parametrize(
    ("reason", "title"),
    [
        (NotTestedReason.NO_USER_NAME, "Checked without user name"),
        (NotTestedReason.NO_PASSWORD, "Checked without password"),
        (NotTestedReason.NOT_WANTED, "Checked without sign-in"),
        (NotTestedReason.ONLY_OAUTH, "The sign-in happens in your browser"),
        (NotTestedReason.RECENTLY_TRIED, "The sign-in was not repeated"),
        (NotTestedReason.HOST_NOT_AGREED, "The sign-in waits for your answer"),
        (NotTestedReason.LOOPBACK_SELF_SIGNED, "The sign-in was not tested"),
    ],
)
def test_why_it_is_incomplete(reason: NotTestedReason, title: str) -> None:
    observed = seen((Role.INCOMING, SignInResult.NOT_TESTED, reason))
    assert words(report(Verdict.INCOMPLETE, observations=observed))[0] == title


def test_an_undecided_sign_in() -> None:
    observed = seen((Role.OUTGOING, SignInResult.TEMPORARY, None))
    r = report(Verdict.INCOMPLETE, observations=observed)
    assert words(r)[0] == "The sign-in is not decided yet"


def test_a_stopped_run() -> None:
    title, body, _ = words(report(Verdict.OK, cancelled=True))
    assert title == "Stopped after 1.2 seconds"
    assert body == "What was found until then is below."


def test_a_stopped_run_does_not_say_that_nothing_helps() -> None:
    no_cure = Suggestion(outgoing=SideSuggestion(SideStatus.NO_CURE))
    r = report(Verdict.ERROR, findings=(OUTGOING,), suggestion=no_cure, cancelled=True)
    assert words(r)[1:] == (OUTGOING.title.english(), "")


def test_one_proven_change() -> None:
    line = headline(broken_report())
    assert line.change_count == 1
    assert line.outlook.english() == (
        "One change puts it right: Mailcheck has just signed in with it."
    )


def with_changes(proof: Proof, count: int) -> Report:
    changes = tuple(dataclasses.replace(CHANGES[0], proof=proof) for _ in range(count))
    side = SideSuggestion(SideStatus.CHANGE, BETTER, proof, changes)
    return report(Verdict.ERROR, findings=(OUTGOING,), suggestion=Suggestion(outgoing=side))


@pytest.mark.parametrize(
    ("proof", "count", "outlook"),
    [
        (
            Proof.SIGNED_IN,
            2,
            "2 changes put it right: Mailcheck has just signed in with them.",
        ),
        (Proof.HANDSHAKE, 1, "One change should put it right."),
        (Proof.DOCUMENTED, 3, "3 changes should put it right."),
    ],
)
def test_how_sure_the_outlook_is(proof: Proof, count: int, outlook: str) -> None:
    assert words(with_changes(proof, count))[2] == outlook


def test_nothing_to_set() -> None:
    no_cure = Suggestion(outgoing=SideSuggestion(SideStatus.NO_CURE))
    r = report(Verdict.ERROR, findings=(OUTGOING,), suggestion=no_cure)
    assert words(r)[2] == "No change here is known to put it right. What to do stands below."


def test_a_better_way_for_something_that_works_cures_nothing() -> None:
    side = SideSuggestion(SideStatus.CHANGE, BETTER, Proof.SIGNED_IN, CHANGES)
    r = report(
        suggestion=Suggestion(outgoing=side), observations=Observations(STARTED, sign_ins=ACCEPTED)
    )
    assert words(r)[2] == "One change makes it stronger: Mailcheck has just signed in with it."
