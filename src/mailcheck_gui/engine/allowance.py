"""Which credentials a run may use at all, and why others stay unused."""

from __future__ import annotations

from dataclasses import dataclass, field

from mailcheck_gui.engine.assignment import Assignment
from mailcheck_gui.engine.ledger import SignInLedger
from mailcheck_gui.model.account import AuthMethod, Credential, Credentials, Role, Server
from mailcheck_gui.model.observation import NotTestedReason


@dataclass(frozen=True, slots=True)
class SignInAllowance:
    """The credentials that may be used. `reasons` tells of each other side why there is none."""

    credentials: Credentials
    reasons: dict[Role, NotTestedReason] = field(default_factory=dict)


def allow_sign_ins(
    assignment: Assignment, unchanged: frozenset[Role], ledger: SignInLedger
) -> SignInAllowance:
    """Return what may be used: nothing unwanted, and in automatic runs nothing sent just before.

    Nor a password without a user name: PLAIN wants one of a character at least (RFC 4616, 2).
    `unchanged` sides are not examined again; they have neither a credential nor a reason.
    """
    usable: dict[Role, Credential | None] = {}
    reasons: dict[Role, NotTestedReason] = {}
    for role, server in assignment.account.sides():
        if role in unchanged:
            continue
        reason = _reason_against(assignment, role, server, ledger)
        if reason is None:
            usable[role] = assignment.credentials.of(role)
        else:
            reasons[role] = reason
    chosen = Credentials(usable.get(Role.INCOMING), usable.get(Role.OUTGOING))
    return SignInAllowance(chosen, reasons)


def _reason_against(
    assignment: Assignment, role: Role, server: Server, ledger: SignInLedger
) -> NotTestedReason | None:
    options, credential = assignment.options, assignment.credentials.of(role)
    if not options.sign_in or server.auth is AuthMethod.NONE:
        return NotTestedReason.NOT_WANTED
    if not (server.username if credential is None else credential.username):
        return NotTestedReason.NO_USER_NAME
    if credential is None:
        return NotTestedReason.NO_PASSWORD
    pause = assignment.thresholds.resend_pause
    if options.automatic and ledger.is_recent(server.ascii_host, credential, pause):
        return NotTestedReason.RECENTLY_TRIED
    return None
