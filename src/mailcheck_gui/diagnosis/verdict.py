"""The one word for a run, and what the run could not see."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.reading import connect_of, handshakes, is_open, was_being_called
from mailcheck_gui.diagnosis.rules.sign_ins import was_not_tested, why_not_tested
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.diagnosis.sign_in_cause import sign_in_cause
from mailcheck_gui.diagnosis.silence import Silence, cause_of_silence
from mailcheck_gui.model.account import SIDES, AuthMethod, Role
from mailcheck_gui.model.finding import Finding, Message, NotTested, Severity, message
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndpointObservation,
    HandshakeOutcome,
    NotTestedReason,
    SignInResult,
)
from mailcheck_gui.model.report import Verdict

_DECIDED = (SignInResult.ACCEPTED, SignInResult.REFUSED)
_SIGN_IN = {
    Role.INCOMING: message("Sign-in for incoming mail"),
    Role.OUTGOING: message("Sign-in for outgoing mail"),
}
_SERVER = {
    Role.INCOMING: message("Incoming mail"),
    Role.OUTGOING: message("Outgoing mail"),
}


def verdict(case: Case, findings: tuple[Finding, ...]) -> Verdict:
    """Return error, incomplete, warning or ok, in this order of precedence.

    Incomplete: a sign-in that a given side wants was not tried or not decided, or no side is known
    yet. A missing side and the sign-in "none" want nothing.
    """
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities:
        return Verdict.ERROR
    sides = tuple(given_sides(case))
    if not sides or any(_is_undecided(case, side) for side in sides):
        return Verdict.INCOMPLETE
    return Verdict.WARNING if Severity.WARNING in severities else Verdict.OK


def _is_undecided(case: Case, side: Side) -> bool:
    if side.server.auth is AuthMethod.NONE:
        return False
    if side.sign_in is None or side.sign_in.result not in _DECIDED:
        return True
    cause = sign_in_cause(case, side)
    return cause is not None and not cause.decides


def not_tested(case: Case) -> tuple[NotTested, ...]:
    """Return what was not examined, and why: this run's gaps first, then the lasting ones."""
    return (*_sides(case), *_gaps(case), *_limits(case), *_LASTING)


def _sides(case: Case) -> Iterator[NotTested]:
    for role in SIDES:
        draft = case.intake.draft.incoming if role is Role.INCOMING else case.intake.draft.outgoing
        if draft is not None and case.account.server(role) is None:
            yield NotTested(
                _SERVER[role], message("What was entered is not the name and port of a server.")
            )
    for side in given_sides(case):
        if was_not_tested(side):
            yield NotTested(_SIGN_IN[side.role], why_not_tested(side)[0])
        elif _is_undecided(case, side):
            yield NotTested(_SIGN_IN[side.role], _why_undecided(case, side))


def _why_undecided(case: Case, side: Side) -> Message:
    cut_short = side.sign_in is not None and side.sign_in.reason is NotTestedReason.CANCELLED
    if case.cancelled and cut_short:
        return message("The check was stopped before the server answered.")
    return message("The server gave no clear answer.")


def _gaps(case: Case) -> Iterator[NotTested]:
    for seen in case.observations.endpoints:
        connect = connect_of(seen)
        if connect is None or connect.final or is_open(seen):
            continue
        if connect.outcome is ConnectOutcome.SILENT or was_being_called(seen):
            yield _endpoint(seen, message("No answer came before the check ended."))
        elif connect.outcome is ConnectOutcome.NOT_TRIED:
            yield _endpoint(seen, message("The check ended before it was tried."))
    for side in given_sides(case):
        if any(_issuer_unknown(seen) for seen in side.configured):
            yield NotTested(
                message("The issuer of the certificate of {host}", host=side.server.host),
                message("The first fault of the certificate hid it."),
            )


def _endpoint(seen: EndpointObservation, why: Message) -> NotTested:
    endpoint = seen.endpoint
    what = message(
        "Port {port} of {host} at {address}",
        port=endpoint.port,
        host=endpoint.host,
        address=seen.address or "?",
    )
    return NotTested(what, why)


def _issuer_unknown(seen: EndpointObservation) -> bool:
    return any(
        tls.outcome is HandshakeOutcome.UNVERIFIED and tls.chain_trusted is None
        for tls in handshakes(seen)
    )


def _limits(case: Case) -> Iterator[NotTested]:
    if case.observations.unprobed_addresses:
        yield NotTested(
            message(
                "More addresses of the servers: {count}",
                count=case.observations.unprobed_addresses,
            ),
            message("One check looks at a few addresses of each server only."),
        )
    if not case.controls:
        yield from _filters(case)
    if not case.neighbours:
        yield NotTested(
            message("Other ports of the servers"),
            message("The check was started for the entered ports only."),
        )
    if case.cancelled:
        yield NotTested(
            message("The rest of this check"), message("It was stopped before its end.")
        )


def _filters(case: Case) -> Iterator[NotTested]:
    for side in given_sides(case):
        if cause_of_silence(case, side) in (Silence.UNKNOWN, Silence.HOST):
            yield NotTested(
                message("Whose filter stops port {port}", port=side.server.port),
                message("Servers of others are asked for comparison only where you agree."),
            )


_LASTING = (
    NotTested(
        message("The way of a message to its recipient"),
        message("A check sends no message."),
    ),
    NotTested(
        message("New Outlook and Outlook on phones"),
        message("They sign in from Microsoft's cloud, not from this computer."),
    ),
    NotTested(
        message("Firewall rules for single programs"),
        message("They can stop your mail program while they let Mailcheck through."),
    ),
)
"""What no check on this computer can see."""
