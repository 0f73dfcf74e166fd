"""Handshakes for diagnosis only: they answer one question and never hand out a stream."""

from __future__ import annotations

import ssl
import sys

from mailcheck_gui.model.observation import HandshakeOutcome, TlsObservation
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.handshake import HandshakeEnd, TlsSession, shake_hands
from mailcheck_gui.network.seam import Connection
from mailcheck_gui.network.trust import legacy_context
from mailcheck_gui.network.verify_codes import says_untrusted

# How a server that is too old, or whose parameters are too weak, ends a handshake: by the right
# alert, by a general one, by closing, or by parameters that our library refuses.
_REFUSALS = (HandshakeOutcome.CLOSED, HandshakeOutcome.LOCAL_ERROR)
_REFUSING_ALERTS = ("protocol_version", "handshake_failure", "insufficient_security")


def wants_judged_trust(observation: TlsObservation) -> bool:
    """Whether the first fault hid the issuer's trust, so that `judged_trust` can tell more."""
    return observation.outcome is HandshakeOutcome.UNVERIFIED and observation.chain_trusted is None


async def judged_trust(
    connection: Connection, server_name: str, context: ssl.SSLContext, deadline: Deadline
) -> bool | None:
    """Return whether this computer trusts the issuer, apart from name and times; None: unknown.

    Pass a new connection (after STARTTLS where the port wants it) and
    `network.client_context(check_times=False, check_name=False)`. The handshake is ended right
    after; the connection is closed here.
    """
    _, end = await _handshake_only(connection, server_name, context, deadline)
    if end.outcome is HandshakeOutcome.VERIFIED:
        return True
    # macOS keeps roots in a keychain that OpenSSL cannot see: its "no" proves nothing there.
    if says_untrusted(end.verify_code) and sys.platform != "darwin":
        return False
    return None


def wants_legacy_version(observation: TlsObservation) -> bool:
    """Whether a failed handshake may be a server that is too old for TLS 1.2."""
    return observation.outcome in _REFUSALS or observation.alert in _REFUSING_ALERTS


async def legacy_version(connection: Connection, server_name: str, deadline: Deadline) -> str:
    """Return what an old server speaks ("TLSv1", "TLSv1.1", ...), "" where nothing comes about.

    Offers everything from TLS 1.0, checks no certificate, carries no data, closes the connection.
    "TLSv1.2" or newer says that the server is not too old, but its key or parameters are weak.
    """
    session, end = await _handshake_only(connection, server_name, legacy_context(), deadline)
    complete = end.outcome is HandshakeOutcome.VERIFIED
    return (session.ssl.version() or "") if complete else ""


async def _handshake_only(
    connection: Connection, server_name: str, context: ssl.SSLContext, deadline: Deadline
) -> tuple[TlsSession, HandshakeEnd]:
    session = TlsSession(context, server_name)
    try:
        return session, await shake_hands(session, connection, deadline)
    finally:
        await connection.close()
