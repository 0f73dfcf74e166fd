"""The parts of IMAP responses: status, response codes, literals (RFC 9051, 7 and 9; RFC 5530)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailcheck_gui.protocols.dialogue import ReplyKind

_STATUS = re.compile(rb"(OK|NO|BAD|PREAUTH|BYE)(?: +(.*))?", re.IGNORECASE | re.DOTALL)
_CODE = re.compile(r"\[([^\]\s]+)(?: ([^\]]*))?\] ?(.*)", re.DOTALL)
_LITERAL = re.compile(rb"\{([0-9]{1,20})\+?\}\Z")

_TEMPORARY = frozenset({"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "THROTTLED"})
"""Codes of a NO that say nothing about the credential. RFC 5530, 3; THROTTLED is Gmail's."""


@dataclass(frozen=True, slots=True)
class Status:
    """A status response: the word, its response code with arguments, the human text."""

    word: str
    code: str
    arguments: str
    text: str

    @property
    def codes(self) -> tuple[str, ...]:
        """Word and response code, as `Reply.codes` lists them."""
        return (self.word, self.code) if self.code else (self.word,)

    @property
    def kind(self) -> ReplyKind:
        """What the status means for the one who waits for it."""
        if self.word in {"OK", "BYE"}:
            return ReplyKind.OK if self.word == "OK" else ReplyKind.BYE
        temporary = self.word == "NO" and self.code in _TEMPORARY
        return ReplyKind.TEMPORARY if temporary else ReplyKind.REFUSED


def parse_status(rest: bytes) -> Status | None:
    """Read what follows `* ` or the tag, or return None where it is no status.

    A status without any text is accepted: some servers leave it out.
    """
    match = _STATUS.fullmatch(rest)
    if match is None:
        return None
    word, text = match[1].decode().upper(), (match[2] or b"").decode("utf-8", "replace")
    code = _CODE.fullmatch(text)
    if code is None:
        return Status(word, "", "", text)
    return Status(word, code[1].upper(), code[2] or "", code[3])


def literal_size(line: bytes) -> int | None:
    """Return how many bytes of a literal follow this line, or None where none does.

    Only data has literals: in the text of a status, braces are only text.
    """
    if not line.startswith(b"* ") or parse_status(line[2:]) is not None:
        return None
    return continued_literal_size(line)


def continued_literal_size(line: bytes) -> int | None:
    """Return the size of the literal that a line of data announces at its end, else None."""
    match = _LITERAL.search(line)
    return int(match[1]) if match else None
