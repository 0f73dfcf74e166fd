"""Hide what may be a password in a pasted text, wherever the text is kept or shown.

Logs of mail programs hold sign-ins, configurations hold passwords, and so do command lines and
addresses such as `smtp://user:pass@host`. Which of it is secret cannot be known here, so
everything in such a place goes; a word too many is better than a password.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailcheck_gui.diagnosis.pasted_sign_ins import Span, sign_in_secrets

MASK = "***"

HIDDEN = "\ufdd0"
"""Stands for each character of a secret; a code point that no text has (Unicode section 23.7)."""

_RUNS = re.compile(f"{HIDDEN}+")

_BLANKS = r"[^\S\n]*"

_PADDING = r"[^\S\n]{0,40}"
"""The same where several follow each other: a long line of blanks must cost no more than others."""

# A quote ends a value only where something follows that may stand behind one.
_ENDS = rf"(?={_BLANKS}(?:[,;)}}\]&<>\\]|$))"
_LINE_VALUE = (
    rf"(?:\"((?:[^\"\\\n]|\\.|\"(?!{_ENDS}))*+)\"|'((?:[^'\\\n]|\\.|'(?!{_ENDS}))*+)'|(\S[^\n]*))"
)
"""A value in quotes, or up to the end of the line: passwords may hold blanks and quotes."""
_WORD_VALUE = r"(?:\"((?:[^\"\\\n]|\\.)*+)\"|'([^'\n]*+)'|([\"'][^\n]*|\S+))"
"""A value as a shell takes it: in quotes, or up to the next blank."""

_KEY = (
    r"(?:pass(?:word|wd|wort|phrase|code)|kennwort|pwd|wachtwoord|mot de passe|contraseña|senha"
    r"|пароль|密码|密碼|パスワード|(?:(?<![a-z])|smtp|imap|pop3?|mail|auth|user)pass)"
)
_GRANT = r"(?:(?:access|refresh|id|auth|oauth2?|api)[_-]?(?:token|key)|client[_-]?secret)"
_BEHIND = rf"(?:\\{{0,2}}[\"']|&quot;)?\]?{_BLANKS}"

_FORMS = (
    # password: abcd efgh, "password": "a b", passwd=secret, 'pass' => 'secret'
    re.compile(
        rf"{_KEY}{_BEHIND}(?:=>?|:=?|：){_BLANKS}{_LINE_VALUE}",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(rf"<[\w:]{{0,20}}{_KEY}>([^<\n]+)</", re.IGNORECASE),
    # Password:, and the password alone on the next line
    re.compile(
        rf"{_KEY}{_BEHIND}[:：]{_BLANKS}\n{_BLANKS}(\S+){_BLANKS}$",
        re.IGNORECASE | re.MULTILINE,
    ),
    # Password for anna@example.com: abcd, as programs ask for it on a line of its own
    re.compile(
        rf"^{_BLANKS}(?:(?:enter|the|your) )?{_KEY} (?:for|of|für|von|pour) [^\n:：]{{1,100}}"
        rf"(?:://[^\n:：]{{1,200}})?[\"']?[:：]{_BLANKS}(\S[^\n]*)",
        re.IGNORECASE | re.MULTILINE,
    ),
    # | Password | abcd |, Password<tab>abcd, password;abcd: a cell, and the rest of its row
    re.compile(
        rf"(?:^{_PADDING}|[|\t] {{0,3}})[\"']?{_KEY}[\"']?{_PADDING}:?{_PADDING}[|\t,;]{_BLANKS}"
        r"(\S[^\n]*)",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(rf"{_KEY}:?</t[dh]>\s{{0,20}}<t[dh][^>\n]{{0,100}}>([^<]+)</", re.IGNORECASE),
    # My password is Secret1
    re.compile(
        rf"(?i:{_KEY}) (?i:is|was|ist|war):? +(?:\"([^\"\n]+)\"|'([^'\n]+)'|"
        r"((?=\S*[0-9]|\S*[a-z][A-Z]|\S*[A-Z][A-Z][a-z]|\S*[#$%&*+=?@^_~]\S)\S+))"
    ),
    # An access_token=ya29.secret
    re.compile(rf"{_GRANT}{_BEHIND}(?:=>?|:){_BLANKS}{_WORD_VALUE}", re.IGNORECASE),
    # Authorization: Basic YW5uYTpzZWNyZXQ=, auth=Bearer ya29.secret
    re.compile(
        rf"authorization{_BEHIND}[:=]{_BLANKS}[\"']?(?:(?:Basic|Bearer|Digest) +)?(\S[^\n]*)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?i:Basic|Bearer) +((?=[a-zA-Z]*[0-9+/=._~-]|[A-Za-z][a-z]*[A-Z])"
        r"[A-Za-z0-9+/=._~-]{8,})"
    ),
    # -ap secret, --password secret, --auth-password 'two words'
    re.compile(
        rf"(?<!\S)(?:-ap|-xp|--?[a-z-]{{0,20}}pass(?:word|wd|phrase)?|--?[a-z-]{{0,20}}pwd)"
        rf"[ =]+{_WORD_VALUE}",
        re.IGNORECASE,
    ),
    # curl -u anna:secret, --user 'anna:two words'
    re.compile(
        r"(?<!\S)(?:-u|--user|--proxy-user)[ =]*(?:\"[^\":\n]*:((?:[^\"\\\n]|\\.)*+)\"|"
        r"'[^':\n]*:([^'\n]*+)'|[\"'][^:\n]*:([^\n]*)|[^\s:\"']*:(\S+))"
    ),
)
_ADDRESS = re.compile(
    r"(?:(?<=://)[^\s:]*:"
    r"|(?<![^\s<(\"'])(?!(?:mailto|smtp|to|from|(?:e-?)?mail|user):)[^\s:/<>(\"']+:(?!//|<))(\S+)",
    re.IGNORECASE,
)
"""imap://anna:secret@host, or the same without its scheme."""


def without_secrets(text: str) -> str:
    """Return a pasted text with `***` in the place of what may be a password or token.

    Line ends become those of Unix.
    """
    return shown(hide_secrets(text.replace("\r\n", "\n").replace("\r", "\n")))


def hide_secrets(text: str) -> str:
    """Return a text of the same length with `HIDDEN` for each character of a secret."""
    characters = list(text)
    for start, end in _secrets(text):
        characters[start:end] = HIDDEN * (end - start)
    return "".join(characters)


def shown(text: str) -> str:
    """Return a text, or a part of one, with `***` for what is hidden."""
    return _RUNS.sub(MASK, text)


def _secrets(text: str) -> Iterator[Span]:
    """Yield every place of a secret; they may overlap."""
    for form in _FORMS:
        for hit in form.finditer(text):
            yield hit.span(hit.lastindex or 0)
    yield from _in_addresses(text)
    yield from sign_in_secrets(text)


def _in_addresses(text: str) -> Iterator[Span]:
    """Yield passwords in URLs, up to the last @: they may hold one themselves."""
    for hit in _ADDRESS.finditer(text):
        behind = hit[1].rfind("@")
        if behind > 0:
            yield hit.start(1), hit.start(1) + behind
