"""Drives a dialogue through a script of both sides, with the network cut at any place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from mailcheck_gui.model.account import Credential, Protocol
from mailcheck_gui.model.observation import Capabilities
from mailcheck_gui.protocols.dialogue import (
    Event,
    Greeting,
    MailDialogue,
    Mechanism,
    Reply,
    SignInExchange,
)
from mailcheck_gui.protocols.errors import ProtocolViolation
from mailcheck_gui.protocols.imap import ImapDialogue
from mailcheck_gui.protocols.lines import Limits
from mailcheck_gui.protocols.pop3 import Pop3Dialogue
from mailcheck_gui.protocols.smtp import SmtpDialogue

DIALOGUES = {
    Protocol.SMTP: SmtpDialogue,
    Protocol.IMAP: ImapDialogue,
    Protocol.POP3: Pop3Dialogue,
}
GREETINGS = {
    Protocol.SMTP: b"220 mail.example.org ESMTP\r\n",
    Protocol.IMAP: b"* OK ready\r\n",
    Protocol.POP3: b"+OK ready\r\n",
}

USER = "josé@example.org"
SECRET = ' pä"ss\\ & <w>é '
CREDENTIAL = Credential(USER, SECRET)
PLAIN_CREDENTIAL = Credential("anna@example.org", "correct horse")


def new_dialogue(protocol: Protocol, limits: Limits | None = None) -> MailDialogue:
    return DIALOGUES[protocol](limits)


def events_of(dialogue: MailDialogue, data: bytes, size: int | None = None) -> list[Event]:
    """Feed bytes in pieces of a size (None: whole) and return the events, drained each time."""
    pieces = [data[i : i + size] for i in range(0, len(data), size)] if size else [data]
    events: list[Event] = []
    for piece in pieces:
        dialogue.receive(piece)
        while (event := dialogue.next_event()) is not None:
            events.append(event)
    return events


def greeting_of(dialogue: MailDialogue, data: bytes) -> Greeting:
    (event,) = events_of(dialogue, data)
    assert isinstance(event, Greeting)
    return event


def reply_of(dialogue: MailDialogue, data: bytes) -> Reply:
    (event,) = events_of(dialogue, data)
    assert isinstance(event, Reply)
    return event


def greeted(protocol: Protocol, *, tls: bool = False, greeting: bytes = b"") -> MailDialogue:
    """Return a dialogue whose server has greeted, with implicit TLS or in plain text."""
    dialogue = new_dialogue(protocol)
    if tls:
        dialogue.tls_established()
    greeting_of(dialogue, greeting or GREETINGS[protocol])
    return dialogue


def offering(*mechanisms: str, values: tuple[str, ...] = ()) -> Capabilities:
    return Capabilities(values=values, mechanisms=mechanisms)


def sign_in(
    dialogue: MailDialogue,
    name: str,
    credential: Credential = CREDENTIAL,
    offered: Capabilities | None = None,
) -> SignInExchange:
    return dialogue.sign_in(Mechanism(name, False), credential, offered or offering(name))


@dataclass
class Run:
    """One run of a script: everything that was seen, in order."""

    dialogue: MailDialogue
    size: int | None
    seen: list[object] = field(default_factory=list)
    exchange: SignInExchange | None = None

    def last_reply(self) -> Reply:
        reply = next(item for item in reversed(self.seen) if isinstance(item, Reply))
        assert isinstance(reply, Reply)
        return reply


Step = Callable[[Run], None]


def hear(data: bytes) -> Step:
    """The server says something."""

    def step(run: Run) -> None:
        try:
            run.seen += events_of(run.dialogue, data, run.size)
        except ProtocolViolation as violation:
            run.seen.append((type(violation), violation.reason))

    return step


def say(command: Callable[[MailDialogue], bytes | None]) -> Step:
    """We say something."""

    def step(run: Run) -> None:
        run.seen.append(command(run.dialogue))

    return step


def ask(run: Run) -> None:
    """We ask what the server offers."""
    run.seen.append(run.dialogue.ask_capabilities("[192.0.2.7]"))


def upgrade(run: Run) -> None:
    """TLS is there; what was left over before it is seen first."""
    run.seen.append(run.dialogue.pending)
    run.dialogue.tls_established()


def begin(name: str, credential: Credential, *values: str) -> Step:
    """We begin to sign in."""

    def step(run: Run) -> None:
        run.exchange = sign_in(run.dialogue, name, credential, offering(name, values=values))
        run.seen.append(run.exchange.begin())

    return step


def answer(run: Run) -> None:
    """We answer the last reply within the sign-in."""
    assert run.exchange is not None
    run.seen.append(run.exchange.answer(run.last_reply()))


def end(run: Run) -> None:
    """The server closes the connection."""
    run.dialogue.receive_end()
    try:
        while (event := run.dialogue.next_event()) is not None:
            run.seen.append(event)
    except ProtocolViolation as violation:
        run.seen.append((type(violation), violation.reason))
    run.seen.append((run.dialogue.pending, run.dialogue.last_line))


def run_script(protocol: Protocol, steps: tuple[Step, ...], size: int | None) -> list[object]:
    run = Run(new_dialogue(protocol), size)
    for step in steps:
        step(run)
    return run.seen
