"""Which credentials a run may use at all, and why others stay unused."""

from __future__ import annotations

from dataclasses import dataclass, field

from mailcheck_gui.engine.ledger import SignInLedger
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.account import Account, AuthMethod, Credential, Credentials, Role, Server
from mailcheck_gui.model.observation import NotTestedReason


@dataclass(frozen=True, slots=True)
class SignInAllowance:
    """The credentials that may be used. `reasons` tells of each other side why there is none."""

    credentials: Credentials
    reasons: dict[Role, NotTestedReason] = field(default_factory=dict)


def allow_sign_ins(
    account: Account,
    credentials: Credentials,
    options: CheckOptions,
    ledger: SignInLedger,
    pause: float,
) -> SignInAllowance:
    """Return what may be used: nothing unwanted, and in automatic runs nothing sent just before.

    `pause` is in seconds (`Thresholds.resend_pause`).
    """
    usable: dict[Role, Credential | None] = {}
    reasons: dict[Role, NotTestedReason] = {}
    for role, server in account.sides():
        credential = credentials.of(role)
        reason = _reason(server, credential, options, ledger, pause)
        usable[role] = credential if reason is None else None
        if reason is not None:
            reasons[role] = reason
    chosen = Credentials(usable.get(Role.INCOMING), usable.get(Role.OUTGOING))
    return SignInAllowance(chosen, reasons)


def _reason(
    server: Server,
    credential: Credential | None,
    options: CheckOptions,
    ledger: SignInLedger,
    pause: float,
) -> NotTestedReason | None:
    if not options.sign_in or server.auth is AuthMethod.NONE:
        return NotTestedReason.NOT_WANTED
    if credential is None:
        return NotTestedReason.NO_PASSWORD
    if not options.automatic:
        return None
    if ledger.is_recent(server.ascii_host, credential, pause):
        return NotTestedReason.RECENTLY_TRIED
    return None
