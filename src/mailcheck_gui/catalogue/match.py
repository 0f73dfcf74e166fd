"""Find the provider behind an e-mail domain, a server name, a mail exchanger or a name server.

Names are compared as lower-case A-labels; whoever asks has cleaned them. Where several providers
share a name, the first of the catalogue has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from mailcheck_gui.catalogue.names import names_of
from mailcheck_gui.catalogue.near import near_names
from mailcheck_gui.model.finding import Provider, ProviderServer

_THIS_COMPUTER = frozenset({"127.0.0.1", "::1", "localhost"})


def provider_of_domain(providers: tuple[Provider, ...], domain: str) -> Provider | None:
    """Return the provider whose mail addresses end in this domain."""
    names = names_of(providers)
    return names.domains.get(domain) or names.domain_patterns.owner(domain)


def provider_of_server(providers: tuple[Provider, ...], host: str) -> Provider | None:
    """Return the provider that documents this host as a server of mail programs.

    Also where its accounts have server names of their own that follow a pattern. This computer
    itself belongs to no provider: any program may listen where a bridge usually does.
    """
    if host in _THIS_COMPUTER:
        return None
    names = names_of(providers)
    return names.servers.get(host) or names.hosts.owner(host)


def provider_of_mx(providers: tuple[Provider, ...], host: str) -> Provider | None:
    """Return the provider that receives mail from other servers at this host."""
    return names_of(providers).mx.owner(host)


def provider_of_ns(providers: tuple[Provider, ...], host: str) -> Provider | None:
    """Return the provider whose name server this is: it hosts the domain, maybe its mail too."""
    return names_of(providers).ns.owner(host)


def provider_of_web_host(providers: tuple[Provider, ...], host: str) -> Provider | None:
    """Return the provider whose webmail or panel lives at this host."""
    return names_of(providers).web_hosts.get(host)


@dataclass(frozen=True, slots=True)
class RetiredHost:
    """A server name that a provider has given up, and the name that took its place."""

    provider: Provider
    host: str
    today: str


def retired_host(providers: tuple[Provider, ...], host: str) -> RetiredHost | None:
    """Return what became of a host that a provider has retired, or None."""
    found = names_of(providers).retired.get(host)
    return RetiredHost(found[0], host, found[1]) if found else None


def servers_for(provider: Provider, name: str) -> tuple[ProviderServer, ...]:
    """Return a provider's servers, those first whose names share most with a domain or host.

    Some providers have servers for each brand or country. What is disputed comes last; otherwise
    the catalogue's order holds.
    """
    return tuple(
        sorted(provider.servers, key=lambda s: (bool(s.disputed), -_shared_labels(s.host, name)))
    )


def _shared_labels(one: str, other: str) -> int:
    """Return how many labels two names share from the right."""
    pairs = zip(reversed(one.split(".")), reversed(other.split(".")), strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


def server_hosts(providers: tuple[Provider, ...]) -> Iterator[str]:
    """Yield every documented server name once, in the catalogue's order."""
    yield from dict.fromkeys(s.host for p in providers for s in p.servers)


def domain_slips(providers: tuple[Provider, ...], domain: str) -> tuple[str, ...]:
    """Return the mail domains that a domain may be a misspelling of, nearest first.

    Only domains that so many use that a near miss is likely a slip. Of the others a near miss is
    as likely a domain of its own: most short names are in use.
    """
    others = provider_of_domain(providers, domain) is not None or any(
        domain in provider.neighbours for provider in providers
    )
    common = (name for provider in providers for name in provider.common_domains)
    return () if others else near_names(domain, common)
