"""TLS over any connection, with the server's raw answer kept (`ssl.MemoryBIO`)."""

from __future__ import annotations

import ssl

from mailcheck_gui.model.observation import TlsObservation
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connection


class TlsStream:
    """A verified TLS session; the same `Connection` interface as the TCP connection below it.

    `receive` returns b"" at close_notify and at a bare TCP end. An alert of the server raises
    `ConnectionLost` whose `alert` is the RFC 8446 name ("certificate_required").
    """

    @property
    def local_address(self) -> str:
        """The address of the connection below."""
        raise NotImplementedError

    async def send(self, data: bytes, deadline: Deadline) -> None:
        """Encrypt and send all of it. Raises `ConnectionLost`, `DeadlineExceeded`."""
        raise NotImplementedError

    async def receive(self, deadline: Deadline) -> bytes:
        """Return the next decrypted bytes, b"" at the end. Raises as `send`."""
        raise NotImplementedError

    async def close(self) -> None:
        """Send close_notify if that is possible at once, then close. Never raises."""
        raise NotImplementedError


async def start_tls(
    connection: Connection, server_name: str, context: ssl.SSLContext, deadline: Deadline
) -> tuple[TlsObservation, TlsStream | None]:
    """Do a verifying handshake; the stream is there exactly when the outcome is VERIFIED.

    Never raises for what a server does. `context` must verify in full (`ValueError` otherwise):
    chain, name and times. The observation has chain, name_matches and private_root filled in;
    `chain_trusted` is None where `diagnostic_tls.judged_trust` on a new connection could tell.
    On failure and on cancellation the caller closes `connection`; a stream closes it itself.
    """
    raise NotImplementedError
