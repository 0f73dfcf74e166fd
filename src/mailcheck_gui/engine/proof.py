"""Which candidate is tried, and whether it gets the one sign-in of its side."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.checks.sign_in import SignInDesk
from mailcheck_gui.diagnosis.candidates import candidates
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.model.account import Role, Server
from mailcheck_gui.model.finding import Finding
from mailcheck_gui.model.intake import Candidate

ROUNDS = 2
"""Trials of one side in a run: where the best candidate does not hold, the next best may."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One candidate to be tried, with the side's sign-in or for the handshake only."""

    role: Role
    server: Server
    sign_in: bool


def next_trial(
    case: Case,
    findings: tuple[Finding, ...],
    role: Role,
    desk: SignInDesk,
    hosts: frozenset[str],
    done: frozenset[Server],
) -> Trial | None:
    """Return what to try next on a side; None where nothing is left to prove.

    `findings` are those of the case. Only the best candidate counts: proving a worse one would
    change nothing. `hosts` are the names that the person entered or agreed to; a credential goes
    to no other.
    """
    best = next(iter(candidates(case, role, findings)), None)
    if best is None or best.server in done:
        return None
    may_sign_in = best.may_sign_in and best.server.ascii_host in hosts and desk.expects(role)
    if may_sign_in or _is_unproven(best):
        return Trial(role, best.server, may_sign_in)
    return None


def _is_unproven(candidate: Candidate) -> bool:
    return candidate.proof is None
