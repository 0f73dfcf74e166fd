r"""Find passwords in the recorded sign-ins of mail protocols, line by line.

What a client sends: SASL replies in base64 (RFC 4954, RFC 9051 section 6.2.2, RFC 5034), and
LOGIN, PASS and APOP with the password or its digest. Logs put times, `C:`, `>>>` or
`CLIENT -> SERVER:` in front, and Python writes line ends as `\r\n` between quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
"""Start and end of a part of a text."""

_ANSWER_LINES = 5
"""Lines behind a prompt in which the client's answer is looked for."""

_MECHANISM = (
    r"(?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|CRAM-MD5|DIGEST-MD5|NTLM|GSSAPI|SCRAM-SHA-\d{1,3}"
    r"(?:-PLUS)?|EXTERNAL|ANONYMOUS|KERBEROS_V4)"
)
_TAIL = r"(?:\\[rn]|[\"'`)\],;]|\s++|<br ?/?>|\(\d{1,6} ?ms\)){0,200}$"
"""What logs put behind a line."""

_BEFORE = r"(?:^|(?<=[\s:>\]|\"'`(]))"
"""What stands in front of a command: the start of the line, or the end of what a log puts there."""

_LAST_WORD = re.compile(rf"(?<![A-Za-z0-9+/=_-])([A-Za-z0-9+/_-]{{2,}}={{0,2}}){_TAIL}")
_BASE64 = r"(?=[a-z]*[A-Z0-9+/=_-])[A-Za-z0-9+/_-]{4,}={0,2}"
"""A run of base64 among other words; words in lower case are none."""

_STATUS = r"(?!(?:OK|NO|BAD|BYE|ERR|SASL|AUTH|SMTP|IMAP|POP3?|THE|YOUR|USER|FOR|AND|THIS)\b)"
_NO_SENTENCE = (
    r"(?![^\n]*\b(?i:fail|error|denied|disabled|reject|refuse|requir|support|not|command|invalid))"
)
_COMMANDS = (
    # AUTH PLAIN AGFubmEAc2VjcmV0, AUTHENTICATE PLAIN AGFubmEAc2VjcmV0
    re.compile(
        rf"\b(?i:AUTH(?:ENTICATE)? +{_MECHANISM} +(?!{_MECHANISM}\b))"
        rf"([A-Za-z0-9+/_-]{{2,}}={{0,2}}(?={_TAIL})|{_BASE64})"
    ),
    # a1 LOGIN anna secret
    re.compile(rf"{_BEFORE}(?i:{_STATUS})(?:[\w.$#-]{{0,15}}\d|[A-Za-z]{{1,4}}|[.?]) +LOGIN +"
               r"(\S+ +\S.*)"),
    re.compile(rf"{_BEFORE}(?i:{_STATUS})(?:[A-Za-z]{{1,4}}\d{{1,8}}|[a-z]|[.?]) +(?i:LOGIN) +"
               r"(\S+ +\S.*)"),
    re.compile(r"^[ \t]{0,8}(?![245]\d\d )\d{1,8} +(?i:LOGIN) +(\S+ +\S.*)"),
    # LOGIN "anna" "secret", LOGIN anna secret
    re.compile(r"\b(?i:LOGIN) +(\"[^\"]+\" +\S.*)"),
    re.compile(rf"(?:^|(?<=[:>\]|\"'`]))[ \t]{{0,8}}LOGIN +{_NO_SENTENCE}(\S++ +\S++){_TAIL}"),
    # PASS secret, APOP anna digest
    re.compile(rf"{_BEFORE}PASS +(\S.*)"),
    re.compile(rf"(?:^|(?<=[:>\]|\"'`]))[ \t]{{0,8}}(?i:PASS) +(\S++){_TAIL}"),
    re.compile(rf"{_BEFORE}APOP +\S+ +(\S.*)"),
)  # fmt: skip
_LITERAL = re.compile(rf"\{{\d{{1,6}}\+?\}}{_TAIL}")
_LOGIN = re.compile(r"\bLOGIN\b", re.IGNORECASE)

_CONTINUE = re.compile(rf"(?:^|[\s:>\]|\"'`])\+(?: ?[A-Za-z0-9+/=]*| .{{0,60}}){_TAIL}")
_PROMPT = re.compile(
    rf"(?<![A-Za-z0-9+/])334(?![A-Za-z0-9+/=])|(?<![-=\w])(?<!250 )AUTH(?:ENTICATE)? +{_MECHANISM}"
    rf"(?: +[A-Za-z0-9+/_-]{{2,}}={{0,2}})?{_TAIL}",
    re.IGNORECASE,
)
_FINAL = re.compile(r"(?<![\w.,:+/])(?:[245]\d\d[ -]|(?:OK|NO|BAD|-ERR) )")
_INNER_SIGN = re.compile(r"[A-Za-z]{3,}[0-9=]|[0-9][A-Za-z]{2,}|[a-z][A-Z]")


def sign_in_secrets(text: str) -> Iterator[Span]:
    r"""Yield the places of what may be a password; lines end with \n."""
    search = _SignIns()
    start = 0
    for line in text.split("\n"):
        for first, last in search.secrets(line):
            yield start + first, start + last
        start += len(line) + 1


class _SignIns:
    """Reads lines in their order: what a line holds depends on the prompt before it."""

    def __init__(self) -> None:
        self._answers = 0
        self._literal = False

    def secrets(self, line: str) -> Iterator[Span]:
        """Yield the places of secrets in the next line."""
        for command in _COMMANDS:
            for hit in command.finditer(line):
                yield hit.span(1)
        yield from self._literals(line)
        yield from self._replies(line)

    def _literals(self, line: str) -> Iterator[Span]:
        """Yield literals of LOGIN (RFC 9051 section 4.3).

        What looks like the server's consent to one may be one, so it goes too.
        """
        announced = bool(_LITERAL.search(line))
        if self._literal:
            yield 0, len(line)
            self._literal = announced or bool(_CONTINUE.search(line))
        else:
            self._literal = announced and bool(_LOGIN.search(line))

    def _replies(self, line: str) -> Iterator[Span]:
        """Yield what answers a prompt: the last word, whatever a log puts around it."""
        final = bool(_FINAL.search(line))
        word = _LAST_WORD.search(line) if self._answers else None
        if word and (not final or _INNER_SIGN.search(word[1])):
            yield word.span(1)
        if _PROMPT.search(line) or _CONTINUE.search(line):
            self._answers = _ANSWER_LINES
        else:
            self._answers = 0 if final else max(0, self._answers - 1)
