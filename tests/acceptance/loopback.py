"""Small scripted mail servers on loopback that remember what they were told."""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType

PATIENCE = 20.0  # seconds that a conversation of these servers waits for the client


@dataclass
class Conversation:
    """One connection, seen from the server: it says bytes and hears lines."""

    stream: socket.socket
    heard: bytearray
    credentials: list[tuple[str, str]]
    _rest: bytes = b""

    def say(self, text: bytes) -> None:
        """Send *text* as it is."""
        self.stream.sendall(text)

    def hear(self) -> bytes | None:
        """The next line without its end, or None when the client has gone."""
        while b"\n" not in self._rest:
            more = self.stream.recv(4096)
            if not more:
                return None
            self.heard += more
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return line.rstrip(b"\r")

    def lines(self) -> Iterator[bytes]:
        """Every line until the client goes."""
        while (line := self.hear()) is not None:
            yield line

    def hear_base64(self, initial: bytes, challenge: bytes) -> bytes:
        """Decode the *initial* response, or ask for it with *challenge*."""
        if not initial:
            self.say(challenge)
            initial = self.hear() or b""
        return base64.b64decode(initial)

    def keep(self, plain: bytes) -> None:
        """Remember the user name and password of a SASL PLAIN message."""
        _authorize, user, password = plain.split(b"\0")
        self.credentials.append((user.decode(), password.decode()))


Dialogue = Callable[[Conversation], None]


@dataclass
class LoopbackServer:
    """Serves *dialogue* to each connection in a thread of its own; with *tls* from the start."""

    dialogue: Dialogue
    tls: ssl.SSLContext | None = None
    heard: bytearray = field(default_factory=bytearray)
    credentials: list[tuple[str, str]] = field(default_factory=list)
    accepted: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> LoopbackServer:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._streams: list[socket.socket] = []
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for stream in list(self._streams):
            with contextlib.suppress(OSError):
                stream.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(PATIENCE)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._listener.getsockname()[1])

    def _accept(self) -> None:
        while True:
            try:
                stream, _peer = self._listener.accept()
            except OSError:
                return
            self._streams.append(stream)
            thread = threading.Thread(target=self._serve, args=(stream,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, stream: socket.socket) -> None:
        self.accepted.set()
        stream.settimeout(PATIENCE)
        with contextlib.suppress(OSError, ValueError), stream:
            if self.tls is None:
                self.dialogue(Conversation(stream, self.heard, self.credentials))
                return
            with self.tls.wrap_socket(stream, server_side=True) as inside:
                self.dialogue(Conversation(inside, self.heard, self.credentials))


@contextlib.contextmanager
def closed_port() -> Iterator[int]:
    """A loopback port that refuses: bound, so that nobody else takes it, but not listening."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield int(holder.getsockname()[1])


# --- dialogues ------------------------------------------------------------------------------


def greet(greeting: bytes, answer: bytes = b"") -> Dialogue:
    """Say *greeting*, and *answer* to every line."""

    def dialogue(talk: Conversation) -> None:
        talk.say(greeting)
        for _line in talk.lines():
            talk.say(answer)

    return dialogue


def mute(talk: Conversation) -> None:
    """Take the call and say nothing."""
    for _line in talk.lines():
        pass


def hang_up(talk: Conversation) -> None:
    """Close at once."""
    talk.stream.close()


@dataclass(frozen=True)
class Imap:
    """An IMAP server: its capabilities, its answer to STARTTLS, and whether it lets people in."""

    capabilities: bytes = b"IMAP4rev1 SASL-IR AUTH=PLAIN"
    starttls: bytes = b"BAD unknown command"
    accepts: bool = True
    echoes: bool = False

    def __call__(self, talk: Conversation) -> None:
        """Hold the conversation."""
        talk.say(b"* OK [CAPABILITY " + self.capabilities + b"] ready\r\n")
        for line in talk.lines():
            tag, _, rest = line.partition(b" ")
            verb, _, argument = rest.partition(b" ")
            talk.say(self._answer(talk, tag, verb.upper(), argument))

    def _answer(self, talk: Conversation, tag: bytes, verb: bytes, argument: bytes) -> bytes:
        if verb == b"CAPABILITY":
            return b"* CAPABILITY " + self.capabilities + b"\r\n" + tag + b" OK done\r\n"
        if verb == b"STARTTLS":
            return tag + b" " + self.starttls + b"\r\n"
        if verb == b"LOGOUT":
            return b"* BYE bye\r\n" + tag + b" OK done\r\n"
        if verb == b"AUTHENTICATE":
            talk.keep(talk.hear_base64(argument.partition(b" ")[2], b"+ \r\n"))
            if self.accepts:
                return tag + b" OK welcome\r\n"
            return tag + b" NO [AUTHENTICATIONFAILED] refused" + self._echo(talk) + b"\r\n"
        return tag + b" OK done\r\n"

    def _echo(self, talk: Conversation) -> bytes:
        return echo(talk) if self.echoes else b""


@dataclass(frozen=True)
class Smtp:
    """An SMTP server: its EHLO lines, its answer to STARTTLS, and whether it lets people in."""

    capabilities: tuple[bytes, ...] = (b"8BITMIME", b"AUTH PLAIN")
    starttls: bytes = b"502 5.5.1 unknown command"
    accepts: bool = True
    echoes: bool = False

    def __call__(self, talk: Conversation) -> None:
        """Hold the conversation."""
        talk.say(b"220 mail.example.invalid ESMTP ready\r\n")
        for line in talk.lines():
            verb, _, argument = line.partition(b" ")
            talk.say(self._answer(talk, verb.upper(), argument))

    def _answer(self, talk: Conversation, verb: bytes, argument: bytes) -> bytes:
        if verb == b"EHLO":
            lines = (b"mail.example.invalid", *self.capabilities)
            parts = [b"250-" + line for line in lines[:-1]] + [b"250 " + lines[-1]]
            return b"".join(part + b"\r\n" for part in parts)
        if verb == b"STARTTLS":
            return self.starttls + b"\r\n"
        if verb == b"QUIT":
            return b"221 2.0.0 bye\r\n"
        if verb == b"AUTH":
            talk.keep(talk.hear_base64(argument.partition(b" ")[2], b"334 \r\n"))
            if self.accepts:
                return b"235 2.7.0 welcome\r\n"
            return b"535 5.7.8 refused" + (echo(talk) if self.echoes else b"") + b"\r\n"
        return b"250 2.0.0 done\r\n"


def echo(talk: Conversation) -> bytes:
    """The last password, plain and in base64, as a careless server would repeat it."""
    user, password = talk.credentials[-1]
    sasl = base64.b64encode(f"\0{user}\0{password}".encode())
    return f" {password} ".encode() + base64.b64encode(password.encode()) + b" " + sasl
