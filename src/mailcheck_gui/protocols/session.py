"""What the three dialogues share: the buffer, the state of the session, TLS."""

from __future__ import annotations

from mailcheck_gui.model.account import AuthMethod, Credential, Protocol
from mailcheck_gui.model.observation import Capabilities
from mailcheck_gui.protocols.dialogue import Event, Mechanism, SignInExchange
from mailcheck_gui.protocols.lines import LineBuffer, Limits


class Session:
    """The common part of a dialogue (`protocols.dialogue.MailDialogue`)."""

    protocol: Protocol

    def __init__(self, limits: Limits | None = None) -> None:
        self._buffer = LineBuffer(limits or Limits())

    @property
    def inside_tls(self) -> bool:
        """Whether what is received now comes through TLS."""
        raise NotImplementedError

    def receive(self, data: bytes) -> None:
        """Take bytes that arrived. Raises ProtocolViolation over the limit for the total."""
        raise NotImplementedError

    def receive_end(self) -> None:
        """Note that the server closed the connection."""
        raise NotImplementedError

    def next_event(self) -> Event | None:
        """Return the next complete event, or None where more bytes are needed."""
        raise NotImplementedError

    @property
    def pending(self) -> bytes:
        """Bytes received that belong to no event yet."""
        raise NotImplementedError

    @property
    def last_line(self) -> bytes:
        """The last complete line received, without its line end."""
        raise NotImplementedError

    def ask_capabilities(self, client_name: str = "") -> bytes | None:
        """Return EHLO, CAPABILITY or CAPA; None where the greeting has already answered."""
        raise NotImplementedError

    def ask_again(self, client_name: str = "") -> bytes | None:
        """Return HELO after a refused EHLO, else None."""
        raise NotImplementedError

    def start_tls(self) -> bytes:
        """Return STARTTLS or STLS."""
        raise NotImplementedError

    def tls_established(self) -> None:
        """Forget everything received in plain text."""
        raise NotImplementedError

    def usable_mechanisms(self, method: AuthMethod, offered: Capabilities) -> tuple[Mechanism, ...]:
        """Return the mechanisms for a method that both sides have, best first."""
        raise NotImplementedError

    def sign_in(
        self, mechanism: Mechanism, credential: Credential, offered: Capabilities
    ) -> SignInExchange:
        """Return the exchange for one mechanism. Raises LocalProtocolError outside TLS."""
        raise NotImplementedError

    def leave(self) -> bytes:
        """Return QUIT or LOGOUT; b"" where nothing sensible can be said any more."""
        raise NotImplementedError
