"""Handshakes for diagnosis only: they answer one question and never hand out a stream."""

from __future__ import annotations

import ssl

from mailcheck_gui.model.observation import TlsObservation
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connection


def wants_judged_trust(observation: TlsObservation) -> bool:
    """Whether the first fault hid the issuer's trust, so that `judged_trust` can tell more."""
    raise NotImplementedError


async def judged_trust(
    connection: Connection, server_name: str, context: ssl.SSLContext, deadline: Deadline
) -> bool | None:
    """Return whether this computer trusts the issuer, apart from name and times; None: unknown.

    Pass a new connection (after STARTTLS where the port wants it) and
    `network.client_context(check_times=False, check_name=False)`. The handshake is ended right
    after; the connection is closed here.
    """
    raise NotImplementedError


def wants_legacy_version(observation: TlsObservation) -> bool:
    """Whether a failed handshake may be a server that is too old for TLS 1.2."""
    raise NotImplementedError


async def legacy_version(connection: Connection, server_name: str, deadline: Deadline) -> str:
    """Return what an old server speaks ("TLSv1", "TLSv1.1", ...), "" where nothing comes about.

    Offers everything from TLS 1.0, checks no certificate, carries no data, closes the connection.
    """
    raise NotImplementedError
