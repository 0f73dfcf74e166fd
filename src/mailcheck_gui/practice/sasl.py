"""The server's side of SASL, message by message, without any transport.

An exchange is a generator: it yields challenges, receives responses (both decoded), and returns
whether the user may come in. A client's initial response takes the place of the first challenge
where the mechanism lets the client begin (RFC 4422, section 3).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Generator
from enum import StrEnum

from mailcheck_gui.practice.behaviour import Mailbox

Exchange = Generator[bytes, bytes, bool]


class Malformed(Exception):
    """A response that the mechanism's grammar does not allow."""


class Outcome(StrEnum):
    """How one attempt to sign in ended."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    CANCELLED = "cancelled"  # the client sent "*"
    MALFORMED = "malformed"  # not base64, or against the mechanism's grammar


def knows(mailboxes: tuple[Mailbox, ...], username: str, password: str) -> bool:
    """Whether there is such a user with such a password."""
    return Mailbox(username, password) in mailboxes


def _plain(mailboxes: tuple[Mailbox, ...]) -> Exchange:
    """RFC 4616: authorization identity, NUL, user name, NUL, password."""
    parts = _text((yield b"")).split("\0")
    if len(parts) != 3:
        raise Malformed
    identity, username, password = parts
    return identity in ("", username) and knows(mailboxes, username, password)


def _login(mailboxes: tuple[Mailbox, ...]) -> Exchange:
    """The old LOGIN mechanism (draft-murchison-sasl-login): user name, then password."""
    username = _text((yield b"Username:"))
    password = _text((yield b"Password:"))
    return knows(mailboxes, username, password)


def _cram_md5(mailboxes: tuple[Mailbox, ...]) -> Exchange:
    """RFC 2195: the server begins with a challenge that never comes twice."""
    challenge = f"<{secrets.token_hex(8)}@practice.example>".encode()
    username, blank, digest = _text((yield challenge)).rpartition(" ")
    if not blank:
        raise Malformed
    return any(
        box.username == username
        and hmac.compare_digest(
            digest, hmac.new(box.password.encode(), challenge, "md5").hexdigest()
        )
        for box in mailboxes
    )


def _xoauth2(mailboxes: tuple[Mailbox, ...]) -> Exchange:
    """XOAUTH2: `user=NAME^Aauth=Bearer TOKEN^A^A`; a refusal is explained in JSON first."""
    fields = _text((yield b"")).split("\x01")
    if len(fields) != 4 or fields[2:] != ["", ""]:
        raise Malformed
    username = fields[0].removeprefix("user=")
    token = fields[1].removeprefix("auth=Bearer ")
    if knows(mailboxes, username, token):
        return True
    yield json.dumps({"status": "401", "schemes": "bearer", "scope": "mail"}).encode()
    return False


_EXCHANGES: dict[str, Callable[[tuple[Mailbox, ...]], Exchange]] = {
    "PLAIN": _plain,
    "LOGIN": _login,
    "CRAM-MD5": _cram_md5,
    "XOAUTH2": _xoauth2,
}
_SERVER_BEGINS = frozenset({"CRAM-MD5"})


def speaks(mechanism: str) -> bool:
    """Whether a practice server can really conduct this mechanism."""
    return mechanism in _EXCHANGES


class ServerSignIn:
    """One exchange in its base64 clothes.

    `challenge` is what to send next, in base64; `outcome` is set once it is over.
    """

    def __init__(self, mechanism: str, mailboxes: tuple[Mailbox, ...], initial: str | None) -> None:
        self._exchange = _EXCHANGES[mechanism](mailboxes)
        self.outcome: Outcome | None = None
        self.challenge = _encoded(next(self._exchange))
        if initial is None:
            return
        if mechanism in _SERVER_BEGINS:  # RFC 4422, section 3: an initial response is an error
            self.outcome = Outcome.MALFORMED
        else:
            self.answer("" if initial == "=" else initial)

    def answer(self, response: str) -> None:
        """Take the client's next line."""
        if response == "*":
            self.outcome = Outcome.CANCELLED
            return
        try:
            self.challenge = _encoded(
                self._exchange.send(base64.b64decode(response, validate=True))
            )
        except StopIteration as end:
            self.outcome = Outcome.ACCEPTED if end.value else Outcome.REFUSED
        except (Malformed, binascii.Error):
            self.outcome = Outcome.MALFORMED


def apop_digest(timestamp: str, password: str) -> str:
    """Return the digest of RFC 1939, section 7."""
    return hashlib.md5((timestamp + password).encode(), usedforsecurity=False).hexdigest()


def _encoded(challenge: bytes) -> str:
    return base64.b64encode(challenge).decode("ascii")


def _text(response: bytes) -> str:
    try:
        return response.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed from error
