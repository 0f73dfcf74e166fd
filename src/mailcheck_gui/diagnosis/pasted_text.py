"""A pasted text, cleaned for comparison, with the way back to what stands there.

Cleaning takes away what differs from one paste to the next and says nothing of the cause: case,
line wraps, quoting, typographic characters, the remains of HTML, forms of hexadecimal codes, and
the names of people and servers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from mailcheck_gui.diagnosis.pasted_secrets import hide_secrets, shown

PASTE_LIMIT = 65536
"""Characters of a pasted text that are read; what is behind them is left out."""

ADDRESS = "a@b.c"
HOST = "host.name"
NUMBERS = "1.2.3.4"
"""What stands in a cleaned text for an e-mail address, a host name and an IP address."""


@dataclass(frozen=True, slots=True)
class PastedText:
    """A cleaned text; `places` holds for each of its characters the index in `original`.

    Only `text` has what may be a password, to be compared and never to be shown: a password may
    stand where an error could as well. In `original` it is hidden.
    """

    text: str
    places: tuple[int, ...]
    original: str

    def replace(
        self, pattern: re.Pattern[str], put: str | Callable[[re.Match[str]], str]
    ) -> PastedText:
        """Return the text with every match replaced, as far as the limit."""
        pieces: list[str] = []
        places: list[int] = []
        done = 0
        for hit in pattern.finditer(self.text):
            new = put if isinstance(put, str) else put(hit)
            pieces += [self.text[done : hit.start()], new]
            places += self.places[done : hit.start()]
            places += [self.places[min(hit.start(), len(self.places) - 1)]] * len(new)
            done = hit.end()
        if not pieces:
            return self
        pieces.append(self.text[done:])
        places += self.places[done:]
        return PastedText("".join(pieces)[:PASTE_LIMIT], tuple(places[:PASTE_LIMIT]), self.original)

    def quote(self, start: int, end: int) -> str:
        """Return what stands in the original for a part of the cleaned text, blanks evened out.

        A password in it, or a part of one, is `***`.
        """
        if start >= end:
            return ""
        first, last = self.places[start], self.places[end - 1]
        while last + 1 < len(self.original) and self.original[last + 1].isalnum():
            last += 1  # a replaced name or number is quoted whole
        return " ".join(shown(self.original[first : last + 1]).split())


_TAGS = (
    "p|br|div|span|b|i|u|a|td|tr|th|table|tbody|ul|ol|li|font|pre|code|strong|em|html|body|head"
    "|h[1-6]|hr|img|blockquote|meta|style|title|center|o:p"
)
_ENTITIES = {
    "nbsp": " ", "lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'", "#39": "'",
    "auml": "ä", "ouml": "ö", "uuml": "ü", "szlig": "ss", "rsquo": "'", "lsquo": "'",
    "rdquo": '"', "ldquo": '"', "#8217": "'", "#x27": "'",
}  # fmt: skip
_TYPOGRAPHIC = {
    **dict.fromkeys("‘’‚‛′´`ʼ", "'"),
    **dict.fromkeys("“”„‟«»″‹›", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "…": "...",
}
_UNSEEN = frozenset({"Cf", "Cc"})


def as_read(text: str) -> str:
    """Return what is read of a text: capped, composed characters, line ends of Unix."""
    composed = unicodedata.normalize("NFC", text[:PASTE_LIMIT])[:PASTE_LIMIT]
    return composed.replace("\r\n", "\n").replace("\r", "\n")


def paste(text: str) -> PastedText:
    """Return a text in lower case with straight quotes and dashes; nothing else is changed yet.

    One character may stand for many, such as U+FDFA: the end is where the limit is reached.
    """
    read = as_read(text)
    pieces: list[str] = []
    places: list[int] = []
    for place, character in enumerate(read):
        plain = _plain(character)
        if len(places) + len(plain) > PASTE_LIMIT:
            break
        pieces.append(plain)
        places += [place] * len(plain)
    return PastedText("".join(pieces), tuple(places), hide_secrets(read))


def _plain(character: str) -> str:
    if character.isascii():
        return character.lower() if character >= " " or character in "\n\t\r" else " "
    if character in _TYPOGRAPHIC:
        return _TYPOGRAPHIC[character]
    if unicodedata.category(character) in _UNSEEN:
        return ""
    return unicodedata.normalize("NFKC", character).casefold()


def _entity(hit: re.Match[str]) -> str:
    return _ENTITIES[hit[1]]


def _hexadecimal(hit: re.Match[str]) -> str:
    return f"0x{hit[1]}"


def _hexadecimal_cut(hit: re.Match[str]) -> str:
    """Return a code of Outlook's transport that was copied with two of its three c."""
    return f"0x800ccc{hit[2]}"


def _from_decimal(hit: re.Match[str]) -> str:
    """Return a signed or unsigned decimal HRESULT in hexadecimal."""
    return f"0x{int(hit[0]) & 0xFFFFFFFF:08x}"


_LAYOUT: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]{{0,500}})?/?>"), " "),
    (re.compile(rf"&({'|'.join(_ENTITIES)});"), _entity),
    (re.compile(r"=\r?\n"), ""),  # soft line breaks of quoted-printable
    (re.compile(r"(?:^|\n)[ \t]{0,20}(?:[>|][ \t]?){1,8}(?=\S)"), "\n"),  # quoted mail
    # Replies of several lines repeat their code (RFC 5321 section 4.2.1).
    (re.compile(r"(?<=\S)\s{1,80}[245]\d\d-(?:[245]\.\d{1,3}\.\d{1,3}(?:\s|$))?"), " "),
    (re.compile(r"\s{1,500}"), " "),
    (re.compile(r"\brelay="), "by="),  # Postfix: the server it went to, on every line
    (re.compile(r"(?<!\w)'|'(?!\w)"), '"'),  # quotes; what is left are apostrophes
    (
        re.compile(r"(?<![\w.])(?:[0o][x×]? ?)?(8(?:00[047bc]|009|019)[0-9a-f]{4})(?![0-9a-f])"),
        _hexadecimal,
    ),
    (re.compile(r"(?<![\w.])[0o][x×] ?(800cc)([0-9a-f]{2})(?![0-9a-f])"), _hexadecimal_cut),
    (re.compile(r"(?<![\w.])(?:-214\d{7}|214\d{7})(?!\w)"), _from_decimal),
)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_NAMES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\w.+'=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}"), ADDRESS),
    (re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]\d)"), NUMBERS),
    (
        re.compile(rf"(?<![\w.-])(?:{_LABEL}\.){{1,8}}(?!(?:c|h|cpp|py|js|java|php|go|rs)\b)"
                   rf"[a-z]{{2,18}}(?![\w-])(?!\.[a-z])"),
        HOST,
    ),
)  # fmt: skip


def cleaned(text: str) -> PastedText:
    """Return a pasted text without layout; names of people and servers still stand in it."""
    result = paste(text)
    for pattern, put in _LAYOUT:
        result = result.replace(pattern, put)
    return result


def nameless(text: PastedText) -> PastedText:
    """Return a cleaned text with stand-ins for e-mail addresses, host names and IP addresses."""
    for pattern, put in _NAMES:
        text = text.replace(pattern, put)
    return text
