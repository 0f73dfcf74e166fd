"""The one seam between Mailcheck and the network: everything that opens a socket goes through it.

Practice mode, tests and a recorder put their own Network here; nothing else in the program opens
a connection or looks up a name.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Protocol as Interface

from mailcheck_gui.model.dns import RecordKind, RecordsObservation
from mailcheck_gui.model.observation import ConnectObservation, NameObservation, NetworkFacts
from mailcheck_gui.network.deadline import Deadline


class Connection(Interface):
    """An open TCP connection. Raw bytes; TLS is layered on top (`network.tls`)."""

    @property
    def local_address(self) -> str:
        """This side's address, for the EHLO address literal (RFC 5321 section 4.1.3)."""

    async def send(self, data: bytes, deadline: Deadline) -> None:
        """Send all of it. Raises `ConnectionLost` (`network.errors`), `DeadlineExceeded`."""

    async def receive(self, deadline: Deadline) -> bytes:
        """Return the next bytes, b"" at the orderly end. Raises as `send`."""

    async def close(self) -> None:
        """Close; never raises."""


@dataclass(frozen=True, slots=True)
class Connected:
    """A TCP connection that was opened."""

    connection: Connection
    observation: ConnectObservation


@dataclass(frozen=True, slots=True)
class WebProxy:
    """The proxy that this computer uses for https. `scheme` is "http" for one that can be used."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class Network(Interface):
    """Names, connections and trust."""

    async def resolve(self, host: str, deadline: Deadline) -> NameObservation:
        """Look up A and AAAA of an A-label host, or pass an IP literal through. Never raises."""

    async def records(self, name: str, kind: RecordKind, deadline: Deadline) -> RecordsObservation:
        """Look up records of one kind of a name in A-labels. Never raises."""

    async def web_proxy(self, host: str, deadline: Deadline) -> WebProxy | None:
        """Return the proxy that https requests to a host go through, None for none. Never raises.

        Only requests for settings use it; mail programs connect directly, and so do all probes.
        """

    async def connect(
        self, address: str, port: int, deadline: Deadline
    ) -> Connected | ConnectObservation:
        """Open a TCP connection. A failure is the observation of it. Never raises."""

    def client_context(
        self, *, check_times: bool = True, check_name: bool = True
    ) -> ssl.SSLContext:
        """Return a context that verifies against this network's trust (CERT_REQUIRED always).

        `check_times=False` or `check_name=False` serve only handshakes that are ended right
        after, to learn the trust of an issuer behind a first fault; no credential goes there.
        """

    def completing_context(self, intermediates: tuple[bytes, ...]) -> ssl.SSLContext:
        """Return a new context that may build paths over certificates (DER), trusting none of them.

        It checks neither times nor names and serves only handshakes that are ended right after, to
        learn whether these certificates are what a chain lacks; no credential goes there.
        """

    async def facts(self) -> NetworkFacts:
        """Return what this computer's routing says (no packet is sent)."""
