"""HOST[:PORT][/SEC] on the command line."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.model.account import Security

SECURITY_WORDS = {
    "ssl": Security.IMPLICIT_TLS,
    "starttls": Security.STARTTLS,
    "none": Security.NONE,
}
"""The words for SEC."""


@dataclass(frozen=True, slots=True)
class ServerArgument:
    """A server as it was given; what was left out is empty or None. Nothing is cleaned here."""

    host: str
    port: str = ""
    security: Security | None = None


def parse_server(text: str) -> ServerArgument:
    """Split HOST[:PORT][/SEC]; IPv6 literals with a port stand in brackets.

    A pasted web address stays whole, so that the check can say what it is, and so does what has an
    @ in it: a password may stand in front of that. Raises ValueError, with a sentence, where SEC is
    no known word.
    """
    if "://" in text:
        return ServerArgument(text)
    where, slash, word = text.rpartition("/")
    if not slash:
        return _with_port(text, None)
    security = SECURITY_WORDS.get(word.strip().lower())
    if security is None and "@" in text:
        return ServerArgument(text)
    if security is None:
        raise ValueError(f"Behind the slash stands one of {', '.join(SECURITY_WORDS)}.")
    return _with_port(where, security)


def _with_port(where: str, security: Security | None) -> ServerArgument:
    if "@" in where:
        return ServerArgument(where, "", security)
    if where.startswith("["):
        host, bracket, rest = where[1:].partition("]")
        if bracket and (not rest or rest.startswith(":")):
            return ServerArgument(host, rest.removeprefix(":"), security)
    if where.count(":") == 1:
        host, _, port = where.partition(":")
        return ServerArgument(host, port, security)
    return ServerArgument(where, "", security)  # no port, or a bare IPv6 literal
