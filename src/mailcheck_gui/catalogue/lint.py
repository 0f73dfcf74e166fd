"""Contradictions that the schema cannot see: between facts, and between files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mailcheck_gui.model.account import Security
from mailcheck_gui.model.endpoint import port_role
from mailcheck_gui.model.finding import Provider, ProviderServer

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def lint(providers: tuple[Provider, ...]) -> tuple[str, ...]:
    """Return one sentence for each contradiction, empty where there is none."""
    return (
        *_duplicates("id", [p.id for p in providers]),
        *_duplicates("domain", [domain for p in providers for domain in p.domains]),
        *(sentence for p in providers for sentence in _provider(p)),
    )


def _duplicates(what: str, values: list[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{what} {value} stands in the catalogue {count} times"


def _provider(provider: Provider) -> Iterator[str]:
    hosts = {server.host for server in provider.servers}
    for name in (*provider.domains, *hosts, *provider.web_hosts):
        if name != name.strip().lower():
            yield f"{provider.id}: {name} is not written in lower case"
    yield from _retired(provider, hosts)
    for host in hosts & set(provider.web_hosts):
        yield f"{provider.id}: {host} is a server and a web page"
    if not provider.servers and not provider.unsupported:
        yield f"{provider.id}: has no server and says not why"
    for server in provider.servers:
        yield from _server(provider, server)
    for step in provider.preparation:
        if "{" in step.text or "}" in step.text:
            yield f"{provider.id}: braces in a text are taken for a value's name"


def _retired(provider: Provider, hosts: set[str]) -> Iterator[str]:
    for old, today in provider.retired_hosts:
        if old in hosts:
            yield f"{provider.id}: {old} is retired and in use"
        if today not in hosts:
            yield f"{provider.id}: {old} leads to {today}, which is no server of it"


def _server(provider: Provider, server: ProviderServer) -> Iterator[str]:
    where = f"{provider.id}: {server.host}:{server.port}"
    role = port_role(server.port)
    if server.security is Security.NONE:
        yield f"{where} is documented without encryption"
    if role is None:
        if server.host not in _LOOPBACK:
            yield f"{where} is no port of mail"
    elif role.protocol is not server.protocol:
        yield f"{where} is a port of {role.protocol}, not of {server.protocol}"
    elif role.registered and role.security is not server.security:
        yield f"{where} goes with {role.security}, not with {server.security}"
