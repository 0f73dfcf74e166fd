"""Find the provider behind an e-mail domain, a server name or a mail exchanger.

Names are compared as lower-case A-labels; whoever asks has cleaned them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from mailcheck_gui.model.finding import Provider

_THIS_COMPUTER = frozenset({"127.0.0.1", "::1", "localhost"})


def provider_of_domain(providers: tuple[Provider, ...], domain: str) -> Provider | None:
    """Return the provider whose mail addresses end in this domain."""
    return next((p for p in providers if domain in p.domains), None) if domain else None


def provider_of_server(providers: tuple[Provider, ...], host: str) -> Provider | None:
    """Return the provider that documents this host as a server of mail programs.

    This computer itself belongs to no provider: any program may listen where a bridge usually does.
    """
    if host in _THIS_COMPUTER:
        return None
    return next((p for p in providers if any(s.host == host for s in p.servers)), None)


def provider_of_mx(providers: tuple[Provider, ...], host: str) -> Provider | None:
    """Return the provider that receives mail from other servers at this host (`*` in patterns)."""
    return next(
        (p for p in providers if any(fnmatchcase(host, pattern) for pattern in p.mx_patterns)),
        None,
    )


def provider_of_web_host(providers: tuple[Provider, ...], host: str) -> Provider | None:
    """Return the provider whose webmail or panel lives at this host."""
    return next((p for p in providers if host in p.web_hosts), None)


@dataclass(frozen=True, slots=True)
class RetiredHost:
    """A server name that a provider has given up, and the name that took its place."""

    provider: Provider
    host: str
    today: str


def retired_host(providers: tuple[Provider, ...], host: str) -> RetiredHost | None:
    """Return what became of a host that a provider has retired, or None."""
    pairs = ((p, old, new) for p in providers for old, new in p.retired_hosts)
    return next((RetiredHost(p, old, new) for p, old, new in pairs if old == host), None)


def server_hosts(providers: tuple[Provider, ...]) -> Iterator[str]:
    """Yield every documented server name once, in the catalogue's order."""
    yield from dict.fromkeys(s.host for p in providers for s in p.servers)


def mail_domains(providers: tuple[Provider, ...]) -> Iterator[str]:
    """Yield every mail domain in the catalogue's order."""
    for provider in providers:
        yield from provider.domains
