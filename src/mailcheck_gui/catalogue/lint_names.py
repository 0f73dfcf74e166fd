"""Names and patterns that contradict each other, within a provider and between providers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import chain

from mailcheck_gui.catalogue.near import near_names
from mailcheck_gui.model.finding import Provider

_PATTERN_KINDS = ("domain_patterns", "mx_patterns", "ns_patterns", "host_patterns")
_NAME = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?", re.ASCII)
_SPECIFIC = re.compile(r"\*[a-z0-9-]*(\.[a-z0-9-]+){2,}", re.ASCII)
"""What follows the last `*` of a pattern: at least two whole labels, so not all of `.com`."""


def lint_names(providers: tuple[Provider, ...]) -> Iterator[str]:
    """Yield one sentence for each contradiction between names."""
    yield from _duplicates("domain", [domain for p in providers for domain in p.domains])
    yield from _retired_elsewhere(providers)
    yield from _foreign_servers(providers)
    for kind in _PATTERN_KINDS:
        yield from _overlaps(providers, kind)
    for provider in providers:
        yield from _spelling(provider)
        yield from _retired(provider)
        yield from _uses(provider)


def _duplicates(what: str, values: list[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{what} {value} stands in the catalogue {count} times"


def _overlaps(providers: tuple[Provider, ...], kind: str) -> Iterator[str]:
    """Two patterns that fit one name: nothing would say whose it is."""
    rows = [(p.id, pattern) for p in providers for pattern in getattr(p, kind)]
    for place, (owner, pattern) in enumerate(rows):
        for other, there in rows[place + 1 :]:
            if _overlap(pattern, there):
                yield f"{owner}: {pattern} fits the same names as {there} of {other}"


def _overlap(one: str, other: str) -> bool:
    return fnmatchcase(one.replace("*", "x"), other) or fnmatchcase(other.replace("*", "x"), one)


def _foreign_servers(providers: tuple[Provider, ...]) -> Iterator[str]:
    owners = {server.host: p for p in providers for server in p.servers}
    for provider in providers:
        for pattern in provider.host_patterns:
            for host, owner in owners.items():
                if owner is not provider and fnmatchcase(host, pattern):
                    yield f"{provider.id}: {pattern} fits {host}, a server of {owner.id}"


def _retired_elsewhere(providers: tuple[Provider, ...]) -> Iterator[str]:
    in_use = {server.host: p.id for p in providers for server in p.servers}
    for provider in providers:
        for old, _today in provider.retired_hosts:
            if old in in_use:
                yield f"{provider.id}: {old} is retired and in use by {in_use[old]}"


def _retired(provider: Provider) -> Iterator[str]:
    hosts = {server.host for server in provider.servers}
    yield from _duplicates(f"{provider.id}: retired", [old for old, _ in provider.retired_hosts])
    for old, today in provider.retired_hosts:
        if today not in hosts:
            yield f"{provider.id}: {old} leads to {today}, which is no server of it"


def _uses(provider: Provider) -> Iterator[str]:
    for host in {server.host for server in provider.servers} & set(provider.web_hosts):
        yield f"{provider.id}: {host} is a server and a web page"
    for domain in provider.common_domains:
        if domain not in provider.domains:
            yield f"{provider.id}: {domain} is common, but no domain of it"
    for domain in provider.neighbours:
        if not near_names(domain, provider.common_domains):
            yield f"{provider.id}: {domain} would not be taken for a slip of its domains"


def _spelling(provider: Provider) -> Iterator[str]:
    hosts = {server.host for server in provider.servers}
    retired = {old for old, _today in provider.retired_hosts}
    for name in sorted({*provider.domains, *provider.web_hosts, *retired, *hosts}):
        if not _NAME.fullmatch(name) and ":" not in name:
            yield f"{provider.id}: {name} is no name in lower-case A-labels"
    patterns = (getattr(provider, kind) for kind in _PATTERN_KINDS)
    for pattern in chain.from_iterable(patterns):
        tail = pattern[pattern.rfind("*") :] if "*" in pattern else ""
        if not _NAME.fullmatch(pattern.replace("*", "x")):
            yield f"{provider.id}: {pattern} is no pattern of lower-case A-labels"
        elif tail and not _SPECIFIC.fullmatch(tail):
            yield f"{provider.id}: {pattern} would fit names of others"
