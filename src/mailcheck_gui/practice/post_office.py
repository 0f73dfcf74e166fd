"""The one inbox of the practice world: what is sent arrives there, until it is removed."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_LETTERS = 50
"""Messages that are kept; the oldest goes first."""

_HEADER_SEARCH = re.compile(r'HEADER Message-ID "([^"\\]{1,200})"', re.IGNORECASE)
_STORE = re.compile(r"STORE ([0-9]{1,9}) ([+-])FLAGS\.SILENT \(\\Deleted\)", re.IGNORECASE)
_FETCH = re.compile(
    r"FETCH ([0-9]{1,9}) \(BODY\.PEEK\[HEADER\.FIELDS \(MESSAGE-ID\)\]\)", re.IGNORECASE
)
_MESSAGE_ID = re.compile(rb"^Message-ID:.*\r\n", re.IGNORECASE | re.MULTILINE)
_EXPUNGE = re.compile(r"EXPUNGE ([0-9]{1,9})", re.IGNORECASE)


@dataclass(slots=True)
class Letter:
    """One message, known by its number for as long as it is there."""

    uid: int
    content: bytes
    deleted: bool = False

    @property
    def header(self) -> bytes:
        """The lines before the first empty one, with the line end of the last."""
        return self.content.partition(b"\r\n\r\n")[0] + b"\r\n"


class PostOffice:
    """Delivers at once. `letters` are in the order of their arrival."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self._last_uid = 0

    def deliver(self, content: bytes) -> None:
        """Put a message into the inbox."""
        self._last_uid += 1
        self.letters = [*self.letters[1 - MOST_LETTERS :], Letter(self._last_uid, content)]

    def remove(self, *letters: Letter) -> None:
        """Take messages out of the inbox."""
        self.letters = [letter for letter in self.letters if letter not in letters]

    def answer_imap(self, command: str, *, lists_everything: bool = False) -> list[str] | None:
        """Return what the inbox says to a UID command or EXPUNGE, None where it knows none such.

        Of IMAP it knows what a look for one's own test message needs (RFC 9051, section 6.4).
        """
        verb, _, rest = command.partition(" ")
        if verb.upper() == "EXPUNGE":
            self.remove(*(letter for letter in self.letters if letter.deleted))
            return []
        if verb.upper() != "UID":
            return None
        if rest.upper().startswith("SEARCH "):
            return self._search(rest.partition(" ")[2], lists_everything)
        if fetched := _FETCH.fullmatch(rest):
            return [_message_id(letter) for letter in self._with_uid(fetched[1])]
        if stored := _STORE.fullmatch(rest):
            for letter in self._with_uid(stored[1]):
                letter.deleted = stored[2] == "+"
            return []
        if expunged := _EXPUNGE.fullmatch(rest):
            self.remove(*(letter for letter in self._with_uid(expunged[1]) if letter.deleted))
            return []
        return None

    def _search(self, criterion: str, lists_everything: bool) -> list[str] | None:
        if criterion.upper() == "DELETED":
            found = [letter for letter in self.letters if letter.deleted]
        elif wanted := _HEADER_SEARCH.fullmatch(criterion):
            named = wanted[1].encode()
            found = [
                letter for letter in self.letters if lists_everything or named in letter.header
            ]
        else:
            return None
        return [f"* SEARCH{''.join(f' {letter.uid}' for letter in found)}"]

    def _with_uid(self, uid: str) -> list[Letter]:
        return [letter for letter in self.letters if letter.uid == int(uid)]


def _message_id(letter: Letter) -> str:
    """Return the answer to a question for the Message-ID, with the field as a literal."""
    named = _MESSAGE_ID.search(letter.header)
    field = ((named[0] if named else b"") + b"\r\n").decode("utf-8", "replace")
    size = len(field.encode())
    return f"* 1 FETCH (UID {letter.uid} BODY[HEADER.FIELDS (MESSAGE-ID)] {{{size}}}\r\n{field})"
