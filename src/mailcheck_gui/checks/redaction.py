"""Take every form of a credential out of text, before anything keeps that text.

A server may echo what it was sent: as it is, percent-encoded, as JSON or HTML, in IMAP quotes, or
in base64, where the same bytes look different in each of three alignments. What only exists once
it is sent, the digests of CRAM-MD5 and APOP, is learnt from the messages.
"""

from __future__ import annotations

import base64
import binascii
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

EXCERPT_WINDOW = 16384
"""Bytes of a server's words that are searched at most; what is behind them is not kept."""

T = TypeVar("T")

_DIGEST = re.compile(rb"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
"""MD5 in hexadecimal (RFC 2195 section 2, RFC 1939 section 7)."""

_DIGEST_IN_BASE64 = 44

_SHORTEST_FRAGMENT = 4
"""Characters of base64 below which a fragment is no evidence of a secret."""

_BASE64 = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_")
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_NAME_EDGE_BEFORE = rb"(?<![A-Za-z0-9._@+-])"
_NAME_EDGE_AFTER = rb"(?![A-Za-z0-9_@+-]|\.[A-Za-z0-9])"


class SentDigests:
    """The digests of a run's sign-ins: made from the secret, good for searching for it."""

    def __init__(self) -> None:
        self._digests: set[bytes] = set()
        self.in_base64: re.Pattern[bytes] | None = None
        self.spelled: re.Pattern[bytes] | None = None

    def learn(self, message: bytes) -> None:
        """Note the hexadecimal digests of a sign-in message, as they are or in base64."""
        found = {
            digest for text in (message, _decoded(message)) for digest in _DIGEST.findall(text)
        }
        if found <= self._digests:
            return
        self._digests |= found
        forms = [part for digest in self._digests for part in _fragments(digest)]
        self.in_base64 = _alternatives(forms)
        self.spelled = _alternatives(self._digests | {digest.upper() for digest in self._digests})


class Redactor:
    """Replaces the forms of some credentials by `***`. Its `repr` shows nothing of them.

    Without `names` a user name alone stays, since it may be a word of the server's own greeting.
    `sent` is shared by all redactors of a run.
    """

    def __init__(
        self,
        credentials: Iterable[Credential] = (),
        *,
        names: bool = True,
        sent: SentDigests | None = None,
    ) -> None:
        given = tuple(credentials)
        self.sent = SentDigests() if sent is None else sent
        secrets = [item.secret for item in given if item.secret]
        users = [item.username for item in given if item.username] if names else []
        replies = [form for item in given if item.secret for form in _sasl_replies(item)]
        # In this order: a name inside a secret or a reply goes with it.
        self._in_base64 = (
            _alternatives([*replies, *_all_fragments(secrets)]),
            _alternatives(_all_fragments(users)),
        )
        self._spelled = (
            _alternatives(_all_spellings(secrets)),
            _alternatives(_all_spellings(users), _NAME_EDGE_BEFORE, _NAME_EDGE_AFTER),
        )
        longest = max((len(form) for form in (*replies, *_all_spellings(secrets))), default=0)
        self._longest = max(longest, _DIGEST_IN_BASE64)

    def __repr__(self) -> str:
        return "Redactor(***)"

    def clean(self, raw: bytes) -> bytes:
        """Return bytes without any form of the credentials."""
        forms = zip(
            (*self._in_base64, self.sent.in_base64),
            (*self._spelled, self.sent.spelled),
            strict=True,
        )
        for in_base64, spelled in forms:
            if in_base64 is not None:
                raw = _mask_runs(raw, in_base64)
            if spelled is not None:
                raw = spelled.sub(MASK, raw)
        return raw

    def clean_text(self, text: str) -> str:
        """Return text without any form of the credentials."""
        raw = text.encode("utf-8", "surrogateescape")
        return self.clean(raw).decode("utf-8", "surrogateescape")

    def excerpt(self, raw: bytes, limit: int) -> bytes:
        """Return the beginning of bytes without any form of the credentials, at most `limit`."""
        cleaned = self.clean(raw[:EXCERPT_WINDOW])
        if len(raw) > EXCERPT_WINDOW:  # the window may have cut a secret in two
            cleaned = cleaned[: max(0, len(cleaned) - self._longest)]
        return cleaned[:limit]

    def clean_value(self, value: T) -> T:
        """Return an observation with all of its bytes and texts cleaned; enums stay."""
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


def _alternatives(
    forms: Iterable[bytes], before: bytes = b"", after: bytes = b""
) -> re.Pattern[bytes] | None:
    """Return a pattern for any of some forms, the longest tried first."""
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    if not ordered:
        return None
    return re.compile(before + b"(?:" + b"|".join(map(re.escape, ordered)) + b")" + after)


def _mask_runs(raw: bytes, pattern: re.Pattern[bytes]) -> bytes:
    """Mask each match with all the base64 around it, in time linear to the length."""
    kept: list[bytes] = []
    position = 0
    for match in pattern.finditer(raw):
        if match.end() <= position:
            continue
        start, end = max(match.start(), position), match.end()
        while start > position and raw[start - 1] in _BASE64:
            start -= 1
        while end < len(raw) and raw[end] in _BASE64:
            end += 1
        kept += [raw[position:start], MASK]
        position = end
    return b"".join([*kept, raw[position:]])


def _decoded(message: bytes) -> bytes:
    """Return what the last word of a message says in base64, b"" where it is none."""
    try:
        return base64.b64decode(message.split()[-1], validate=True)
    except (binascii.Error, IndexError):
        return b""


def _sasl_replies(credential: Credential) -> Iterator[bytes]:
    """Yield whole replies in base64; short secrets have no fragment that could betray them."""
    name, secret = credential.username.encode(), credential.secret.encode()
    for reply in (
        b"\0" + name + b"\0" + secret,
        name + b"\0" + name + b"\0" + secret,
        b"user=" + name + b"\x01auth=Bearer " + secret + b"\x01\x01",
        secret,
    ):
        yield base64.b64encode(reply)


def _all_fragments(texts: Iterable[str]) -> list[bytes]:
    return [part for text in texts for raw in _byte_forms(text) for part in _fragments(raw)]


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
            yield encoded.translate(_URL_SAFE)


def _all_spellings(texts: Iterable[str]) -> list[bytes]:
    return [raw for text in texts for form in _spellings(text) for raw in _byte_forms(form)]


def _spellings(text: str) -> set[str]:
    """Return the text as it may stand in a reply, a URL, JSON, HTML or an IMAP quoted string."""
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


def _byte_forms(text: str) -> Iterator[bytes]:
    """Yield the encodings that a server may have used for its echo."""
    yield text.encode()
    try:
        latin = text.encode("latin-1")
    except UnicodeEncodeError:
        return
    if latin != text.encode():
        yield latin
