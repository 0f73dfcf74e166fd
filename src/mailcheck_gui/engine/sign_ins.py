"""The sign-ins of a run: those that were made, and for every other side the reason."""

from __future__ import annotations

import ipaddress

from mailcheck_gui.checks.sign_in import SignInDesk
from mailcheck_gui.model.account import Role, Server
from mailcheck_gui.model.endpoint import endpoint_of
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    Conversation,
    EndpointObservation,
    HandshakeOutcome,
    NotTestedReason,
    SignInObservation,
    SignInResult,
    TlsObservation,
)

_LACKING = (NotTestedReason.NO_USER_NAME, NotTestedReason.NO_PASSWORD)


def sign_ins_of(
    sides: tuple[tuple[Role, Server], ...],
    desk: SignInDesk,
    reasons: dict[Role, NotTestedReason],
    endpoints: tuple[EndpointObservation, ...],
    *,
    cancelled: bool,
) -> tuple[SignInObservation, ...]:
    """Return what became of each side's sign-in; those that spent the budget come first."""
    tried = sorted(desk.observations, key=lambda seen: not seen.secret_sent)
    untried = [
        (role, server) for role, server in sides if not any(seen.role is role for seen in tried)
    ]
    return (
        *tried,
        *(
            SignInObservation(
                role,
                endpoint_of(server),
                server.security,
                SignInResult.NOT_TESTED,
                reason=_reason(role, server, desk, reasons.get(role), endpoints, cancelled),
            )
            for role, server in untried
        ),
    )


def _reason(
    role: Role,
    server: Server,
    desk: SignInDesk,
    known: NotTestedReason | None,
    endpoints: tuple[EndpointObservation, ...],
    cancelled: bool,
) -> NotTestedReason:
    at_desk = desk.reasons.get(role)
    if known in _LACKING and at_desk not in (None, *_LACKING):
        return at_desk  # what is lacking would not have helped
    if known is not None:
        return known
    if at_desk is not None:
        return at_desk
    if cancelled:
        return NotTestedReason.CANCELLED
    return _reason_from([row for row in endpoints if row.endpoint == endpoint_of(server)])


def _reason_from(seen: list[EndpointObservation]) -> NotTestedReason:
    if any(_is_local_bridge(row) for row in seen):
        return NotTestedReason.LOOPBACK_SELF_SIGNED
    talks = [talk for row in seen for talk in row.conversations]
    if any(_is_verified(talk) for talk in talks):
        return NotTestedReason.NOT_REACHED  # encrypted, but no such mail server behind it
    if any(talk.connect.outcome is ConnectOutcome.OPEN for talk in talks):
        return NotTestedReason.NOT_VERIFIED
    return NotTestedReason.NOT_REACHED


def _is_verified(talk: Conversation) -> bool:
    return talk.tls is not None and talk.tls.outcome is HandshakeOutcome.VERIFIED


def _is_local_bridge(seen: EndpointObservation) -> bool:
    """Whether a program on this computer showed a certificate that it made itself."""
    if seen.address is None or not ipaddress.ip_address(seen.address).is_loopback:
        return False
    return any(talk.tls is not None and _self_signed(talk.tls) for talk in seen.conversations)


def _self_signed(tls: TlsObservation) -> bool:
    unverified = tls.outcome is HandshakeOutcome.UNVERIFIED
    return unverified and bool(tls.chain) and tls.chain[0].self_signed
