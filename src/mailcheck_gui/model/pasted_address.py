"""A pasted server address that may carry a password: `imap://anna:secret@imap.example.com`."""

from __future__ import annotations

import re

SCHEMES = frozenset(
    scheme + secured
    for scheme in ("imap", "pop", "pop3", "smtp", "submission", "http", "ssl", "tls")
    for secured in ("", "s")
)
"""Words in front of a pasted address. Another one before an @ is a user: `anna:/secret@host`."""

_HIDDEN = "***"
_FRONT = re.compile(
    rf"[^\w\[@:?#]*(?:mailto:|(?:{'|'.join(sorted(SCHEMES))}):/{{1,3}})?[/\\]*", re.IGNORECASE
)
_PATH = re.compile(r"[/\\?#].*", re.DOTALL)
_HOST_AND_PORT = re.compile(r"[^:]*(?::\s*\d+\s*)?|\[?[0-9a-f:.]*\]?(?::\d*)?", re.IGNORECASE)


def split_userinfo(address: str) -> tuple[str, str]:
    """Divide what follows a scheme behind the @ that ends user and password (RFC 3986, 3.2.1).

    The first part is "" where there is no @. A slash in a password does not end the host: what is
    in front of it would be no host with a port.
    """
    path = _PATH.search(address)
    end = path.start() if path else len(address)
    if not _HOST_AND_PORT.fullmatch(address[address.rfind("@", 0, end) + 1 : end]):
        end = len(address)
    host = address.rfind("@", 0, end) + 1
    return address[:host], address[host:]


def without_userinfo(typed: str) -> str:
    """Return what was typed with `***` for the password in front of its host.

    A user name alone stays. What is read as the host does not change, and a text without an `@`
    comes back as it is. May be called twice.
    """
    front = _FRONT.match(typed)
    assert front is not None  # it may be empty
    userinfo, rest = split_userinfo(typed[front.end() :])
    user, colon, _ = userinfo.partition(":")
    if colon:
        userinfo = f"{user}:{_HIDDEN}@"
    path = _PATH.search(rest)
    if path and "@" in path[0]:  # a password with a slash in it may look like a port
        rest = f"{rest[: path.start() + 1]}{_HIDDEN}{rest[rest.rindex('@') :]}"
    return f"{front[0]}{userinfo}{rest}"
