"""Server bytes made safe to show: capped, controls and bidi characters visible, never markup."""

from __future__ import annotations

import unicodedata

QUOTE_LIMIT = 2000
"""Characters of server text that any face shows at most."""

_INVISIBLE = frozenset({"Cf", "Cc", "Co", "Cn", "Zl", "Zp"})
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _visible(character: str) -> str:
    if character in "\n\t":
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02X}"
    if code < 0x20 or code == 0x7F:
        return f"\u27e80x{code:02X}\u27e9"
    if character in _BIDI or unicodedata.category(character) in _INVISIBLE:
        return f"\u27e8U+{code:04X}\u27e9"
    return character


def visible_text(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Return text with controls as ⟨0x07⟩, bidi and format characters as ⟨U+202E⟩, capped."""
    text = text.replace("\r\n", "\n").rstrip("\n")
    shown = "".join(_visible(character) for character in text[:limit])
    return shown + "…" if len(text) > limit else shown


def quote(raw: bytes, limit: int = QUOTE_LIMIT) -> str:
    r"""Return server bytes as text: UTF-8 where they are, other bytes as \xNN, controls visible."""
    return visible_text(raw[: limit * 4].decode("utf-8", "surrogateescape"), limit)
