"""The SMTP dialogue: greeting, EHLO, STARTTLS, AUTH, QUIT (RFC 5321, 3207, 4954, 2034)."""

from __future__ import annotations

import re
from typing import ClassVar

from mailcheck_gui.model.account import AuthMethod, Protocol
from mailcheck_gui.model.observation import Capabilities, GreetingKind, Spoken
from mailcheck_gui.protocols.capabilities import is_masked_banner, smtp_capabilities
from mailcheck_gui.protocols.dialogue import Greeting, Reply, ReplyKind
from mailcheck_gui.protocols.envelope import EnvelopeCommand, envelope_line, fits_envelope
from mailcheck_gui.protocols.errors import LocalProtocolError, ProtocolViolation
from mailcheck_gui.protocols.exchange import Exchange, SaslExchange
from mailcheck_gui.protocols.greeting import recognise
from mailcheck_gui.protocols.lines import Limits
from mailcheck_gui.protocols.sasl import Secret, sasl_client
from mailcheck_gui.protocols.session import Command, MechanismTable, Session, State

_LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)
_ENHANCED = re.compile(r"([245]\.[0-9]{1,3}\.[0-9]{1,3})(?=\s|$)")  # RFC 3463, 2

_ACCEPTED = {
    Command.CAPABILITIES: "250",
    Command.HELO: "250",
    Command.STARTTLS: "220",
    Command.SIGN_IN: "235",
    Command.ENVELOPE: "250",
    Command.DATA: "354",
    Command.MESSAGE: "250",
    Command.LEAVE: "221",
}
"""The one code that accepts a command; another positive code does not answer it."""

_FORWARDS = frozenset({"251", "252"})
"""A recipient that is taken to be passed on or unchecked (RFC 5321, section 3.4)."""

_CLIENT_FIRST = frozenset({"PLAIN", "XOAUTH2"})


class SmtpDialogue(Session):
    """One SMTP conversation, from the greeting to the goodbye."""

    protocol = Protocol.SMTP
    _goodbye = b"QUIT"
    _starttls = b"STARTTLS"
    _mechanisms: ClassVar[MechanismTable] = {
        AuthMethod.PASSWORD: ("PLAIN", "LOGIN"),
        AuthMethod.ENCRYPTED_PASSWORD: ("CRAM-MD5",),
        AuthMethod.OAUTH2: ("XOAUTH2",),
    }

    def __init__(self, limits: Limits | None = None) -> None:
        super().__init__(limits)
        self._masked_banner = False
        self._ehlo_refused = False
        self._under_way: list[Command] = []
        self._message_due = False

    def ask_capabilities(self, client_name: str = "") -> bytes:
        """Return EHLO. `client_name` is an address literal or a host name (RFC 5321, 4.1.3).

        Raises LocalProtocolError for an empty name and for one that would end the line.
        """
        return self._send(Command.CAPABILITIES, b"EHLO " + _client_name(client_name))

    def ask_again(self, client_name: str = "") -> bytes | None:
        """Return HELO after a refused EHLO, once; else None.

        For diagnosis only: nothing can be signed in to or upgraded after it.
        """
        if not self._ehlo_refused:
            return None
        self._ehlo_refused = False
        return self._send(Command.HELO, b"HELO " + _client_name(client_name))

    def ask_envelope(
        self, commands: tuple[EnvelopeCommand, ...], address: str, *, then_leave: bool = False
    ) -> bytes:
        """Return envelope commands, each of which gets a reply.

        Several at once, and QUIT behind them, only where the server offers PIPELINING (RFC 2920).
        Raises LocalProtocolError outside TLS, and for an address that no envelope can name.
        """
        if not self._inside_tls or not fits_envelope(address):
            raise LocalProtocolError("an envelope needs TLS and an address that fits")
        first, *rest = (envelope_line(command, address) for command in commands)
        self._under_way = [Command.ENVELOPE] * len(rest)
        if then_leave:
            rest.append(self._goodbye)
            self._under_way.append(Command.LEAVE)
        return self._send(Command.ENVELOPE, first) + b"".join(self._frame(line) for line in rest)

    def leave(self) -> bytes:
        """As `Session.leave`; also b"" where QUIT went out behind a group, answered or not."""
        return b"" if Command.LEAVE in self._under_way else super().leave()

    def begin_message(self) -> bytes:
        """Return DATA, for a test message that the person asked for (RFC 5321, 4.1.1.4)."""
        return self._send(Command.DATA, b"DATA")

    def send_message(self, message: bytes) -> bytes:
        """Return a whole message with CRLF line ends, its dots doubled (RFC 5321, 4.5.2).

        Raises LocalProtocolError where the go-ahead for it was not the last reply.
        """
        if not self._message_due:
            raise LocalProtocolError("a message needs the go-ahead")
        lines = message.removesuffix(b"\r\n").split(b"\r\n")
        stuffed = (b"." + line if line.startswith(b".") else line for line in lines)
        return self._send(Command.MESSAGE, b"\r\n".join([*stuffed, b"."]))

    def _conclude(self, kind: ReplyKind) -> None:
        """As `Session._conclude`; the next command of a group then waits for its reply."""
        self._message_due = self._command is Command.DATA and kind is ReplyKind.OK
        super()._conclude(kind)
        if self._under_way and self._state is State.READY:
            self._state, self._command = State.WAITING, self._under_way.pop(0)

    def _forget_plaintext(self) -> None:
        self._masked_banner = False
        self._ehlo_refused = False

    # Greeting and replies

    def _read_greeting(self) -> Greeting | None:
        while (line := self._take_line()) is not None:
            if len(self._collected) == 1 and (spoken := recognise(line)) is not Spoken.SMTP:
                return self._foreign(spoken)
            code, last = self._check_line(line)
            if last:
                return self._greeting(code)
        return None

    def _greeting(self, code: str) -> Greeting:
        self._masked_banner = is_masked_banner("".join(self._texts()))
        raw = self._take_collected()
        spoken = recognise(raw)  # FTP may name itself only in a later line
        if spoken is not Spoken.SMTP:
            return Greeting(GreetingKind.FOREIGN, spoken, raw)
        kind = GreetingKind.READY if code == "220" else GreetingKind.REFUSED
        return Greeting(kind, spoken, raw)

    def _read_reply(self) -> Reply | None:
        while (line := self._take_line()) is not None:
            code, last = self._check_line(line)
            if last:
                return self._reply(code)
        return None

    def _check_line(self, line: bytes) -> tuple[str, bool]:
        """Return the code of a line and whether it is the last one of its reply."""
        match = _LINE.fullmatch(line)
        if match is None:
            raise ProtocolViolation("not an SMTP reply", line)
        if match[1] != self._collected[0][:3]:
            raise ProtocolViolation("another code inside one reply", line)
        return match[1].decode(), match[2] != b"-"

    def _texts(self) -> tuple[str, ...]:
        """Return what stands behind code and separator of the lines collected."""
        return tuple(line[4:].decode("utf-8", "replace").strip() for line in self._collected)

    def _reply(self, code: str) -> Reply:
        texts = self._texts()
        raw = self._take_collected()
        kind = self._kind(code)
        enhanced = [match[1] for text in texts if (match := _ENHANCED.match(text))]
        self._ehlo_refused = self._command is Command.CAPABILITIES and kind is ReplyKind.REFUSED
        return Reply(
            kind=kind,
            codes=tuple(dict.fromkeys((code, *enhanced))),
            text="\n".join(texts),
            raw=raw,
            capabilities=self._capabilities(kind, texts, raw),
        )

    def _kind(self, code: str) -> ReplyKind:
        if code == "421":  # allowed as the answer to any command (RFC 5321, section 3.8)
            return ReplyKind.BYE
        if code[0] in "45":
            return ReplyKind.TEMPORARY if code[0] == "4" else ReplyKind.REFUSED
        if self._command is Command.SIGN_IN and code == "334":
            return ReplyKind.CONTINUE
        accepted = self._command is not None and code == _ACCEPTED[self._command]
        forwards = self._command is Command.ENVELOPE and code in _FORWARDS
        return ReplyKind.OK if accepted or forwards else ReplyKind.NONSENSE

    def _capabilities(
        self, kind: ReplyKind, texts: tuple[str, ...], raw: bytes
    ) -> Capabilities | None:
        if self._command not in {Command.CAPABILITIES, Command.HELO}:
            return None
        if self._command is Command.CAPABILITIES and kind is ReplyKind.OK:
            return smtp_capabilities(texts[1:], raw, self._masked_banner)
        return Capabilities(answered=False, masked=self._masked_banner, raw=raw)

    # Sign-in

    def _secret_first(self, name: str, offered: Capabilities) -> bool:  # noqa: ARG002
        return name in _CLIENT_FIRST

    def _make_exchange(self, name: str, secret: Secret, offered: Capabilities) -> Exchange:
        initial = self._secret_first(name, offered)
        return SaslExchange(sasl_client(name, secret), b"AUTH", initial, self._send_sign_in)


def _client_name(name: str) -> bytes:
    if not re.fullmatch(r"[!-~]+", name):
        raise LocalProtocolError("EHLO needs an address literal or a host name")
    return name.encode()
