"""One TLS handshake over a connection, step by step, with the server's raw answer kept."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from dataclasses import dataclass

from mailcheck_gui.model.observation import HandshakeOutcome
from mailcheck_gui.network.alerts import FATAL, alert_name, received_alert
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.errors import ConnectionLost, DeadlineExceeded, NetworkError
from mailcheck_gui.network.records import clear_alert, looks_like_tls
from mailcheck_gui.network.seam import Connection
from mailcheck_gui.network.threads import in_daemon_thread
from mailcheck_gui.network.trust import blocks
from mailcheck_gui.network.verify_codes import openssl_code

ANSWER_LIMIT = 512 * 1024
"""Bytes of one handshake; OpenSSL itself takes certificate lists up to 100 KiB."""

LINE_LIMIT = 1024
"""Bytes kept of an answer that is no TLS."""

_LINE_SECONDS = 0.5  # how long the rest of a greeting line may take
_ALERT_SECONDS = 0.2  # how long our own last words may take


class TlsSession:
    """OpenSSL's side of a session, between two buffers in memory."""

    def __init__(self, context: ssl.SSLContext, server_name: str) -> None:
        self._blocks = blocks(context)
        self.incoming = ssl.MemoryBIO()
        self.outgoing = ssl.MemoryBIO()
        self.ssl = context.wrap_bio(self.incoming, self.outgoing, server_hostname=server_name)

    async def advance(self, deadline: Deadline) -> bool:
        """Do what can be done of the handshake; True when it is complete. Raises ssl.SSLError."""
        try:
            if self._blocks:
                await self._advance_in_thread(deadline)
            else:
                self.ssl.do_handshake()
        except ssl.SSLWantReadError:
            return False
        return True

    async def _advance_in_thread(self, deadline: Deadline) -> None:
        """The system's verification may look things up on disk and in the network."""
        limit = asyncio.timeout(deadline.remaining)
        try:
            async with limit:
                await in_daemon_thread(self.ssl.do_handshake, "TLS verification")
        except TimeoutError:
            raise DeadlineExceeded("The system's verification took too long.") from None


@dataclass(frozen=True, slots=True)
class HandshakeEnd:
    """How a handshake ended; VERIFIED means: as far as the context was to verify."""

    outcome: HandshakeOutcome
    answer: bytes
    error: str = ""
    alert: str = ""
    verify_code: int = 0


async def shake_hands(
    session: TlsSession, connection: Connection, deadline: Deadline
) -> HandshakeEnd:
    """Do a handshake to its end. Raises nothing for what the server does."""
    answer = bytearray()
    try:
        while not await session.advance(deadline):
            data = await _exchange(session, connection, deadline)
            answer += data
            if not looks_like_tls(answer):
                await _read_line(connection, answer, deadline)
                return HandshakeEnd(HandshakeOutcome.NOT_TLS, bytes(answer))
            if not data:
                return HandshakeEnd(HandshakeOutcome.CLOSED, bytes(answer))
            if len(answer) > ANSWER_LIMIT:
                return HandshakeEnd(HandshakeOutcome.LOCAL_ERROR, bytes(answer), "answer too long")
            session.incoming.write(data)
        await connection.send(session.outgoing.read(), deadline)
    except ssl.SSLError as error:
        await _say_why(session, connection)
        return _failed(error, bytes(answer))
    except ConnectionLost as error:
        return HandshakeEnd(HandshakeOutcome.CLOSED, bytes(answer), error.reason)
    except DeadlineExceeded as error:
        return HandshakeEnd(HandshakeOutcome.TIMED_OUT, bytes(answer), str(error))
    return HandshakeEnd(HandshakeOutcome.VERIFIED, bytes(answer))


async def _exchange(session: TlsSession, connection: Connection, deadline: Deadline) -> bytes:
    """Send what OpenSSL wants sent and return the next bytes of the server.

    A server that has spoken its greeting and closed resets what we send; the greeting is still
    to be read then, and it is what tells the cause.
    """
    lost: ConnectionLost | None = None
    try:
        await connection.send(session.outgoing.read(), deadline)
    except ConnectionLost as error:
        lost = error
    data = await connection.receive(deadline)
    if lost is not None and not data:
        raise lost
    return data


async def _read_line(connection: Connection, answer: bytearray, deadline: Deadline) -> None:
    """Read on until a line of a greeting in plain text is complete, within narrow limits."""
    limit = deadline.within(_LINE_SECONDS)
    with contextlib.suppress(NetworkError):
        while b"\n" not in answer and len(answer) < LINE_LIMIT:
            data = await connection.receive(limit)
            if not data:
                return
            answer += data


async def _say_why(session: TlsSession, connection: Connection) -> None:
    """Send our alert, for the server's log; nobody waits for it."""
    with contextlib.suppress(NetworkError):
        await connection.send(session.outgoing.read(), Deadline.after(_ALERT_SECONDS))


def _failed(error: ssl.SSLError, answer: bytes) -> HandshakeEnd:
    if isinstance(error, ssl.SSLCertVerificationError):
        code = openssl_code(getattr(error, "verify_code", 0))
        words = getattr(error, "verify_message", "") or library_words(error)
        return HandshakeEnd(HandshakeOutcome.UNVERIFIED, answer, words, verify_code=code)
    if isinstance(error, ssl.SSLZeroReturnError):  # close_notify instead of a handshake
        return HandshakeEnd(HandshakeOutcome.CLOSED, answer, library_words(error))
    alert = _alert(error, answer)
    outcome = HandshakeOutcome.ALERT if alert else HandshakeOutcome.LOCAL_ERROR
    return HandshakeEnd(outcome, answer, library_words(error), alert)


def _alert(error: ssl.SSLError, answer: bytes) -> str:
    """Return the name of the server's alert: from the wire, or where encrypted from OpenSSL."""
    sent = clear_alert(answer)
    if sent is not None and sent.level == FATAL:
        return alert_name(sent.number)
    return received_alert(error)


def library_words(error: ssl.SSLError) -> str:
    """Return the TLS library's message without the place in Python's source code."""
    return str(error.strerror or error).partition(" (_ssl.c")[0]
