"""A network that keeps every byte that leaves, as it leaves: what is not encrypted can be read."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Callable

from mailcheck_gui.model.account import Credential
from mailcheck_gui.model.observation import ConnectObservation, NameObservation, NetworkFacts
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connected, Connection, Network


class RecordedConnection:
    """A connection whose sent bytes are kept, and whose end is told."""

    def __init__(
        self, connection: Connection, sent: bytearray, on_close: Callable[[], None]
    ) -> None:
        self._connection = connection
        self._sent = sent
        self._on_close: Callable[[], None] | None = on_close

    @property
    def local_address(self) -> str:
        return self._connection.local_address

    async def send(self, data: bytes, deadline: Deadline) -> None:
        self._sent += data
        await self._connection.send(data, deadline)

    async def receive(self, deadline: Deadline) -> bytes:
        return await self._connection.receive(deadline)

    async def close(self) -> None:
        tell, self._on_close = self._on_close, None
        if tell is not None:
            tell()
        await self._connection.close()


class RecordingNetwork:
    """Passes everything on to another network. `sent` has one entry for each connection.

    `most_open` is the largest number of connections that were open, or opening, at once.
    """

    def __init__(
        self, network: Network, on_connect: Callable[[str, int], None] = lambda _a, _p: None
    ) -> None:
        self._network = network
        self._on_connect = on_connect
        self.sent: list[tuple[str, int, bytearray]] = []
        self.open = 0
        self.most_open = 0

    async def resolve(self, host: str, deadline: Deadline) -> NameObservation:
        return await self._network.resolve(host, deadline)

    async def connect(
        self, address: str, port: int, deadline: Deadline
    ) -> Connected | ConnectObservation:
        self._on_connect(address, port)
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            result = await self._network.connect(address, port, deadline)
        except BaseException:
            self._closed()
            raise
        if not isinstance(result, Connected):
            self._closed()
            return result
        sent = bytearray()
        self.sent.append((address, port, sent))
        recorded = RecordedConnection(result.connection, sent, self._closed)
        return Connected(recorded, result.observation)

    def _closed(self) -> None:
        self.open -= 1

    def client_context(
        self, *, check_times: bool = True, check_name: bool = True
    ) -> ssl.SSLContext:
        return self._network.client_context(check_times=check_times, check_name=check_name)

    async def facts(self) -> NetworkFacts:
        return await self._network.facts()

    def bytes_to(self, port: int) -> list[bytes]:
        """Return what was sent over each connection to a port."""
        return [bytes(sent) for _, at, sent in self.sent if at == port]


def forms_of(credential: Credential) -> tuple[bytes, ...]:
    """Return what a reader of the wire would look for."""
    name, secret = credential.username.encode(), credential.secret.encode()
    plain = b"\0" + name + b"\0" + secret
    return (
        secret,
        *(base64.b64encode(b"x" * shift + secret)[shift + 2 : -4] for shift in range(3)),
        base64.b64encode(plain),
        base64.b64encode(secret),
    )


def assert_nothing_readable(network: RecordingNetwork, *credentials: Credential) -> None:
    """Fail where a credential left outside TLS."""
    for credential in credentials:
        for form in forms_of(credential):
            for address, port, sent in network.sent:
                assert form not in sent, f"a credential in the clear to {address} port {port}"
