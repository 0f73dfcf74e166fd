"""What is said to a mailbox about one message that Mailcheck put there itself: find it, remove it.

The message is known by its Message-ID, which holds a random token; no other message is touched.
"""

from __future__ import annotations

import re

SELECT = b"SELECT INBOX"
STAT = b"STAT"

_SEARCH = re.compile(rb"^\* SEARCH((?: [0-9]{1,10})*)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_COUNT = re.compile(rb"\+OK ([0-9]{1,9}) ", re.IGNORECASE)


def search(token: str) -> bytes:
    """Return the IMAP search for a message by its Message-ID (RFC 9051, section 6.4.4)."""
    return b'UID SEARCH HEADER Message-ID "<%b>"' % token.encode("ascii")


def fetch_message_id(uid: int) -> bytes:
    """Return the command for the Message-ID of a message, which stays unread (RFC 9051, 6.4.5).

    Some servers list every message whatever they are asked to search for.
    """
    return b"UID FETCH %d (BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])" % uid


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


def newest_numbers(raw: bytes, most: int) -> tuple[int, ...]:
    """Return the last numbers of a mailbox from POP3's STAT, the newest first (RFC 1939, 5)."""
    counted = _COUNT.match(raw)
    count = int(counted[1]) if counted else 0
    return tuple(range(count, max(0, count - most), -1))


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
