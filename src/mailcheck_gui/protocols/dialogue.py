"""The one interface of SMTP, IMAP and POP3 towards the probe: bytes in, events out, no socket.

A dialogue is driven like this: feed what arrived with `receive` (and `receive_end` at the end of
the stream), then take `next_event()` until it returns None (more bytes are needed). Methods that
return bytes return what is to be sent now. Whoever drives the dialogue owns sockets and clocks.

Errors: `ProtocolViolation` is the server's fault (`protocols.errors`), `LocalProtocolError` is a
bug of ours (a command at the wrong time).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol as Interface

from mailcheck_gui.model.account import AuthMethod, Credential, Protocol
from mailcheck_gui.model.observation import Capabilities, GreetingKind, Spoken


@dataclass(frozen=True, slots=True)
class Greeting:
    """The first words of the server. `capabilities` is set where IMAP's greeting lists them."""

    kind: GreetingKind
    spoken: Spoken
    raw: bytes
    capabilities: Capabilities | None = None


class ReplyKind(StrEnum):
    """What a reply means for the one who waits for it."""

    OK = "ok"
    CONTINUE = "continue"  # 334, "+ "
    TEMPORARY = "temporary"  # 4xx, UNAVAILABLE, SYS/TEMP, IN-USE
    REFUSED = "refused"  # 5xx, NO, BAD, -ERR
    BYE = "bye"  # 421, untagged BYE
    NONSENSE = "nonsense"  # well-formed, but no answer to what was asked


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to the command that was sent last, all its lines in `raw`.

    `codes` are reply, enhanced and response codes in the order found: ("535", "5.7.8"),
    ("NO", "AUTHENTICATIONFAILED"), ("-ERR", "AUTH"). `text` is the human part.
    """

    kind: ReplyKind
    codes: tuple[str, ...]
    text: str
    raw: bytes
    capabilities: Capabilities | None = None  # the answer to ask_capabilities, or a CAPABILITY code


Event = Greeting | Reply


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A way to sign in that this side can speak and the server offers.

    `name` as in `Capabilities.mechanisms`; `secret_first` is True where the first message already
    holds something derived from the credential.
    """

    name: str
    secret_first: bool


class SignInExchange(Interface):
    """One sign-in, message by message. Holds the credential; its `repr` shows nothing of it."""

    mechanism: str
    secret_sent: bool
    """True from the moment a message derived from the credential was handed out.

    A user name alone counts: it may not be sent again either.
    """
    cancelled: bool
    """True where an unexpected challenge ended the exchange: the refusal after it says nothing
    about the credential, so the sign-in is undecided."""

    @property
    def error_detail(self) -> bytes:
        """What the server explained in a challenge (XOAUTH2's JSON), decoded; else empty."""

    def begin(self) -> bytes:
        """Return the first bytes to send."""

    def answer(self, reply: Reply) -> bytes | None:
        """Return the next bytes for a reply, or None where the reply ends the exchange.

        An unexpected challenge is answered with the protocol's cancellation (`*`), never with a
        secret: see RFC 4954 section 4, RFC 9051 section 6.2.2, RFC 5034 section 4.
        """


class MailDialogue(Interface):
    """What the probe needs of a protocol."""

    protocol: Protocol

    @property
    def inside_tls(self) -> bool:
        """Whether what is received now comes through TLS."""

    def receive(self, data: bytes) -> None:
        """Take bytes that arrived. Raises ProtocolViolation over the limits for totals."""

    def receive_end(self) -> None:
        """Note that the server closed the connection."""

    def next_event(self) -> Event | None:
        """Return the next complete event, or None where more bytes are needed.

        Raises ProtocolViolation for an over-long line and for what no grammar allows.
        """

    @property
    def pending(self) -> bytes:
        """Bytes received that belong to no event yet (shown where a server stalls mid-line)."""

    @property
    def last_line(self) -> bytes:
        """The last complete line received, for the evidence of a dropped conversation."""

    def ask_capabilities(self, client_name: str = "") -> bytes | None:
        """Return EHLO, CAPABILITY or CAPA; None where the greeting has already answered.

        `client_name` is the address literal for EHLO; the other protocols ignore it.
        """

    def ask_again(self, client_name: str = "") -> bytes | None:
        """Return the simpler question after a refusal: HELO, for diagnosis only; else None."""

    def start_tls(self) -> bytes:
        """Return STARTTLS or STLS. Raises LocalProtocolError inside TLS."""

    def tls_established(self) -> None:
        """Forget everything received in plain text (RFC 3207 4.2, RFC 9051 6.2.1, RFC 2595 4).

        The caller checks `pending` before the handshake: bytes there are an injection.
        Called before the greeting, it means implicit TLS. Raises LocalProtocolError elsewhere.
        """

    def usable_mechanisms(self, method: AuthMethod, offered: Capabilities) -> tuple[Mechanism, ...]:
        """Return the mechanisms for a method that both sides have, best first."""

    def sign_in(
        self, mechanism: Mechanism, credential: Credential, offered: Capabilities
    ) -> SignInExchange:
        """Return the exchange for one mechanism. Raises LocalProtocolError outside TLS."""

    def leave(self) -> bytes:
        """Return QUIT or LOGOUT; b"" where nothing can be said.

        That is: without a greeting or after a foreign one, after BYE, after a violation, between
        the go-ahead and TLS, after the end of the stream, and the second time.
        """
