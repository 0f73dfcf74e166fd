"""Values that strangers wrote into files, made into values of ours, or refused."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from mailcheck_gui.diagnosis.hosts import TypedHost, read_host
from mailcheck_gui.model.account import holds_control
from mailcheck_gui.model.quoting import visible_text

SHOWN_LIMIT = 60
"""Characters of a stranger's value that a sentence repeats."""

USERNAME_LIMIT = 320
"""Characters of a user name (an address may have 254, RFC 5321 errata 1690)."""

_PORT = re.compile(r"[0-9]{1,5}")
_HIGHEST_PORT = 65535
_URL_LIMIT = 500
_PLACEHOLDER = re.compile(r"%EMAIL(ADDRESS|LOCALPART|DOMAIN)%")


def host_of(text: str) -> TypedHost | None:
    """Return a server name, or None where the text is none."""
    host = read_host(text)
    return host if host.problem is None else None


def readable(name: str) -> str:
    """Return a name in A-labels as a person reads it."""
    return read_host(name).host or name


def port_of(text: str) -> int | None:
    """Return a port, or None where the text is none."""
    text = text.strip()
    number = int(text) if _PORT.fullmatch(text) else 0
    return number if 0 < number <= _HIGHEST_PORT else None


def username_of(text: str, email: str) -> str:
    """Return a user name, the whole address where the text cannot be one."""
    name = text.strip()
    return email if not name or len(name) > USERNAME_LIMIT or holds_control(name) else name


def filled(text: str, email: str) -> str:
    """Put the address into the placeholders of the autoconfig format, each once."""
    local, _, domain = email.rpartition("@")
    values = {"ADDRESS": email, "LOCALPART": local, "DOMAIN": domain}
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)


def names_person(text: str) -> bool:
    """Whether the part before the @ would come to stand in a text."""
    return any(match[1] != "DOMAIN" for match in _PLACEHOLDER.finditer(text))


def web_url(text: str) -> str:
    """Return the address of a web page that may be offered for a click, or ""."""
    text = text.strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    usable = parts.scheme in ("http", "https") and parts.netloc and len(text) <= _URL_LIMIT
    return text if usable and text.isascii() and text.isprintable() and " " not in text else ""


def shown(text: str, limit: int = SHOWN_LIMIT) -> str:
    """Return a stranger's text for a sentence: one line, capped, controls visible."""
    return visible_text(" ".join(text[: limit * 4].split()), limit)
