"""E-mail addresses and user names as typed, and the names that belong together."""

from __future__ import annotations

import ipaddress
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import idna

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.model.addresses import is_ip_literal

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_TRIMMED = " \t\u00a0\u200b\u202f\u2007\ufeff"

_OWN_LABELS = {
    Protocol.IMAP: ("imap", "mail"),
    Protocol.POP3: ("pop", "pop3", "mail"),
    Protocol.SMTP: ("smtp", "mail"),
}


def tidy_text(typed: str) -> str:
    """Return an address or user name without blanks around it."""
    return typed.strip(_TRIMMED)


def tidy_email(typed: str) -> str:
    """Return the bare address: without blanks, `mailto:`, angle brackets and a name before them."""
    text = tidy_text(typed)
    if text.endswith(">") and "<" in text:
        text = text[text.rindex("<") + 1 : -1]
    if text.lower().startswith("mailto:"):
        text = text[len("mailto:") :]
    return tidy_text(text)


def domain_of(email: str) -> str:
    """Return the domain of an address as lower-case A-labels, "" where there is none."""
    local, at, domain = email.rpartition("@")
    domain = domain.strip(". ").lower()
    if not at or not local or not domain:
        return ""
    if domain.isascii():
        return domain
    try:
        return idna.encode(domain, uts46=True, transitional=False).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return ""


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
    registrable = _public_suffixes().privatesuffix(".".join(map(_u_label, labels)))
    return ".".join(labels[-registrable.count(".") - 1 :]) if registrable else ""


def _u_label(label: str) -> str:
    """Return a label as the list of public suffixes writes it (RFC 5890 section 2.3.2.1)."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:  # no A-label: no suffix is called so
        return label


@cache
def _public_suffixes() -> PublicSuffixList:
    # Most checks never ask. Suffixes as A-labels too would take four times as long to load.
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_encoded_idn=False)
