"""The server that Cyrus and Courier ask whether a password is right: both leave that to another.

Each question is noted on standard output as `sign-in protocol=PROTOCOL user=ADDRESS`.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from maillab.accounts import Mailbox, mailboxes
from maillab.daemon import make_folder

COURIER_FOLDER = Path("/run/courier/authdaemon")
"""Where Courier looks for the server that knows passwords; compiled in."""

_FOLDER = "passwords"
_NOBODY, _NOGROUP = 65_534, 65_534


@dataclass(frozen=True, slots=True)
class _Question:
    """A sign-in at one of the servers, and the answer to it in that server's language."""

    protocol: str
    user: str
    answer: bytes


Ask = Callable[[asyncio.StreamReader], Awaitable[_Question]]


def cyrus_socket(*, in_trouble: bool) -> Path:
    """Return the socket that a Cyrus asks; one that is in trouble hangs up without an answer."""
    return make_folder(_FOLDER) / ("cyrus-trouble" if in_trouble else "cyrus")


def courier_trouble() -> Path:
    """Return a folder like Courier's whose server hangs up without an answer."""
    return make_folder(f"{_FOLDER}/courier-trouble")


async def serve_passwords() -> None:
    """Answer both kinds of questions until the program ends."""
    os.umask(0)  # those who ask are users of their own
    home = make_folder(f"{_FOLDER}/mail")
    for name in ("Maildir", "Maildir/cur", "Maildir/new", "Maildir/tmp"):
        (home / name).mkdir()
        shutil.chown(home / name, _NOBODY, _NOGROUP)
    for in_trouble in (False, True):
        folder = courier_trouble() if in_trouble else COURIER_FOLDER
        await _listen(cyrus_socket(in_trouble=in_trouble), _ask_of_cyrus, in_trouble)
        await _listen(folder / "socket", _ask_of_courier, in_trouble)


async def _listen(path: Path, ask: Ask, in_trouble: bool) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        question = await ask(reader)
        sys.stdout.write(f"sign-in protocol={question.protocol} user={question.user}\n")
        sys.stdout.flush()
        if not in_trouble:
            writer.write(question.answer)
        writer.close()

    await asyncio.start_unix_server(answer, path)


async def _ask_of_cyrus(reader: asyncio.StreamReader) -> _Question:
    """Read what Cyrus SASL asks: login, password, service, realm, each behind its length."""
    words = []
    for _ in range(4):
        length = int.from_bytes(await reader.readexactly(2))
        words.append((await reader.readexactly(length)).decode())
    login, password, service, realm = words
    user = login if "@" in login else f"{login}@{realm}"
    verdict = b"OK" if _is_right(user, password) else b"NO"
    return _Question(service, user, len(verdict).to_bytes(2) + verdict)


async def _ask_of_courier(reader: asyncio.StreamReader) -> _Question:
    """Read what Courier asks: `AUTH LENGTH`, then service, kind, user and password as lines."""
    while (words := (await reader.readline()).split())[0] != b"AUTH":
        pass  # lines of the environment, such as the client's address
    lines = (await reader.readexactly(int(words[1]))).decode().split("\n")
    service, _, user, password = lines[:4]
    home = make_folder(_FOLDER) / "mail"
    known = f"UID={_NOBODY}\nGID={_NOGROUP}\nHOME={home}\nADDRESS={user}\n.\n"
    return _Question(service, user, known.encode() if _is_right(user, password) else b"FAIL\n")


def _is_right(user: str, password: str) -> bool:
    return Mailbox(user, password) in mailboxes()
