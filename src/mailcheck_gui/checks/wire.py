"""One open connection with its dialogue: commands out, events in, every wait bounded."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from mailcheck_gui.checks.transcript import Transcript
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.observation import EndKind
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.errors import ConnectionLost, DeadlineExceeded
from mailcheck_gui.network.seam import Connection
from mailcheck_gui.network.tls import TlsStream
from mailcheck_gui.protocols.dialogue import Event, Greeting, MailDialogue, Reply
from mailcheck_gui.protocols.errors import ProtocolViolation

MASKED = b"***"


class Ended(Exception):
    """A conversation is over before its goodbye: how, and in whose words."""

    def __init__(self, kind: EndKind, detail: str = "", alert: str = "") -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.detail = detail
        self.alert = alert


class WatchedConnection:
    """A connection that tells when the server was heard for the first time."""

    def __init__(self, connection: Connection, on_first_bytes: Callable[[bytes], None]) -> None:
        self._connection = connection
        self._on_first_bytes: Callable[[bytes], None] | None = on_first_bytes

    @property
    def local_address(self) -> str:
        """This side's address."""
        return self._connection.local_address

    async def send(self, data: bytes, deadline: Deadline) -> None:
        """Send all of it."""
        await self._connection.send(data, deadline)

    async def receive(self, deadline: Deadline) -> bytes:
        """Return the next bytes, b"" at the end."""
        data = await self._connection.receive(deadline)
        if data and self._on_first_bytes is not None:
            tell, self._on_first_bytes = self._on_first_bytes, None
            tell(data)
        return data

    async def close(self) -> None:
        """Close."""
        await self._connection.close()


class Wire:
    """Drives a dialogue over a connection. Raises `Ended` for whatever the peer or the path does.

    `connection` is what commands go through now: first the bare connection, after `enter_tls` the
    verified stream above it.
    """

    def __init__(
        self,
        connection: Connection,
        dialogue: MailDialogue,
        transcript: Transcript,
        endpoint: Endpoint,
        address: str,
    ) -> None:
        self.connection = connection
        self.dialogue = dialogue
        self.verified = False
        self._transcript = transcript
        self._endpoint = endpoint
        self._address = address
        self._over = False

    def enter_tls(self, stream: TlsStream) -> None:
        """Go on inside TLS; the dialogue forgets what came before."""
        self.connection = stream
        self.verified = True
        self._over = False
        self.dialogue.tls_established()

    def remark(self, direction: str, text: str) -> None:
        """Put a line into the transcript that no one said."""
        self._transcript.remark(self._endpoint, self._address, direction, text)

    async def send(self, data: bytes, deadline: Deadline, shown: bytes | None = None) -> None:
        """Send a command; the transcript gets `shown` in its place where that is given."""
        self._transcript.sent(self._endpoint, self._address, data if shown is None else shown)
        try:
            await self.connection.send(data, deadline)
        except ConnectionLost as lost:
            _end_with(lost)
        except DeadlineExceeded:
            raise Ended(EndKind.TIMED_OUT) from None

    async def greeting(self, deadline: Deadline) -> Greeting:
        """Return the greeting."""
        event = await self._event(deadline)
        if not isinstance(event, Greeting):
            raise Ended(EndKind.VIOLATION, "a reply before the greeting")
        return event

    async def reply(self, deadline: Deadline, shown: bytes | None = None) -> Reply:
        """Return the reply to the last command; the transcript gets `shown` in its place."""
        event = await self._event(deadline, shown)
        if not isinstance(event, Reply):
            raise Ended(EndKind.VIOLATION, "a second greeting")
        return event

    async def ask(self, command: bytes, deadline: Deadline, shown: bytes | None = None) -> Reply:
        """Send a command and return its reply; the transcript gets `shown` in its place."""
        await self.send(command, deadline)
        return await self.reply(deadline, shown)

    async def _event(self, deadline: Deadline, shown: bytes | None = None) -> Event:
        try:
            while (event := self.dialogue.next_event()) is None:
                await self._feed(deadline)
        except ProtocolViolation as broken:
            self._received(broken.sample if shown is None else shown)
            raise Ended(EndKind.VIOLATION, broken.reason) from None
        self._received(event.raw if shown is None else shown)
        return event

    def _received(self, data: bytes) -> None:
        self._transcript.received(self._endpoint, self._address, data)

    async def _feed(self, deadline: Deadline) -> None:
        if self._over:
            raise Ended(EndKind.CLOSED)
        try:
            data = await self.connection.receive(deadline)
        except ConnectionLost as lost:
            _end_with(lost)
        except DeadlineExceeded:
            raise Ended(EndKind.TIMED_OUT) from None
        if data:
            self.dialogue.receive(data)
        else:
            self._over = True
            self.dialogue.receive_end()


def _end_with(lost: ConnectionLost) -> NoReturn:
    kind = EndKind.RESET if lost.reset else EndKind.CLOSED
    raise Ended(kind, lost.reason, lost.alert) from None
