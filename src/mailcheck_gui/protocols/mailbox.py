"""What is said to a mailbox about one message that Mailcheck put there itself: find it, remove it.

The message is known by its Message-ID, which holds a random token; no other message is touched.
"""

from __future__ import annotations

import re

SELECT = b"SELECT INBOX"
LIST = b"LIST"

_TOKEN = re.compile(r"[a-z0-9.@-]{8,120}")
_SEARCH = re.compile(rb"^\* SEARCH((?: [0-9]{1,10})*)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_LISTED = re.compile(rb"^([0-9]{1,10}) [0-9]+[^\r\n]*\r?$", re.MULTILINE)


def is_message_token(token: str) -> bool:
    """Whether a Message-ID, without its brackets, may stand inside a quoted string as it is."""
    return _TOKEN.fullmatch(token) is not None


def search(token: str) -> bytes:
    """Return the IMAP search for a message by its Message-ID (RFC 9051, section 6.4.4)."""
    return b'UID SEARCH HEADER Message-ID "<%b>"' % token.encode("ascii")


SEARCH_DELETED = b"UID SEARCH DELETED"


def found_uids(raw: bytes) -> tuple[int, ...]:
    """Return the numbers that answers to a search list (RFC 9051, section 7.3.4)."""
    return tuple(int(uid) for found in _SEARCH.findall(raw) for uid in found.split())


def mark_deleted(uid: int) -> bytes:
    """Return the command that marks a message for removal (RFC 9051, section 6.4.6)."""
    return rb"UID STORE %d +FLAGS.SILENT (\Deleted)" % uid


def unmark_deleted(uid: int) -> bytes:
    """Return the command that takes the mark back."""
    return rb"UID STORE %d -FLAGS.SILENT (\Deleted)" % uid


def expunge(uid: int, *, uidplus: bool) -> bytes:
    """Return the command that removes it: alone with UIDPLUS (RFC 4315), else with all marked."""
    return b"UID EXPUNGE %d" % uid if uidplus else b"EXPUNGE"


def newest_listed(raw: bytes, most: int) -> tuple[int, ...]:
    """Return the last numbers of POP3's LIST, the newest message first (RFC 1939, section 5)."""
    return tuple(int(number) for number in _LISTED.findall(raw))[-most:][::-1]


def header_lines(number: int) -> bytes:
    """Return the command for a message's header alone (RFC 1939, section 7)."""
    return b"TOP %d 0" % number


def delete(number: int) -> bytes:
    """Return the command that removes a message at the end of the session (RFC 1939, section 5)."""
    return b"DELE %d" % number


def holds_token(header: bytes, token: str) -> bool:
    """Whether a header names this Message-ID, alone on its line (it may be folded)."""
    wanted = re.escape(token.encode("ascii"))
    line = re.compile(rb"^message-id:\s*<%b>\s*$" % wanted, re.IGNORECASE | re.MULTILINE)
    return line.search(header) is not None
