"""The mailboxes of the lab: one a check, so that every sign-in can be traced to its check."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

DOMAIN = "example.test"
COUNT = 300


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address that every real server knows, with its password (the token for XOAUTH2)."""

    address: str
    password: str


def mailbox(index: int) -> Mailbox:
    """Return one mailbox. Its password holds what careless code forgets to escape."""
    if not 0 <= index < COUNT:
        raise ValueError(f"the lab has {COUNT} mailboxes")
    token = hashlib.sha256(f"mailbox {index}".encode()).hexdigest()[:12]
    return Mailbox(f"person{token}@{DOMAIN}", f'pass "w & \\<{token[::-1]}')


def mailboxes() -> list[Mailbox]:
    """Return all mailboxes."""
    return [mailbox(index) for index in range(COUNT)]


def dovecot_passwords() -> str:
    """Return Dovecot's passwd-file: the password in base64, so that every character may occur."""
    return "".join(
        f"{box.address}:{{PLAIN.B64}}{_base64(box.password)}::::::\n" for box in mailboxes()
    )


def exim_passwords() -> str:
    """Return a file for Exim's `lsearch`: address and base64 of the password."""
    return "".join(f"{box.address}: {_base64(box.password)}\n" for box in mailboxes())


def postfix_mailboxes() -> str:
    """Return a table for Postfix: address and maildir, as the Dovecot of its host has them."""
    return "".join(f"{box.address} {box.address}/Maildir/\n" for box in mailboxes())


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
