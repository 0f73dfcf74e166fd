"""The IMAP dialogue: greeting, CAPABILITY, STARTTLS, sign-in, LOGOUT (RFC 9051, 4959, 5530)."""

from __future__ import annotations

import re
from typing import ClassVar

from mailcheck_gui.model.account import AuthMethod, Credential, Protocol
from mailcheck_gui.model.observation import Capabilities, GreetingKind, Spoken
from mailcheck_gui.protocols.capabilities import LOGIN_COMMAND, imap_capabilities
from mailcheck_gui.protocols.dialogue import Greeting, Mechanism, Reply, ReplyKind
from mailcheck_gui.protocols.errors import LocalProtocolError, ProtocolViolation
from mailcheck_gui.protocols.exchange import Exchange, SaslExchange, Send
from mailcheck_gui.protocols.greeting import recognise
from mailcheck_gui.protocols.imap_response import (
    Status,
    continued_literal_size,
    literal_size,
    parse_status,
)
from mailcheck_gui.protocols.lines import Limits
from mailcheck_gui.protocols.sasl import Secret, sasl_client
from mailcheck_gui.protocols.session import Command, MechanismTable, Session

_GREETING_KINDS = {
    "OK": GreetingKind.READY,
    "PREAUTH": GreetingKind.PREAUTH,
    "BYE": GreetingKind.REFUSED,
}
_OWN_TAG = re.compile(rb"A([1-9][0-9]{0,5})")
_QUOTABLE = re.compile(rb"[ !#-\[\]-~]*")  # printable ASCII without quote and backslash
_CLIENT_FIRST = frozenset({"PLAIN", "XOAUTH2"})


class ImapDialogue(Session):
    """One IMAP conversation, from the greeting to the goodbye.

    It opens a mailbox only for a test message that the person asked for.
    """

    protocol = Protocol.IMAP
    _goodbye = b"LOGOUT"
    _starttls = b"STARTTLS"
    _mechanisms: ClassVar[MechanismTable] = {
        AuthMethod.PASSWORD: ("PLAIN", LOGIN_COMMAND, "LOGIN"),
        AuthMethod.ENCRYPTED_PASSWORD: ("CRAM-MD5",),
        AuthMethod.OAUTH2: ("XOAUTH2",),
    }

    def __init__(self, limits: Limits | None = None) -> None:
        super().__init__(limits)
        self._tags = 0
        self._preauth = False
        self._greeted_with: Capabilities | None = None
        self._listed: Capabilities | None = None
        self._notes: list[str] = []
        self._response_start = 0
        self._literal_due: int | None = None

    # What is sent

    def ask_capabilities(self, client_name: str = "") -> bytes | None:  # noqa: ARG002 - for EHLO
        """Return CAPABILITY, or None where the greeting has already answered."""
        if self._greeted_with is not None:
            return None
        self._listed = None
        return self._send(Command.CAPABILITIES, b"CAPABILITY")

    def start_tls(self) -> bytes:
        """Return STARTTLS. Raises LocalProtocolError inside TLS and after PREAUTH.

        PREAUTH leaves the only state in which STARTTLS is allowed (RFC 9051, section 6.2.1).
        """
        self._refuse_after_preauth("STARTTLS")
        return super().start_tls()

    def sign_in(
        self, mechanism: Mechanism, credential: Credential, offered: Capabilities
    ) -> Exchange:
        """As `Session.sign_in`; also raises LocalProtocolError after PREAUTH."""
        self._refuse_after_preauth("a sign-in")
        return super().sign_in(mechanism, credential, offered)

    def ask_mailbox(self, command: bytes) -> bytes:
        """Return a command on the mailbox; what the server lists stands in the reply's `raw`.

        Raises LocalProtocolError before a sign-in was accepted.
        """
        if not self._signed_in:
            raise LocalProtocolError("the mailbox needs a sign-in")
        return self._send(Command.MAILBOX, command)

    def _refuse_after_preauth(self, what: str) -> None:
        if self._preauth:
            raise LocalProtocolError(f"{what} is not allowed after PREAUTH")

    def _frame(self, text: bytes) -> bytes:
        self._tags += 1
        self._notes.clear()
        return b"A%d %b\r\n" % (self._tags, text)

    def _forget_plaintext(self) -> None:
        self._greeted_with = self._listed = None
        self._notes.clear()
        self._response_start, self._literal_due = 0, None

    # What arrives

    def _read_greeting(self) -> Greeting | None:
        line = self._take_line()
        if line is None:
            return None
        spoken = recognise(line)
        status = parse_status(line[2:]) if spoken is Spoken.IMAP else None
        if status is None or status.word not in _GREETING_KINDS:
            return self._foreign(Spoken.UNKNOWN if spoken is Spoken.IMAP else spoken)
        raw = self._take_collected()
        kind = _GREETING_KINDS[status.word]
        self._preauth = kind is GreetingKind.PREAUTH
        self._greeted_with = _capability_code(status, raw)
        return Greeting(kind, spoken, raw, self._greeted_with)

    def _read_reply(self) -> Reply | None:
        while (line := self._take_response()) is not None:
            reply = self._understand(line)
            if reply is not None:
                return reply
            self._response_start = len(self._collected)
        return None

    def _take_response(self) -> bytes | None:
        """Return the first line of the next response once its literals are in, or None."""
        while True:
            if self._literal_due is not None:
                literal = self._buffer.take(self._literal_due)
                if literal is None:
                    return None
                if self._command is Command.MAILBOX:
                    self._collected.append(literal)
                self._literal_due = None
            line = self._take_line()
            if line is None:
                return None
            first = len(self._collected) == self._response_start + 1
            self._literal_due = literal_size(line) if first else continued_literal_size(line)
            if self._literal_due is None:
                return self._collected[self._response_start].rstrip(b"\r\n")
            if self._literal_due > self._limits.literal:
                raise ProtocolViolation(
                    f"a literal of more than {self._limits.literal} bytes", line
                )

    def _understand(self, line: bytes) -> Reply | None:
        """Return the reply that a response completes, or None."""
        if line.startswith(b"+"):
            return self._continuation(line)
        if line.startswith(b"* "):
            return self._untagged(line[2:])
        tag, _, rest = line.partition(b" ")
        status = parse_status(rest)
        own = _OWN_TAG.fullmatch(tag)
        if status is None or own is None or int(own[1]) > self._tags:
            raise ProtocolViolation("not an IMAP response", line)
        if self._command is not None and int(own[1]) == self._tags:
            return self._tagged(status)
        self._ignore()  # the late answer to a command that was given up
        return None

    def _untagged(self, rest: bytes) -> Reply | None:
        """Return the reply that BYE is; keep what the command asked for, ignore the rest."""
        status = parse_status(rest)
        if status is None:
            self._take_data(rest)
        elif status.word == "BYE" and self._command is not Command.LEAVE:
            return self._make_reply(ReplyKind.BYE, status)
        elif not self.inside_tls:  # an ALERT from before TLS counts for nothing (RFC 9051, 11.3)
            self._ignore()
        elif status.code:
            self._notes.append(status.code)
        return None

    def _take_data(self, rest: bytes) -> None:
        words = rest.decode("utf-8", "replace").split()
        if words and words[0].upper() == "CAPABILITY" and self._command is Command.CAPABILITIES:
            self._listed = imap_capabilities(tuple(words[1:]), b"* " + rest)
        elif self._command is not Command.MAILBOX:
            self._ignore()

    def _ignore(self) -> None:
        """Drop the response that was read last from the raw bytes of the next reply."""
        del self._collected[self._response_start :]

    def _continuation(self, line: bytes) -> Reply:
        kind = ReplyKind.CONTINUE if self._command is Command.SIGN_IN else ReplyKind.NONSENSE
        return self._make_reply(kind, Status("+", "", "", line[1:].decode("utf-8", "replace")))

    def _tagged(self, status: Status) -> Reply:
        if status.word in {"BYE", "PREAUTH"}:
            raise ProtocolViolation("not a tagged status", status.word.encode())
        return self._make_reply(status.kind, status)

    def _make_reply(self, kind: ReplyKind, status: Status) -> Reply:
        raw = self._take_collected()
        self._response_start = 0
        codes = tuple(dict.fromkeys((*status.codes, *self._notes)))
        text = status.text.strip()
        return Reply(kind, codes, text, raw, self._capabilities(kind, status, raw))

    def _capabilities(self, kind: ReplyKind, status: Status, raw: bytes) -> Capabilities | None:
        if self._command is Command.STARTTLS:
            return None  # what is said before TLS is not kept
        if self._command is not Command.CAPABILITIES:
            return _capability_code(status, raw)
        listed = self._listed or _capability_code(status, raw)
        if kind is ReplyKind.OK and listed is not None:
            return listed
        return Capabilities(answered=False, raw=raw)

    # Sign-in

    def _offers(self, name: str, offered: Capabilities) -> bool:
        forbidden = name == LOGIN_COMMAND and offered.login_disabled
        return not forbidden and super()._offers(name, offered)

    def _secret_first(self, name: str, offered: Capabilities) -> bool:
        """LOGIN always; a client-first mechanism with SASL-IR (RFC 4959)."""
        initial_response = "SASL-IR" in (value.upper() for value in offered.values)
        return name == LOGIN_COMMAND or (initial_response and name in _CLIENT_FIRST)

    def _make_exchange(self, name: str, secret: Secret, offered: Capabilities) -> Exchange:
        if name == LOGIN_COMMAND:
            return LoginExchange(secret, self._send_sign_in)
        initial = self._secret_first(name, offered)
        return SaslExchange(sasl_client(name, secret), b"AUTHENTICATE", initial, self._send_sign_in)


class LoginExchange(Exchange):
    """The LOGIN command (RFC 9051, section 6.2.3).

    What cannot stand in a plain quoted string goes as a synchronising literal: the line ends, the
    server says `+`, the literal and the rest of the command follow (RFC 9051, section 4.3).
    """

    def __init__(self, secret: Secret, send: Send) -> None:
        super().__init__(LOGIN_COMMAND, send)
        command = b"LOGIN %b %b" % (_string(secret.user), _string(secret.secret))
        self._parts = iter(command.split(b"\r\n"))  # neither name nor secret holds a line end

    def _first(self) -> bytes:
        command = self._send(next(self._parts))
        self.secret_sent = True
        return command

    def answer(self, reply: Reply) -> bytes | None:
        """Return the next literal with what follows it, None where none is owed."""
        if reply.kind is not ReplyKind.CONTINUE:
            return None
        part = next(self._parts, None)
        self.cancelled = part is None  # LOGIN has no cancellation; nothing more is said
        return None if part is None else part + b"\r\n"


def _string(value: bytes) -> bytes:
    """Return a value as a quoted string or as a literal (RFC 9051, section 4.3)."""
    if _QUOTABLE.fullmatch(value):
        return b'"%b"' % value
    return b"{%d}\r\n%b" % (len(value), value)


def _capability_code(status: Status, raw: bytes) -> Capabilities | None:
    """Return the capabilities that a CAPABILITY response code lists, if it is one."""
    if status.code != "CAPABILITY":
        return None
    return imap_capabilities(tuple(status.arguments.split()), raw)
