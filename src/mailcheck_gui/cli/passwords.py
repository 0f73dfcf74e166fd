"""Where the terminal gets passwords from: standard input, the keychain, or a prompt.

Never from the command line: it is visible to every process of the computer.
"""

from __future__ import annotations

import getpass
import sys
from dataclasses import dataclass, field
from typing import BinaryIO

from mailcheck_gui.cli.arguments import Arguments
from mailcheck_gui.cli.exit_status import Unusable
from mailcheck_gui.model.account import (
    Account,
    AuthMethod,
    Credential,
    Credentials,
    Role,
    Server,
    holds_control,
)
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.reporting.wording import Translate, say
from mailcheck_gui.storage.credentials import KeychainStore
from mailcheck_gui.storage.saved_account import SavedAccount

_LONGEST = 16384
"""Bytes of a password or token. Access tokens of large providers have about 2 kB."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The passwords of both sides; None where there is none. Never shown."""

    incoming: str | None = field(default=None, repr=False)
    outgoing: str | None = field(default=None, repr=False)

    def of(self, role: Role) -> str | None:
        """Return the password of one side."""
        return self.incoming if role is Role.INCOMING else self.outgoing

    def completed(self, others: Secrets) -> Secrets:
        """Return these, with another for each that there is not."""
        return Secrets(self.incoming or others.incoming, self.outgoing or others.outgoing)


def given_credentials(
    arguments: Arguments, account: Account | None, saved: SavedAccount | None, translate: Translate
) -> Credentials:
    """Return what a run may sign in with. Raises as `collect_secrets`."""
    if account is None:
        return Credentials()
    return credentials_for(account, collect_secrets(arguments, account, saved, translate))


def collect_secrets(
    arguments: Arguments, account: Account, saved: SavedAccount | None, translate: Translate
) -> Secrets:
    """Return the passwords that a check may use. Raises `Unusable` for unreadable ones."""
    wanting = tuple(role for role, server in account.sides() if _wants_secret(server))
    if arguments.password_stdin:
        secrets = read_secrets(sys.stdin.buffer, say(message("Password"), translate))
    elif arguments.no_sign_in or not wanting:
        return Secrets()
    else:
        secrets = Secrets() if saved is None else _from_keychain(saved)
        missing = tuple(role for role in wanting if secrets.of(role) is None)
        if missing and sys.stdin.isatty():
            secrets = secrets.completed(_prompted(account, missing, translate))
    _refuse_controls(secrets)
    return secrets


def credentials_for(account: Account, secrets: Secrets) -> Credentials:
    """Return the credentials of the sides that sign in and have a password."""
    made = {
        role: Credential(server.username, secret)
        for role, server in account.sides()
        if _wants_secret(server) and (secret := secrets.of(role))
    }
    return Credentials(made.get(Role.INCOMING), made.get(Role.OUTGOING))


def read_secrets(stream: BinaryIO, prompt: str) -> Secrets:
    """Read one or two lines; only the line end is taken off. Without a second the first serves.

    A terminal is asked, with the prompt, for one line, and does not show it. Raises
    `Unusable` where there is no first line, or where one cannot be read, is too long or not UTF-8.
    """
    typed = stream.isatty()
    first = _ask(f"{prompt}: ") if typed else _read_line(stream)
    if not first:
        raise Unusable(message("No password arrived on standard input."))
    second = "" if typed else _read_line(stream)
    return Secrets(first, second or first)


def _read_line(stream: BinaryIO) -> str:
    try:
        line = stream.readline(_LONGEST + 2)
    except OSError as error:
        raise Unusable(message("The password on standard input cannot be read.")) from error
    text = line.removesuffix(b"\n").removesuffix(b"\r")
    if len(text) > _LONGEST:
        raise Unusable(message("The password on standard input is too long."))
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        # Without the cause: its text would show the bytes around the fault.
        raise Unusable(message("The password on standard input is not UTF-8 text.")) from None


def _from_keychain(saved: SavedAccount) -> Secrets:
    store = KeychainStore()
    found: dict[Role, str | None] = {}
    for role in (Role.INCOMING, Role.OUTGOING):
        entry = saved.entry(role)
        found[role] = store.read(entry).secret if entry else None
    outgoing = found[Role.OUTGOING]
    if outgoing is None and saved.draft.same_credentials:
        outgoing = found[Role.INCOMING]
    return Secrets(found[Role.INCOMING], outgoing)


def _prompted(account: Account, wanting: tuple[Role, ...], translate: Translate) -> Secrets:
    """Ask on the terminal; an empty answer means that there is no password."""
    asked = [say(_question(account, role), translate) for role in wanting]
    first = _ask(f"{asked[0]}: ") or None
    if account.same_credentials or len(wanting) == 1:
        return Secrets(first, first)
    same = say(message("(empty: the same)"), translate)
    second = _ask(f"{asked[1]} {same}: ")
    return Secrets(first, second or first)


def _ask(question: str) -> str:
    """Ask without an echo; the end of the input is an empty answer."""
    try:
        return getpass.getpass(question)
    except EOFError:
        return ""
    except UnicodeDecodeError:
        # Without the cause: its text would show the bytes around the fault.
        raise Unusable(message("The password is not text in this terminal's encoding.")) from None


def _question(account: Account, role: Role) -> Message:
    server = account.server(role)
    assert server is not None
    user = server.username
    if server.auth is AuthMethod.OAUTH2:
        return message("Token of {user} at {host}", user=user, host=server.host)
    return message("Password of {user} at {host}", user=user, host=server.host)


def _wants_secret(server: Server) -> bool:
    """Whether a password would be used: it takes a sign-in, and a user name for it."""
    return server.auth is not AuthMethod.NONE and bool(server.username)


def _refuse_controls(secrets: Secrets) -> None:
    for secret in (secrets.incoming, secrets.outgoing):
        if secret and holds_control(secret):
            raise Unusable(message("The password holds a control character, so it was not sent."))
