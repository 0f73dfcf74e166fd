"""E-mail addresses and user names as typed, and the names that belong together."""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache

from mailcheck_gui.diagnosis.hosts import TypedHost, read_host
from mailcheck_gui.model.account import Protocol
from mailcheck_gui.model.addresses import is_ip_literal
from mailcheck_gui.model.field_limits import LONGEST_TEXT
from mailcheck_gui.model.public_suffixes import public_suffixes

_TRIMMED = " \t\u00a0\u200b\u202f\u2007\ufeff"
_QUOTES = ("'", '"')
_MAILTO = "mailto:"
_NOT_BEHIND_AN_AT = re.compile(r"""[\s"',;<>/\\?#:@]""")  # a server box may hold them

_OWN_LABELS = {
    Protocol.IMAP: ("imap", "mail"),
    Protocol.POP3: ("pop", "pop3", "mail"),
    Protocol.SMTP: ("smtp", "mail"),
}


def tidy_text(typed: str) -> str:
    """Return an address or user name without blanks around it."""
    return typed.strip(_TRIMMED)


def tidy_email(typed: str) -> str:
    """Return the bare address, as for every use of it: what stands around it goes.

    That is blanks (also beside the @), a name before angle brackets, the brackets, quotes,
    `mailto:` and the stops of a sentence. A text beyond `LONGEST_TEXT` comes back as it is.
    """
    if len(typed) > LONGEST_TEXT:
        return typed
    text, before = typed.replace("\uff20", "@"), ""
    while text != before:
        text, before = _unwrapped(text), text
    local, at, domain = text.rpartition("@")
    return f"{tidy_text(local)}{at}{tidy_text(domain)}"


def _unwrapped(text: str) -> str:
    """Return a text without what stands outermost around it."""
    text = tidy_text(text)
    if text.endswith(">"):
        text = text[text.rfind("<") + 1 : -1]
    if text.lower().startswith(_MAILTO):
        text = text[len(_MAILTO) :]
    if text[:1] in _QUOTES and text[:1] == text[-1:]:
        return text[1:-1]
    return text[:-1] if text.endswith((",", ";", ".", *_QUOTES)) else text


def read_domain(domain: str) -> TypedHost | None:
    """Return what stands behind an @ as a host, or None where mail cannot be there."""
    host = read_host(domain)
    return None if host.problem is not None or _NOT_BEHIND_AN_AT.search(domain) else host


def domain_of(email: str) -> str:
    """Return the domain of a tidied address as lower-case A-labels, "" where there is none."""
    local, _, domain = email.rpartition("@")
    host = read_domain(domain) if local else None
    return "" if host is None or is_ip_literal(host.ascii_host) else host.ascii_host


def local_part_of(email: str) -> str:
    """Return what stands before the @."""
    return email.rpartition("@")[0]


def own_hosts(protocol: Protocol, domain: str) -> tuple[str, ...]:
    """Return the usual names of mail servers in a domain."""
    return tuple(f"{label}.{domain}" for label in _OWN_LABELS[protocol]) if domain else ()


@lru_cache(maxsize=1024)
def is_loopback(host_or_address: str) -> bool:
    """Whether a host or address is this computer itself."""
    if host_or_address == "localhost" or host_or_address.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host_or_address).is_loopback
    except ValueError:
        return False


@cache
def registrable_domain(host: str) -> str:
    """Return the part of a name that someone registered (`example.co.uk`), "" where there is none.

    Private suffixes count as suffixes: two customers of one hoster are strangers.
    """
    if not host or is_ip_literal(host) or "." not in host:
        return ""
    labels = host.split(".")
    registrable = public_suffixes().privatesuffix(".".join(map(_u_label, labels)))
    return ".".join(labels[-registrable.count(".") - 1 :]) if registrable else ""


def _u_label(label: str) -> str:
    """Return a label as the list of public suffixes writes it (RFC 5890 section 2.3.2.1)."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:  # no A-label: no suffix is called so
        return label
