"""One sign-in, message by message (`protocols.dialogue.SignInExchange`)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from base64 import b64decode, b64encode
from collections.abc import Callable

from mailcheck_gui.protocols.dialogue import Reply, ReplyKind
from mailcheck_gui.protocols.errors import LocalProtocolError
from mailcheck_gui.protocols.sasl import SaslClient

Send = Callable[[bytes], bytes]
"""Turns the text of a sign-in command into what goes over the wire; the session then waits."""

_CANCEL = b"*\r\n"
"""RFC 4954 section 4, RFC 9051 section 6.2.2, RFC 5034 section 4."""


class Exchange(ABC):
    """What all exchanges share. Its `repr` shows the mechanism and nothing else."""

    def __init__(self, mechanism: str, send: Send) -> None:
        self.mechanism = mechanism
        self.secret_sent = False
        self.cancelled = False
        self._send = send
        self._begun = False

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.mechanism})"

    @property
    def error_detail(self) -> bytes:
        """What the server explained in a challenge; empty for most mechanisms."""
        return b""

    def begin(self) -> bytes:
        """Return the first bytes to send. Raises LocalProtocolError when called again."""
        if self._begun:
            raise LocalProtocolError("a sign-in begins once")
        self._begun = True
        return self._first()

    @abstractmethod
    def _first(self) -> bytes:
        """Return the first bytes to send."""

    @abstractmethod
    def answer(self, reply: Reply) -> bytes | None:
        """Return the next bytes for a reply, or None where the reply ends the exchange."""


class SaslExchange(Exchange):
    """A SASL mechanism inside AUTH or AUTHENTICATE.

    With `initial` the first message goes along with the command: only for mechanisms in which
    the client speaks first, and where the protocol allows it.
    """

    def __init__(self, client: SaslClient, verb: bytes, initial: bool, send: Send) -> None:
        super().__init__(client.name, send)
        self._client = client
        self._verb = verb
        self._initial = initial

    @property
    def error_detail(self) -> bytes:
        """What the server explained in a challenge (XOAUTH2), decoded; else empty."""
        return self._client.error_detail

    def _first(self) -> bytes:
        command = self._verb + b" " + self.mechanism.encode()
        response = self._client.respond(b"") if self._initial else None
        if response is None:
            return self._send(command)
        line = self._send(command + b" " + b64encode(response))
        self.secret_sent = True
        return line

    def answer(self, reply: Reply) -> bytes | None:
        """Return the response to a challenge, `*` to an unexpected one, None for all else."""
        if reply.kind is not ReplyKind.CONTINUE or self.cancelled:
            return None
        response = self._client.respond(_decoded(reply.text))
        if response is None:
            self.cancelled = True
            return _CANCEL
        self.secret_sent = True
        return b64encode(response) + b"\r\n"


def _decoded(text: str) -> bytes | None:
    """Return a challenge decoded, or None where it is no base64."""
    try:
        return b64decode(text.strip(), validate=True)
    except ValueError:
        return None
