"""Which protocol a greeting belongs to. Foreign greetings are recognised, never parsed."""

from __future__ import annotations

import re

from mailcheck_gui.model.observation import Spoken

_GREETINGS = (
    (Spoken.IMAP, re.compile(rb"\* (OK|PREAUTH|BYE)\b", re.IGNORECASE)),  # RFC 9051, 7.1
    (Spoken.POP3, re.compile(rb"\+OK|-ERR", re.IGNORECASE)),  # RFC 1939, 3
    (Spoken.HTTP, re.compile(rb"HTTP/\d|<!doctype html|<html", re.IGNORECASE)),  # RFC 9112, 4
    (Spoken.SSH, re.compile(rb"SSH-\d")),  # RFC 4253, 4.2
    (Spoken.SMTP, re.compile(rb"(220|[45]\d\d)([ \r\n-]|$)")),  # RFC 5321, 3.1 and 4.2; FTP too
)

_NAMES_SMTP = re.compile(rb"SMTP|LMTP", re.IGNORECASE)
_NAMES_FTP = re.compile(rb"FTP|FileZilla", re.IGNORECASE)


def recognise(raw: bytes) -> Spoken:
    """Return the protocol whose server greets with these bytes.

    They may be incomplete, so that bytes without a line end can be judged as well.
    """
    for spoken, pattern in _GREETINGS:
        if pattern.match(raw):
            return _smtp_or_ftp(raw) if spoken is Spoken.SMTP else spoken
    return Spoken.UNKNOWN


def _smtp_or_ftp(raw: bytes) -> Spoken:
    """Tell SMTP from FTP (RFC 959), which greets with the same codes, by what the text names.

    Host names and addresses do not count: `220 ftp.example.org ready` may be any server.
    """
    words = b" ".join(word for word in raw.split() if not _is_host_or_url(word))
    if _NAMES_FTP.search(words) and not _NAMES_SMTP.search(words):
        return Spoken.FTP
    return Spoken.SMTP


def _is_host_or_url(word: bytes) -> bool:
    return b"." in word[1:-1] or b"/" in word[1:-1]
