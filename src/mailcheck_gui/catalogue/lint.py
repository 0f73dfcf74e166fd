"""Contradictions that the schema cannot see: between facts, and between files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mailcheck_gui.catalogue.lint_names import lint_names
from mailcheck_gui.catalogue.lint_texts import lint_texts
from mailcheck_gui.model.account import Protocol, Security
from mailcheck_gui.model.endpoint import port_role
from mailcheck_gui.model.finding import Provider, ProviderServer

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PRIVATE_PORTS = {
    2465: Security.IMPLICIT_TLS,
    8465: Security.IMPLICIT_TLS,
    2587: Security.STARTTLS,
    8025: Security.STARTTLS,
}
"""Ports for sending that single services open beside the registered ones."""


def lint(providers: tuple[Provider, ...]) -> tuple[str, ...]:
    """Return one sentence for each contradiction, empty where there is none."""
    return (
        *_duplicate_ids(providers),
        *lint_names(providers),
        *(sentence for p in providers for sentence in _provider(p)),
        *(sentence for p in providers for sentence in lint_texts(p)),
    )


def _duplicate_ids(providers: tuple[Provider, ...]) -> Iterator[str]:
    for value, count in Counter(p.id for p in providers).items():
        if count > 1:
            yield f"id {value} stands in the catalogue {count} times"


def _provider(provider: Provider) -> Iterator[str]:
    if not (provider.servers or provider.host_patterns or provider.unsupported):
        yield f"{provider.id}: has no server and says not why"
    for server in provider.servers:
        yield from _server(provider, server)
        if server.disputed:
            yield from _disputed(provider, server)
    yield from _twice(provider)
    served = {server.protocol for server in provider.servers}
    for protocol, _form in provider.username_forms:
        if protocol not in served and not provider.host_patterns:
            yield f"{provider.id}: has a user name for {protocol}, but no server"


def _server(provider: Provider, server: ProviderServer) -> Iterator[str]:
    where = f"{provider.id}: {server.host}:{server.port}"
    role = port_role(server.port)
    if server.security is Security.NONE:
        yield f"{where} is documented without encryption"
    if role is None:
        yield from _private_port(where, server)
    elif role.protocol is not server.protocol:
        yield f"{where} is a port of {role.protocol}, not of {server.protocol}"
    elif role.registered and role.security is not server.security and not server.disputed:
        yield f"{where} goes with {role.security}, not with {server.security}"


def _private_port(where: str, server: ProviderServer) -> Iterator[str]:
    if server.host in _LOOPBACK:
        return
    security = _PRIVATE_PORTS.get(server.port)
    if security is None or server.protocol is not Protocol.SMTP:
        yield f"{where} is no port of mail"
    elif security is not server.security:
        yield f"{where} goes with {security}, not with {server.security}"


def _disputed(provider: Provider, server: ProviderServer) -> Iterator[str]:
    """A disputed fact stands beside what disputes it."""
    beside = [s for s in provider.servers if s.protocol is server.protocol and s is not server]
    if not beside:
        yield f"{provider.id}: {server.host}:{server.port} is disputed, but stands alone"


def _twice(provider: Provider) -> Iterator[str]:
    undisputed = (s for s in provider.servers if not s.disputed)
    for (_, host, port), count in Counter((s.protocol, s.host, s.port) for s in undisputed).items():
        if count > 1:
            yield f"{provider.id}: {host}:{port} stands there {count} times"
