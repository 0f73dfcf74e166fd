"""Capability lists of the three protocols, read into one form."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailcheck_gui.model.observation import Capabilities

_MECHANISM = re.compile(r"[A-Z0-9_-]{1,20}")  # RFC 4422, 3.1
_MASKED_KEYWORD = re.compile(r"X{4,}A?")
_MASKED_BANNER_SHARE = 0.5
_MASKED_BANNER_MIN = 6

LOGIN_COMMAND = "LOGIN-COMMAND"
"""IMAP's LOGIN command among the mechanisms; plain LOGIN is the SASL mechanism."""

OAUTH = frozenset({"XOAUTH2", "OAUTHBEARER"})
"""Mechanisms that take a token from a browser."""


def only_oauth(offered: Capabilities) -> bool:
    """Whether a server lists nothing but OAuth.

    IMAP's LOGIN is implied, not listed (RFC 9051, section 6.2.3): servers that want OAuth alone
    often forget to switch it off, and would only refuse a password there.
    """
    listed = frozenset(offered.mechanisms) - {LOGIN_COMMAND}
    return bool(listed) and listed <= OAUTH


def smtp_capabilities(lines: tuple[str, ...], raw: bytes, masked_banner: bool) -> Capabilities:
    """Read the lines of an EHLO reply behind the first, which only greets (RFC 5321, 4.1.1.1).

    Some firewalls overwrite what they do not want to pass: `XXXXXXXA` stands where STARTTLS was.
    """
    words = [line.upper().replace("AUTH=", "AUTH ", 1).split() for line in lines]
    auth = (word for row in words if row[:1] == ["AUTH"] for word in row[1:])
    return Capabilities(
        values=lines,
        mechanisms=_mechanisms(auth),
        starttls=["STARTTLS"] in [row[:1] for row in words],
        size_limit=next((_size(row) for row in words if row[:1] == ["SIZE"]), None),
        masked=masked_banner or any(_MASKED_KEYWORD.fullmatch(row[0]) for row in words if row),
        raw=raw,
    )


def is_masked_banner(text: str) -> bool:
    """Tell whether a greeting was overwritten with asterisks (old firewalls' "SMTP fixup")."""
    marks = text.replace(" ", "")
    stars = marks.count("*")
    return stars >= _MASKED_BANNER_MIN and stars >= len(marks) * _MASKED_BANNER_SHARE


def imap_capabilities(tokens: tuple[str, ...], raw: bytes) -> Capabilities:
    """Read the tokens of a CAPABILITY response (RFC 9051, 7.2.2)."""
    upper = [token.upper() for token in tokens]
    login_disabled = "LOGINDISABLED" in upper
    mechanisms = _mechanisms(token[5:] for token in upper if token.startswith("AUTH="))
    return Capabilities(
        values=tokens,
        mechanisms=mechanisms if login_disabled else (*mechanisms, LOGIN_COMMAND),
        starttls="STARTTLS" in upper,
        login_disabled=login_disabled,
        raw=raw,
    )


def pop3_capabilities(lines: tuple[str, ...], raw: bytes, apop: bool) -> Capabilities:
    """Read the lines of a CAPA reply (RFC 2449, 6; RFC 5034, 6). `apop`: the greeting offers it."""
    words = [line.upper().split() for line in lines]
    keywords = {row[0] for row in words if row}
    sasl = _mechanisms(word for row in words if row[:1] == ["SASL"] for word in row[1:])
    user = ("USER",) if "USER" in keywords else ()
    return Capabilities(
        values=lines,
        mechanisms=(*sasl, *user, *(("APOP",) if apop else ())),
        starttls="STLS" in keywords,
        raw=raw,
    )


def _mechanisms(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if _MECHANISM.fullmatch(name)))


def _size(words: list[str]) -> int | None:
    """Return the limit of a SIZE line; 0 and no number mean none (RFC 1870, section 4)."""
    number = words[1] if len(words) > 1 else ""
    return (int(number) or None) if re.fullmatch(r"[0-9]{1,20}", number) else None
