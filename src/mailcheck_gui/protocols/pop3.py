"""The POP3 dialogue: greeting, CAPA, STLS, sign-in, QUIT (RFC 1939, 2449, 2595, 3206, 5034)."""

from __future__ import annotations

import hashlib
import re
from typing import ClassVar

from mailcheck_gui.model.account import AuthMethod, Protocol
from mailcheck_gui.model.observation import Capabilities, GreetingKind, Spoken
from mailcheck_gui.protocols.capabilities import pop3_capabilities
from mailcheck_gui.protocols.dialogue import Greeting, Reply, ReplyKind
from mailcheck_gui.protocols.errors import LocalProtocolError, ProtocolViolation
from mailcheck_gui.protocols.exchange import Exchange, SaslExchange, Send
from mailcheck_gui.protocols.greeting import recognise
from mailcheck_gui.protocols.lines import Limits
from mailcheck_gui.protocols.sasl import Secret, sasl_client
from mailcheck_gui.protocols.session import Command, MechanismTable, Session

_STATUS = re.compile(rb"(\+OK|-ERR)\s*(.*)", re.IGNORECASE | re.DOTALL)
_CHALLENGE = re.compile(rb"\+(?: (.*))?", re.DOTALL)  # RFC 5034, 4
_RESPONSE_CODE = re.compile(r"\[([^\]\s]+)(?:\s[^\]]*)?\]\s*(.*)", re.DOTALL)  # RFC 2449, 8

_TIMESTAMP = re.compile(rb"<[!-;=?A-~]+@[!-;=?A-~]+>")
"""APOP's timestamp (RFC 1939, section 7): a message identifier and nothing looser, since looser
ones let an attacker learn passwords from digests (CVE-2007-1558)."""

_TEMPORARY = frozenset({"SYS/TEMP", "IN-USE", "LOGIN-DELAY"})  # RFC 3206, 4; RFC 2449, 8.1


class Pop3Dialogue(Session):
    """One POP3 conversation, from the greeting to the goodbye.

    It looks into the mailbox only for a test message that the person asked for.
    """

    protocol = Protocol.POP3
    _goodbye = b"QUIT"
    _starttls = b"STLS"
    _mechanisms: ClassVar[MechanismTable] = {
        AuthMethod.PASSWORD: ("PLAIN", "USER", "LOGIN"),
        AuthMethod.ENCRYPTED_PASSWORD: ("CRAM-MD5", "APOP"),
        AuthMethod.OAUTH2: ("XOAUTH2",),
    }

    def __init__(self, limits: Limits | None = None) -> None:
        super().__init__(limits)
        self._timestamp = b""
        self._expects_lines = False

    def ask_capabilities(self, client_name: str = "") -> bytes:  # noqa: ARG002 - for EHLO
        """Return CAPA. Old servers do not know it: then nothing is known of what they offer."""
        self._expects_lines = True
        return self._send(Command.CAPABILITIES, b"CAPA")

    def ask_mailbox(self, command: bytes, *, lines: bool) -> bytes:
        """Return a command on the mailbox; with `lines` a list ends the answer (RFC 1939, 3).

        Raises LocalProtocolError before a sign-in was accepted.
        """
        if not self._signed_in:
            raise LocalProtocolError("the mailbox needs a sign-in")
        self._expects_lines = lines
        return self._send(Command.MAILBOX, command)

    def _forget_plaintext(self) -> None:
        self._timestamp = b""

    # Greeting and replies

    def _read_greeting(self) -> Greeting | None:
        line = self._take_line()
        if line is None:
            return None
        spoken = recognise(line)
        if spoken is not Spoken.POP3:
            return self._foreign(spoken)
        ready = line[:1] == b"+"
        timestamp = _TIMESTAMP.search(line) if ready else None
        self._timestamp = timestamp[0] if timestamp else b""
        kind = GreetingKind.READY if ready else GreetingKind.REFUSED
        return Greeting(kind, spoken, self._take_collected())

    def _read_reply(self) -> Reply | None:
        while (line := self._take_line()) is not None:
            first = self._collected[0]
            if len(self._collected) > 1:
                if line == b".":
                    return self._status(first.rstrip(b"\r\n"))
            elif not self._has_lines(first):
                return self._status(line)
        return None

    def _has_lines(self, status: bytes) -> bool:
        """Whether lines follow the status: after an acceptance of what asks for some."""
        listing = self._command in {Command.CAPABILITIES, Command.MAILBOX} and self._expects_lines
        return listing and status[:3].upper() == b"+OK"

    def _status(self, line: bytes) -> Reply:
        match = _STATUS.fullmatch(line)
        if match is None:
            return self._challenge(line)
        word, text = match[1].decode().upper(), match[2].decode("utf-8", "replace").strip()
        code = _RESPONSE_CODE.fullmatch(text)
        codes = (word, code[1].upper()) if code else (word,)
        kind = self._kind(codes)
        capabilities = self._capabilities(kind)
        return Reply(kind, codes, code[2] if code else text, self._take_collected(), capabilities)

    def _kind(self, codes: tuple[str, ...]) -> ReplyKind:
        if codes[0] == "+OK":
            return ReplyKind.OK if self._command else ReplyKind.NONSENSE
        return ReplyKind.TEMPORARY if _TEMPORARY.intersection(codes) else ReplyKind.REFUSED

    def _challenge(self, line: bytes) -> Reply:
        match = _CHALLENGE.fullmatch(line)
        if match is None:
            raise ProtocolViolation("not a POP3 reply", line)
        kind = ReplyKind.CONTINUE if self._command is Command.SIGN_IN else ReplyKind.NONSENSE
        text = (match[1] or b"").decode("utf-8", "replace")
        capabilities = self._capabilities(kind)
        return Reply(kind, ("+",), text, self._take_collected(), capabilities)

    def _capabilities(self, kind: ReplyKind) -> Capabilities | None:
        if self._command is not Command.CAPABILITIES:
            return None
        raw, apop = b"".join(self._collected), bool(self._timestamp)
        if kind is not ReplyKind.OK:
            return Capabilities(mechanisms=("APOP",) if apop else (), answered=False, raw=raw)
        lines = tuple(line.decode("utf-8", "replace").strip() for line in self._collected[1:-1])
        unstuffed = tuple(line[1:] if line.startswith("..") else line for line in lines)
        return pop3_capabilities(unstuffed, raw, apop)

    # Sign-in

    def _offers(self, name: str, offered: Capabilities) -> bool:
        if name == "APOP":  # the digest can be searched for the password, hence implicit TLS only
            return bool(self._timestamp) and self.inside_tls and name in offered.mechanisms
        if name == "USER" and not offered.answered:
            return True
        return super()._offers(name, offered)

    def _secret_first(self, name: str, offered: Capabilities) -> bool:  # noqa: ARG002
        return name in {"USER", "APOP"}

    def _make_exchange(
        self,
        name: str,
        secret: Secret,
        offered: Capabilities,  # noqa: ARG002 - IMAP needs it
    ) -> Exchange:
        if name == "USER":
            return CommandExchange(name, _user_pass(secret), self._send_sign_in)
        if name == "APOP":
            return CommandExchange(name, (_apop(secret, self._timestamp),), self._send_sign_in)
        # Never with an initial response: a command line may hold 255 bytes (RFC 5034, section 4),
        # and a mechanism that is refused has then seen nothing of the credential.
        return SaslExchange(
            sasl_client(name, secret), b"AUTH", initial=False, send=self._send_sign_in
        )


class CommandExchange(Exchange):
    """USER and PASS, or APOP: each command is sent once the one before it is accepted."""

    def __init__(self, mechanism: str, commands: tuple[bytes, ...], send: Send) -> None:
        super().__init__(mechanism, send)
        self._commands = iter(commands)

    def _first(self) -> bytes:
        command = self._send(next(self._commands))
        self.secret_sent = True
        return command

    def answer(self, reply: Reply) -> bytes | None:
        """Return the next command after an acceptance; there is no challenge to answer."""
        self.cancelled = self.cancelled or reply.kind is ReplyKind.CONTINUE
        if reply.kind is not ReplyKind.OK or self.cancelled:
            return None
        command = next(self._commands, None)
        return None if command is None else self._send(command)


def _user_pass(secret: Secret) -> tuple[bytes, bytes]:
    return b"USER " + secret.user, b"PASS " + secret.secret


def _apop(secret: Secret, timestamp: bytes) -> bytes:
    digest = hashlib.md5(timestamp + secret.secret, usedforsecurity=False).hexdigest()
    return b"APOP %b %b" % (secret.user, digest.encode())
