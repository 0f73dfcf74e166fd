"""The terminal program as a process of its own, beside mail servers on loopback."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.practice import Mailbox, PracticeHost, PracticeRunner, Script, ServerBehaviour

HOST = "127.0.0.1"
USER = "anna@example.com"
PASSWORD = 'p\u00e9ch & "x" \\ <y> tr\u00e8s long'
MAILBOXES = (Mailbox(USER, PASSWORD),)
_MADE_UP = "203.0.113.77"

IMAPS = ServerBehaviour(Protocol.IMAP, implicit_tls=True, mailboxes=MAILBOXES)
IMAP = ServerBehaviour(Protocol.IMAP, mailboxes=MAILBOXES)
SMTPS = ServerBehaviour(Protocol.SMTP, implicit_tls=True, mailboxes=MAILBOXES)
SMTP = ServerBehaviour(Protocol.SMTP, mailboxes=MAILBOXES)


@dataclass(frozen=True)
class Finished:
    """What is left of a process that has ended."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Terminal:
    """Runs `mailcheck` with a home and a trust of its own."""

    folder: Path
    roots_pem: str

    def environment(self) -> dict[str, str]:
        """Return an environment without a word of the person who runs the tests."""
        root = self.folder / "root.pem"
        root.write_text(self.roots_pem)
        own = {"SSL_CERT_FILE": str(root), "MAILCHECK_HOME": str(self.folder / "home")}
        return {**os.environ, **own, "PYTHONIOENCODING": "ascii"}

    def program(self) -> str:
        """Return the installed program."""
        found = shutil.which("mailcheck", path=str(Path(sys.executable).parent))
        assert found is not None, "the project is not installed beside this Python"
        return found

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start it with three pipes."""
        pipe = subprocess.PIPE
        command = [self.program(), *arguments]
        return subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=pipe, env=self.environment()
        )

    def run(self, *arguments: str, typed: str = "") -> Finished:
        """Run it to its end."""
        with self.start(*arguments) as process:
            out, err = process.communicate(typed.encode(), timeout=60)
        return Finished(process.returncode, out.decode("utf-8"), err.decode("utf-8"))


@dataclass(frozen=True)
class Street:
    """Running servers, by the port numbers that really lead to them."""

    runner: PracticeRunner

    def port(self, number: int) -> int:
        """Return the loopback port of the server that was named by a number."""
        place = self.runner.servers.place(_MADE_UP, number)
        assert place.loopback_port is not None
        return place.loopback_port

    def at(self, number: int, security: str) -> str:
        """Return the argument that leads there."""
        return f"{HOST}:{self.port(number)}/{security}"


@contextmanager
def street(**servers: ServerBehaviour | Script) -> Iterator[Street]:
    """Run servers, each named `p<number>`."""
    ports = tuple((int(name.removeprefix("p")), server) for name, server in servers.items())
    with PracticeRunner((PracticeHost(HOST, (_MADE_UP,), ports),)) as runner:
        yield Street(runner)


def forms_of_the_password() -> tuple[str, ...]:
    """Return every form in which the password could leak: plain and base64."""
    raw = (PASSWORD, f"\0{USER}\0{PASSWORD}", f"{USER}\0{USER}\0{PASSWORD}")
    return (PASSWORD, *(base64.b64encode(text.encode()).decode() for text in raw))
