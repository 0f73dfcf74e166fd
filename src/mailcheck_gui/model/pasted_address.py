"""A pasted server address that may carry a password: `imap://anna:secret@imap.example.com`."""

from __future__ import annotations

import re

_HIDDEN = "***"
# What is in front of the address, scheme included; user, host and port; the path.
_PARTS = re.compile(
    r"([^\w\[@:?#]*(?:mailto:|[a-z][a-z0-9+.-]*:/{1,3})?[/\\]*)([^/\\?#]*)(.*)",
    re.IGNORECASE | re.DOTALL,
)
_HOST_AND_PORT = re.compile(r"[^:]*:\s*\d*\s*|\[?[0-9a-f:.]*\]?(?::\d*)?", re.IGNORECASE)


def without_userinfo(typed: str) -> str:
    """Return what was typed with `***` for the password in front of its host (RFC 3986, 3.2.1).

    A user name alone stays. What is read as the host does not change, and a text without an `@`
    comes back as it is. May be called twice.
    """
    parts = _PARTS.fullmatch(typed)
    assert parts is not None  # every part may be empty
    front, authority, path = parts.groups()
    userinfo, at, host = authority.rpartition("@")
    user, colon, _ = (userinfo if at else authority).partition(":")
    if at and colon:
        authority = f"{user}:{_HIDDEN}@{host}"
    if "@" in path:  # a password with a slash in it seems to end the host
        path = f"{path[0]}{_HIDDEN}@{path.rpartition('@')[2]}"
        if not at and colon and not _HOST_AND_PORT.fullmatch(authority):
            authority = f"{user}:{_HIDDEN}"
    return f"{front}{authority}{path}"
