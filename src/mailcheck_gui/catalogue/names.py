"""Every name of the catalogue, arranged for looking it up.

A check asks for providers hundreds of times; going through all of them each time would take longer
than the rules themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from mailcheck_gui.model.finding import Provider


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns with `*` and whose they are. The part behind the last `*` rules most of them out."""

    rows: tuple[tuple[str, str, Provider], ...]  # that part, the pattern, whose it is

    def owner(self, name: str) -> Provider | None:
        """Return whose pattern a name fits, or None."""
        return next(
            (
                provider
                for tail, pattern, provider in self.rows
                if name.endswith(tail) and fnmatchcase(name, pattern)
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one catalogue. Where several providers share one, the first has it.

    A server that is disputed at one provider is another's where that one names it without doubt.
    """

    domains: Mapping[str, Provider]
    domain_patterns: Patterns
    servers: Mapping[str, Provider]
    web_hosts: Mapping[str, Provider]
    retired: Mapping[str, tuple[Provider, str]]  # and today's name
    mx: Patterns
    ns: Patterns
    hosts: Patterns


_last: tuple[tuple[Provider, ...], Names] | None = None
"""The catalogue asked last and its names. One is enough: a process has one catalogue."""


def names_of(providers: tuple[Provider, ...]) -> Names:
    """Return the names of a catalogue; arranged once for as long as the same tuple is asked."""
    global _last  # noqa: PLW0603 - hashing the whole catalogue for a cache would cost the gain
    last = _last
    if last is None or last[0] is not providers:
        last = _last = (providers, _arrange(providers))
    return last[1]


def _arrange(providers: tuple[Provider, ...]) -> Names:
    return Names(
        domains=_by_name(providers, lambda p: p.domains),
        domain_patterns=_patterns(providers, lambda p: p.domain_patterns),
        servers=_servers(providers),
        web_hosts=_by_name(providers, lambda p: p.web_hosts),
        retired={old: (p, today) for p in reversed(providers) for old, today in p.retired_hosts},
        mx=_patterns(providers, lambda p: p.mx_patterns),
        ns=_patterns(providers, lambda p: p.ns_patterns),
        hosts=_patterns(providers, lambda p: p.host_patterns),
    )


def _servers(providers: tuple[Provider, ...]) -> dict[str, Provider]:
    every = _by_name(providers, lambda p: (s.host for s in p.servers))
    return every | _by_name(providers, lambda p: (s.host for s in p.servers if not s.disputed))


def _by_name(
    providers: tuple[Provider, ...], names: Callable[[Provider], Iterable[str]]
) -> dict[str, Provider]:
    return {name: provider for provider in reversed(providers) for name in names(provider)}


def _patterns(
    providers: tuple[Provider, ...], patterns: Callable[[Provider], Iterable[str]]
) -> Patterns:
    return Patterns(
        tuple(
            (p.rpartition("*")[2], p, provider)
            for provider in providers
            for p in patterns(provider)
        )
    )
