"""TLS over any connection, with the server's raw answer kept (`ssl.MemoryBIO`).

`start_tls` alone makes a stream, and only after a handshake that verified chain, name and times:
there is no way to a TLS stream that a credential must not enter.
"""

from __future__ import annotations

import contextlib
import ssl
import time
from dataclasses import replace

from mailcheck_gui.model.observation import HandshakeOutcome, TlsObservation
from mailcheck_gui.network.alerts import received_alert
from mailcheck_gui.network.certificates import certificate_matches, read_chain
from mailcheck_gui.network.chain import presented_chain, verified_chain
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.errors import ConnectionLost, NetworkError
from mailcheck_gui.network.handshake import (
    LINE_LIMIT,
    HandshakeEnd,
    TlsSession,
    library_words,
    shake_hands,
)
from mailcheck_gui.network.public_roots import is_private
from mailcheck_gui.network.records import requests_client_certificate
from mailcheck_gui.network.seam import Connection
from mailcheck_gui.network.trust import blocks, verifies_in_full
from mailcheck_gui.network.verify_codes import NAME_MISMATCH, says_untrusted

_CHUNK = 16384
_GOODBYE_SECONDS = 0.2
_CLIENT_CERTIFICATE_ALERT = "certificate_required"


class TlsStream:
    """A verified TLS session; the same `Connection` interface as the TCP connection below it.

    `receive` returns b"" at close_notify and at a bare TCP end (many mail servers leave
    close_notify out). An alert of the server raises `ConnectionLost` whose `alert` is the
    RFC 8446 name ("certificate_required").
    """

    def __init__(self, session: TlsSession, connection: Connection) -> None:
        self._session = session
        self._connection = connection

    @property
    def local_address(self) -> str:
        """The address of the connection below."""
        return self._connection.local_address

    async def send(self, data: bytes, deadline: Deadline) -> None:
        """Encrypt and send all of it. Raises `ConnectionLost`, `DeadlineExceeded`."""
        if not data:
            return
        try:
            self._session.ssl.write(data)
        except ssl.SSLError as error:
            raise _lost(error) from error
        try:
            await self._flush(deadline)
        except ConnectionLost as error:
            raise await self._last_words(error) from error

    async def receive(self, deadline: Deadline) -> bytes:
        """Return the next decrypted bytes, b"" at the end. Raises as `send`."""
        while True:
            try:
                return self._session.ssl.read(_CHUNK)
            except ssl.SSLWantReadError:
                await self._flush(deadline)
                await self._read_more(deadline)
            except ssl.SSLEOFError:
                return b""
            except ssl.SSLError as error:
                raise _lost(error) from error

    async def close(self) -> None:
        """Send close_notify if that is possible at once, then close. Never raises."""
        try:
            with contextlib.suppress(ssl.SSLError):
                self._session.ssl.unwrap()
            with contextlib.suppress(NetworkError):
                await self._flush(Deadline.after(_GOODBYE_SECONDS))
        finally:
            await self._connection.close()

    async def _flush(self, deadline: Deadline) -> None:
        if self._session.outgoing.pending:
            await self._connection.send(self._session.outgoing.read(), deadline)

    async def _read_more(self, deadline: Deadline) -> None:
        data = await self._connection.receive(deadline)
        if data:
            self._session.incoming.write(data)
        else:
            self._session.incoming.write_eof()

    async def _last_words(self, lost: ConnectionLost) -> ConnectionLost:
        """Return the alert that waits unread on a connection that takes no more, else `lost`.

        In TLS 1.3 a server judges the client's (missing) certificate after our handshake is done;
        its alert can cross with our first command.
        """
        try:
            await self.receive(Deadline.after(_GOODBYE_SECONDS))
        except ConnectionLost as told:
            return told if told.alert else lost
        except NetworkError:
            return lost
        return lost


def _lost(error: ssl.SSLError) -> ConnectionLost:
    alert = received_alert(error)
    return ConnectionLost(alert or library_words(error), alert=alert)


async def start_tls(
    connection: Connection,
    server_name: str,
    context: ssl.SSLContext,
    deadline: Deadline,
    *,
    judge_root: bool = True,
) -> tuple[TlsObservation, TlsStream | None]:
    """Do a verifying handshake; the stream is there exactly when the outcome is VERIFIED.

    Never raises for what a server does. `context` must verify in full (`ValueError` otherwise):
    chain, name and times. The observation has chain, name_matches and private_root filled in;
    `chain_trusted` is None where `diagnostic_tls.judged_trust` on a new connection could tell.
    Without `judge_root`, private_root stays open, which spares loading the public roots.
    On failure and on cancellation the caller closes `connection`; a stream closes it itself.
    """
    if not verifies_in_full(context):
        raise ValueError("The context leaves out a check.")
    session = TlsSession(context, server_name)
    started = time.monotonic()
    end = await shake_hands(session, connection, deadline)
    elapsed_ms = (time.monotonic() - started) * 1000
    observation = _observe(session, end, server_name)
    if observation.outcome is HandshakeOutcome.VERIFIED:
        private = _on_private_root(session, context) if judge_root else None
        observation = replace(observation, private_root=private, elapsed_ms=elapsed_ms)
        return observation, TlsStream(session, connection)
    return replace(observation, elapsed_ms=elapsed_ms), None


def _on_private_root(session: TlsSession, context: ssl.SSLContext) -> bool | None:
    trusted = presented_chain if blocks(context) else verified_chain
    return is_private(trusted(session.ssl))


def _observe(session: TlsSession, end: HandshakeEnd, server_name: str) -> TlsObservation:
    presented = presented_chain(session.ssl)
    matches = certificate_matches(presented[0], server_name) if presented else None
    chain_trusted = _chain_trusted(end)
    end = _insist_on_name(end, matches)
    cipher = session.ssl.cipher()
    return TlsObservation(
        outcome=end.outcome,
        version=session.ssl.version() or "",
        cipher=cipher[0] if cipher else "",
        chain=read_chain(presented),
        chain_trusted=chain_trusted,
        name_matches=matches,
        alert=end.alert,
        error=end.error,
        verify_code=end.verify_code,
        first_bytes=end.answer[:LINE_LIMIT],
        client_certificate_requested=requests_client_certificate(end.answer)
        or end.alert == _CLIENT_CERTIFICATE_ALERT,
    )


def _insist_on_name(end: HandshakeEnd, matches: bool | None) -> HandshakeEnd:
    """Hold every system to the same rule: Windows still takes a common name for a host name."""
    if end.outcome is HandshakeOutcome.VERIFIED and matches is False:
        words = "name mismatch"
        return replace(
            end, outcome=HandshakeOutcome.UNVERIFIED, error=words, verify_code=NAME_MISMATCH
        )
    return end


def _chain_trusted(end: HandshakeEnd) -> bool | None:
    if end.outcome is HandshakeOutcome.VERIFIED:
        return True
    if end.outcome is HandshakeOutcome.UNVERIFIED and says_untrusted(end.verify_code):
        return False
    return None
