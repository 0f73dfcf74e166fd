"""Take every form of a credential out of text, before anything keeps that text.

A server may echo what it was sent: as it is, percent-encoded, as JSON or HTML, in IMAP quotes, or
in base64, where the same bytes look different in each of three alignments.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar, cast
from urllib.parse import quote, quote_plus

from mailcheck_gui.model.account import Credential

MASK = b"***"

T = TypeVar("T")

_SHORTEST_FRAGMENT = 4
"""Characters of base64 below which a fragment is no evidence of a secret."""

_BASE64_RUN = rb"[A-Za-z0-9+/_=-]*"
_NAME_EDGE_BEFORE = rb"(?<![A-Za-z0-9._@+-])"
_NAME_EDGE_AFTER = rb"(?![A-Za-z0-9_@+-])"


class Redactor:
    """Replaces the forms of some credentials by `***`. Its `repr` shows nothing of them.

    Without `names` a user name alone stays, since it may be a word of the server's own greeting.
    """

    def __init__(self, credentials: Iterable[Credential] = (), *, names: bool = True) -> None:
        patterns = [pattern for item in credentials for pattern in _secret_patterns(item)]
        if names:
            patterns += [pattern for item in credentials for pattern in _name_patterns(item)]
        self._pattern = re.compile(b"|".join(patterns), re.DOTALL) if patterns else None

    def __repr__(self) -> str:
        return "Redactor(***)"

    def clean(self, raw: bytes) -> bytes:
        """Return bytes without any form of the credentials."""
        return raw if self._pattern is None else self._pattern.sub(MASK, raw)

    def clean_value(self, value: T) -> T:
        """Return an observation with all of its bytes and texts cleaned; enums stay."""
        if self._pattern is None:
            return value
        return cast("T", self._cleaned(value))

    def _cleaned(self, value: object) -> object:
        match value:
            case Enum():
                return value
            case bytes():
                return self.clean(value)
            case str():
                return self.clean_text(value)
            case tuple():
                return tuple(self._cleaned(item) for item in value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        parts = {part.name: self._cleaned(getattr(value, part.name)) for part in fields(value)}
        return replace(value, **parts)

    def clean_text(self, text: str) -> str:
        """Return text without any form of the credentials."""
        raw = text.encode("utf-8", "surrogateescape")
        return self.clean(raw).decode("utf-8", "surrogateescape")


def _secret_patterns(credential: Credential) -> Iterator[bytes]:
    """Yield regular expressions for a secret, alone and in whole SASL replies, longest first."""
    for form in _sasl_replies(credential):
        yield re.escape(base64.b64encode(form))
    for secret in _byte_forms(credential.secret):
        yield from _inside_base64(secret)
    yield from _escaped(_spellings(credential.secret))


def _name_patterns(credential: Credential) -> Iterator[bytes]:
    """Yield regular expressions for a user name that stands alone."""
    for name in _byte_forms(credential.username):
        yield from _inside_base64(name)
    for spelling in _escaped(_spellings(credential.username)):
        yield _NAME_EDGE_BEFORE + spelling + _NAME_EDGE_AFTER


def _inside_base64(raw: bytes) -> Iterator[bytes]:
    for part in _fragments(raw):
        yield _BASE64_RUN + re.escape(part) + _BASE64_RUN


def _byte_forms(text: str) -> Iterator[bytes]:
    """Yield the encodings that a server may have used for its echo."""
    if text:
        yield text.encode()
    try:
        latin = text.encode("latin-1")
    except UnicodeEncodeError:
        return
    if latin != text.encode():
        yield latin


def _sasl_replies(credential: Credential) -> Iterator[bytes]:
    name, secret = credential.username.encode(), credential.secret.encode()
    yield b"\0" + name + b"\0" + secret
    yield name + b"\0" + name + b"\0" + secret
    yield b"user=" + name + b"\x01auth=Bearer " + secret + b"\x01\x01"
    if secret:
        yield secret


def _fragments(raw: bytes) -> Iterator[bytes]:
    """Yield the base64 characters that do not depend on what stands before or behind.

    Base64 turns 6 bits into a character; a text that begins 0, 1 or 2 bytes into a group of three
    fully determines the characters between its first and last bit.
    """
    for before in range(3):
        start = -(-before * 8 // 6)
        end = (before + len(raw)) * 8 // 6
        encoded = base64.b64encode(b"\0" * before + raw + b"\0\0\0")[start:end]
        if len(encoded) >= _SHORTEST_FRAGMENT:
            yield encoded
            yield encoded.translate(bytes.maketrans(b"+/", b"-_"))


def _spellings(text: str) -> set[str]:
    """Return the text as it may stand in a reply, a URL, JSON, HTML or an IMAP quoted string."""
    if not text:
        return set()
    percent = (quote(text), quote(text, safe=""), quote_plus(text))
    return {
        text,
        *percent,
        *(re.sub("%[0-9A-F]{2}", lambda hit: hit[0].lower(), form) for form in percent),
        json.dumps(text)[1:-1],
        json.dumps(text, ensure_ascii=False)[1:-1],
        html.escape(text),
        html.escape(text, quote=False),
        text.replace("\\", "\\\\").replace('"', '\\"'),
    }


def _escaped(spellings: Iterable[str]) -> Iterator[bytes]:
    for spelling in sorted(spellings, key=lambda text: (-len(text), text)):
        yield from (re.escape(form) for form in _byte_forms(spelling))
