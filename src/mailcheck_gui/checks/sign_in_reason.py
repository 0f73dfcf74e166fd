"""Why a side's sign-in was not tried, read from what was seen."""

from __future__ import annotations

import ipaddress

from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndpointObservation,
    HandshakeOutcome,
    NotTestedReason,
    TlsObservation,
)


def reason_from(seen: tuple[EndpointObservation, ...]) -> NotTestedReason:
    """Return why nothing could be sent to a configured endpoint: not reached, or not verified."""
    if any(_is_local_bridge(row) for row in seen):
        return NotTestedReason.LOOPBACK_SELF_SIGNED
    talks = [talk for row in seen for talk in row.conversations]
    if any(talk.connect.outcome is ConnectOutcome.OPEN for talk in talks):
        return NotTestedReason.NOT_VERIFIED
    return NotTestedReason.NOT_REACHED


def _is_local_bridge(seen: EndpointObservation) -> bool:
    """Whether a program on this computer showed a certificate that it made itself."""
    if seen.address is None or not ipaddress.ip_address(seen.address).is_loopback:
        return False
    return any(talk.tls is not None and _self_signed(talk.tls) for talk in seen.conversations)


def _self_signed(tls: TlsObservation) -> bool:
    unverified = tls.outcome is HandshakeOutcome.UNVERIFIED
    return unverified and bool(tls.chain) and tls.chain[0].self_signed
