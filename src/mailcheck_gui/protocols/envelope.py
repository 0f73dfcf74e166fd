"""The envelope of a message that is never sent: MAIL FROM, RCPT TO, RSET (RFC 5321, 4.1.1)."""

from __future__ import annotations

import re
from enum import StrEnum

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
"""A dot-string and a domain of A-labels; quoted and international local parts are left alone."""


class EnvelopeCommand(StrEnum):
    """What is said about a message that does not follow."""

    MAIL_FROM = "mail-from"
    RCPT_TO = "rcpt-to"
    RESET = "reset"


ENVELOPE = tuple(EnvelopeCommand)
"""In the order of a conversation. Without PIPELINING each waits for its reply (RFC 2920)."""


def fits_envelope(address: str) -> bool:
    """Whether an address can be named without an extension of SMTP."""
    return _ADDRESS.fullmatch(address) is not None


def envelope_line(command: EnvelopeCommand, address: str) -> bytes:
    """Return one command without its line end."""
    if command is EnvelopeCommand.RESET:
        return b"RSET"
    verb = b"MAIL FROM" if command is EnvelopeCommand.MAIL_FROM else b"RCPT TO"
    return b"%b:<%b>" % (verb, address.encode("ascii"))
