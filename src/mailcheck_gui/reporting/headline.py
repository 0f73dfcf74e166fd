"""The sentence above a report: what works, what does not, and what happens next.

The window's verdict card, the terminal and the text report all begin with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mailcheck_gui.model.account import SIDES, Role
from mailcheck_gui.model.finding import Finding, Message, Proof, Severity, message
from mailcheck_gui.model.observation import NotTestedReason, SignInResult
from mailcheck_gui.model.report import Report, Verdict
from mailcheck_gui.reporting.side_standing import SideStanding, is_proven, side_standing


@dataclass(frozen=True, slots=True)
class Headline:
    """The verdict in words.

    `title` says what works, `body` the chief reason, `outlook` what is to be done (empty where
    nothing is). `change_count` is the number of settings that the suggestion changes.
    """

    title: Message
    body: Message
    outlook: Message
    change_count: int


NOTHING = message("")


def headline(report: Report) -> Headline:
    """Return the sentence above a report."""
    title, body = _verdict(report)
    return Headline(title, body, _outlook(report), len(report.suggestion.changes))


def _verdict(report: Report) -> tuple[Message, Message]:
    if report.cancelled:
        return _cancelled(report)
    by_verdict: dict[Verdict, Callable[[Report], tuple[Message, Message]]] = {
        Verdict.OK: _fine,
        Verdict.WARNING: _remarks,
        Verdict.INCOMPLETE: _incomplete,
        Verdict.ERROR: _broken,
    }
    return by_verdict[report.verdict](report)


def _cancelled(report: Report) -> tuple[Message, Message]:
    seconds = f"{report.duration_ms / 1000:.1f}"
    title = message("Stopped after {seconds} seconds", seconds=seconds)
    errors = _errors(report)
    body = errors[0].title if errors else message("What was found until then is below.")
    return title, body


def _fine(report: Report) -> tuple[Message, Message]:
    return _works_title(report), _tried(report)


def _remarks(report: Report) -> tuple[Message, Message]:
    warnings = [found for found in report.findings if found.severity is Severity.WARNING]
    return _works_title(report), warnings[0].title if warnings else _tried(report)


def _works_title(report: Report) -> Message:
    if report.account.outgoing is None:
        return message("Receiving mail works")
    if report.account.incoming is None:
        return message("Sending mail works")
    return message("Everything works")


def _tried(report: Report) -> Message:
    """Say what the good news rests on."""
    signed_in = [
        role
        for role, _ in report.account.sides()
        if _sign_in(report, role) is SignInResult.ACCEPTED
    ]
    if len(signed_in) == 2:
        return message(
            "Receiving and sending were both tried with your password, over verified encryption."
        )
    if Role.INCOMING in signed_in:
        return message("Receiving was tried with your password, over verified encryption.")
    if Role.OUTGOING in signed_in:
        return message("Sending was tried with your password, over verified encryption.")
    return message("The encryption of the servers was verified. No sign-in is set.")


_WHY_INCOMPLETE = {
    NotTestedReason.NO_USER_NAME: (
        message("Checked without user name"),
        message("The servers answered. The sign-in needs your user name."),
    ),
    NotTestedReason.NO_PASSWORD: (
        message("Checked without password"),
        message("The servers answered. The sign-in needs your password."),
    ),
    NotTestedReason.NOT_WANTED: (
        message("Checked without sign-in"),
        message("The servers answered. The sign-in was left out."),
    ),
    NotTestedReason.ONLY_OAUTH: (
        message("The sign-in happens in your browser"),
        message("The servers are right. Your mail program opens the provider's sign-in page."),
    ),
    NotTestedReason.RECENTLY_TRIED: (
        message("The sign-in was not repeated"),
        message("The same password was tried a few minutes ago."),
    ),
    NotTestedReason.HOST_NOT_AGREED: (
        message("The sign-in waits for your answer"),
        message("Your password goes only to servers that you entered or agreed to."),
    ),
}
_UNDECIDED = (
    message("The sign-in is not decided yet"),
    message("The server gave no final answer. Try again in a few minutes."),
)
_NOT_SIGNED_IN = (
    message("The sign-in was not tested"),
    message("The report below says why."),
)


def _incomplete(report: Report) -> tuple[Message, Message]:
    observed = [report.observations.sign_in(role) for role, _ in report.account.sides()]
    tries = [sign_in for sign_in in observed if sign_in is not None]
    if any(t.result in (SignInResult.TEMPORARY, SignInResult.UNDECIDED) for t in tries):
        return _UNDECIDED
    for sign_in in tries:
        if sign_in.reason in _WHY_INCOMPLETE:
            return _WHY_INCOMPLETE[sign_in.reason]
    return _NOT_SIGNED_IN


def _broken(report: Report) -> tuple[Message, Message]:
    errors = _errors(report)
    reason = errors[0].title if errors else NOTHING
    if any(found.code == "offline" for found in errors):
        return message("This computer is not connected"), reason
    return _broken_title(report, {found.role for found in errors}), reason


def _broken_title(report: Report, broken: set[Role]) -> Message:
    if broken >= {Role.INCOMING, Role.OUTGOING}:
        return message("Neither receiving nor sending works")
    if Role.OUTGOING in broken:
        if is_proven(report, Role.INCOMING):
            return message("You can receive mail, but not send it")
        return message("Sending mail does not work")
    if Role.INCOMING in broken:
        if is_proven(report, Role.OUTGOING):
            return message("You can send mail, but not receive it")
        return message("Receiving mail does not work")
    return message("These settings do not work yet")


def _outlook(report: Report) -> Message:
    count = len(report.suggestion.changes)
    if count:
        return _changes_ahead(report, count)
    if report.verdict is Verdict.ERROR and _has_no_cure(report):
        return message("No change here is known to put it right. What to do stands below.")
    return NOTHING


def _changes_ahead(report: Report, count: int) -> Message:
    signed_in = {change.proof for change in report.suggestion.changes} == {Proof.SIGNED_IN}
    if report.verdict is not Verdict.ERROR:
        return _improvement(count, signed_in=signed_in)
    if not signed_in:
        if count == 1:
            return message("One change should put it right.")
        return message("{count} changes should put it right.", count=count)
    if count == 1:
        return message("One change puts it right: Mailcheck has just signed in with it.")
    return message(
        "{count} changes put it right: Mailcheck has just signed in with them.", count=count
    )


def _improvement(count: int, *, signed_in: bool) -> Message:
    """Say what a change brings where nothing is broken."""
    if not signed_in:
        return message("A stronger encryption seems to be there too.")
    if count == 1:
        return message("One change makes it stronger: Mailcheck has just signed in with it.")
    return message(
        "{count} changes make it stronger: Mailcheck has just signed in with them.", count=count
    )


def _has_no_cure(report: Report) -> bool:
    return any(side_standing(report, role) is SideStanding.NO_CURE for role in SIDES)


def _sign_in(report: Report, role: Role) -> SignInResult | None:
    observed = report.observations.sign_in(role)
    return observed.result if observed else None


def _errors(report: Report) -> list[Finding]:
    return [found for found in report.findings if found.severity is Severity.ERROR]
