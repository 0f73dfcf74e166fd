"""What the three dialogues share: the state of a session, its lines, TLS, the rules of sign-in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import Enum
from typing import ClassVar

from mailcheck_gui.model.account import AuthMethod, Credential, Protocol
from mailcheck_gui.model.observation import Capabilities, GreetingKind, Spoken
from mailcheck_gui.protocols.dialogue import Event, Greeting, Mechanism, Reply, ReplyKind
from mailcheck_gui.protocols.errors import LocalProtocolError, ProtocolViolation
from mailcheck_gui.protocols.exchange import Exchange
from mailcheck_gui.protocols.lines import Limits, LineBuffer
from mailcheck_gui.protocols.sasl import Secret

MechanismTable = Mapping[AuthMethod, tuple[str, ...]]
"""The mechanisms that a dialogue speaks, by method, best first."""


class State(Enum):
    """What may happen next in a session; the value completes the sentence "not allowed ..."."""

    GREETING = "before the greeting"
    READY = "between commands"
    WAITING = "before the reply to the last command"
    TLS_DUE = "between the go-ahead and the TLS handshake"
    CLOSING = "after the server refused the session"
    FOREIGN = "after the greeting of another protocol"
    BROKEN = "after the server broke the protocol"
    OVER = "after the end of the session"


class Command(Enum):
    """What was asked last, as far as the meaning of the reply depends on it."""

    CAPABILITIES = "capabilities"
    HELO = "helo"
    STARTTLS = "starttls"
    SIGN_IN = "sign-in"
    ENVELOPE = "envelope"
    DATA = "data"
    MESSAGE = "message"
    MAILBOX = "mailbox"
    LEAVE = "leave"


_AFTER_GREETING = {
    GreetingKind.READY: State.READY,
    GreetingKind.PREAUTH: State.READY,
    GreetingKind.REFUSED: State.CLOSING,
    GreetingKind.FOREIGN: State.FOREIGN,
}

_AFTER_REPLY = {
    (Command.STARTTLS, ReplyKind.OK): State.TLS_DUE,
    (Command.SIGN_IN, ReplyKind.CONTINUE): State.WAITING,
}
"""Where a reply does not simply lead back to READY. BYE and a goodbye end the session."""

_NOTHING_TO_READ = frozenset({State.TLS_DUE, State.FOREIGN})
_NOTHING_TO_SAY = frozenset(
    {State.GREETING, State.TLS_DUE, State.FOREIGN, State.BROKEN, State.OVER}
)


class Session(ABC):
    """The common part of a dialogue; `protocols.dialogue.MailDialogue` tells how it is driven.

    After a ProtocolViolation the session is broken: every further `next_event` raises it again.
    """

    protocol: Protocol
    _goodbye: ClassVar[bytes]
    _starttls: ClassVar[bytes]
    _mechanisms: ClassVar[MechanismTable]

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._buffer = LineBuffer(self._limits)
        self._state = State.GREETING
        self._command: Command | None = None
        self._inside_tls = False
        self._ended = False
        self._collected: list[bytes] = []
        self._lines_taken = 0
        self._last_line = b""
        self._violation: ProtocolViolation | None = None
        self._exchange: Exchange | None = None
        self._signed_in = False

    # What arrives

    @property
    def inside_tls(self) -> bool:
        """Whether what is received now comes through TLS."""
        return self._inside_tls

    @property
    def pending(self) -> bytes:
        """Bytes received that belong to no event yet, whole lines of an unfinished reply first."""
        return b"".join(self._collected) + self._buffer.rest

    @property
    def last_line(self) -> bytes:
        """The last complete line received, without its line end."""
        return self._last_line

    def receive(self, data: bytes) -> None:
        """Take bytes that arrived. Raises ProtocolViolation over the limit for the total."""
        try:
            self._buffer.feed(data)
        except ProtocolViolation as violation:
            self._break(violation)
            raise

    def receive_end(self) -> None:
        """Note that the server closed the connection."""
        self._ended = True
        self._buffer.end()

    def next_event(self) -> Event | None:
        """Return the next complete event, or None where more bytes are needed.

        Raises ProtocolViolation for an over-long line and for what no grammar allows.
        """
        if self._violation is not None:
            raise self._violation
        if self._state in _NOTHING_TO_READ:
            return None
        try:
            return self._read_event()
        except ProtocolViolation as violation:
            self._break(violation)
            raise

    def _break(self, violation: ProtocolViolation) -> None:
        self._violation, self._state = violation, State.BROKEN

    def _read_event(self) -> Event | None:
        if self._state is not State.GREETING:
            reply = self._read_reply()
            if reply is not None:
                self._conclude(reply.kind)
            return reply
        greeting = self._read_greeting()
        if greeting is not None:
            self._state = _AFTER_GREETING[greeting.kind]
        return greeting

    def _conclude(self, kind: ReplyKind) -> None:
        """Go where a reply leads. After BYE the command stays open: IMAP may still answer it."""
        accepted = kind is ReplyKind.OK and self._command is Command.SIGN_IN
        self._signed_in = self._signed_in or accepted
        if kind is ReplyKind.BYE or self._command is Command.LEAVE:
            self._state = State.OVER
        elif self._command is not None and self._state is not State.OVER:
            self._state = _AFTER_REPLY.get((self._command, kind), State.READY)
            if self._state is not State.WAITING:
                self._command = None

    @abstractmethod
    def _read_greeting(self) -> Greeting | None:
        """Return the greeting, or None where it is not complete."""

    @abstractmethod
    def _read_reply(self) -> Reply | None:
        """Return the next reply, or None where it is not complete."""

    def _take_line(self) -> bytes | None:
        """Return the next line without its end; it is collected for the event's raw bytes."""
        line = self._buffer.next_line()
        if line is None:
            return None
        self._lines_taken += 1
        if self._lines_taken > self._limits.lines:
            raise ProtocolViolation(f"a reply of more than {self._limits.lines} lines", line)
        self._collected.append(line)
        self._last_line = line.rstrip(b"\r\n")
        return self._last_line

    def _take_collected(self) -> bytes:
        """Return the raw lines of the event that is complete now, and start the next one."""
        raw = b"".join(self._collected)
        self._collected.clear()
        self._lines_taken = 0
        return raw

    def _foreign(self, spoken: Spoken) -> Greeting:
        return Greeting(GreetingKind.FOREIGN, spoken, self._take_collected())

    # What is sent

    def _send(self, command: Command, text: bytes) -> bytes:
        """Return a command as it goes over the wire, and wait for its reply from now on."""
        self._require(State.READY, command.value)
        self._state, self._command = State.WAITING, command
        return self._frame(text)

    def _frame(self, text: bytes) -> bytes:
        return text + b"\r\n"

    def _require(self, state: State, what: str) -> None:
        if self._state is not state:
            raise LocalProtocolError(f"{what} is not allowed {self._state.value}")

    @abstractmethod
    def ask_capabilities(self, client_name: str = "") -> bytes | None:
        """Return EHLO, CAPABILITY or CAPA; None where the greeting has already answered."""

    def ask_again(self, client_name: str = "") -> bytes | None:  # noqa: ARG002 - SMTP needs it
        """Return the simpler question after a refusal; only SMTP has one."""
        return None

    def leave(self) -> bytes:
        """Return QUIT or LOGOUT; b"" where nothing can be said (see `MailDialogue.leave`)."""
        if self._state in _NOTHING_TO_SAY or self._command is Command.LEAVE or self._ended:
            return b""
        self._state, self._command = State.WAITING, Command.LEAVE
        return self._frame(self._goodbye)

    # TLS

    def start_tls(self) -> bytes:
        """Return STARTTLS or STLS. Raises LocalProtocolError inside TLS."""
        if self._inside_tls:
            raise LocalProtocolError("starttls is not allowed inside TLS")
        return self._send(Command.STARTTLS, self._starttls)

    def tls_established(self) -> None:
        """Forget everything received in plain text (RFC 3207 4.2, RFC 9051 6.2.1, RFC 2595 4).

        Called before the greeting, it means implicit TLS. Raises LocalProtocolError elsewhere.
        """
        if self._inside_tls or self._state not in {State.GREETING, State.TLS_DUE}:
            raise LocalProtocolError(f"TLS is not expected {self._state.value}")
        if self._state is State.TLS_DUE:
            self._state = State.READY
        self._inside_tls = True
        self._buffer.clear()
        self._collected.clear()
        self._lines_taken = 0
        self._last_line = b""
        self._forget_plaintext()

    def _forget_plaintext(self) -> None:
        """Forget what the protocol itself has kept of the conversation before TLS."""
        return

    # Sign-in

    def usable_mechanisms(self, method: AuthMethod, offered: Capabilities) -> tuple[Mechanism, ...]:
        """Return the mechanisms for a method that both sides have, best first."""
        return tuple(
            Mechanism(name, self._secret_first(name, offered))
            for name in self._mechanisms.get(method, ())
            if self._offers(name, offered)
        )

    def _offers(self, name: str, offered: Capabilities) -> bool:
        return offered.answered and name in offered.mechanisms

    @abstractmethod
    def _secret_first(self, name: str, offered: Capabilities) -> bool:
        """Tell whether the first message of a mechanism holds something of the credential."""

    def sign_in(
        self, mechanism: Mechanism, credential: Credential, offered: Capabilities
    ) -> Exchange:
        """Return the exchange for one mechanism.

        Raises LocalProtocolError outside TLS, for a mechanism that is not usable, for a control
        character in user name or secret, and after an exchange of this session that has already
        sent something of a credential.
        """
        if not self._inside_tls:
            raise LocalProtocolError("a sign-in is not allowed outside TLS")
        self._require(State.READY, "a sign-in")
        if self._exchange is not None and self._exchange.secret_sent:
            raise LocalProtocolError("a second sign-in is not allowed in one session")
        usable = {m.name for method in AuthMethod for m in self.usable_mechanisms(method, offered)}
        if mechanism.name not in usable:
            raise LocalProtocolError(f"{mechanism.name} is not offered here")
        self._exchange = self._make_exchange(mechanism.name, Secret.of(credential), offered)
        return self._exchange

    @abstractmethod
    def _make_exchange(self, name: str, secret: Secret, offered: Capabilities) -> Exchange:
        """Return the exchange for a mechanism that is known to be usable."""

    def _send_sign_in(self, text: bytes) -> bytes:
        return self._send(Command.SIGN_IN, text)
