"""Hints for the Server box."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.catalogue.match import (
    provider_of_domain,
    provider_of_mx,
    provider_of_server,
    retired_host,
)
from mailcheck_gui.diagnosis.addresses import domain_of
from mailcheck_gui.diagnosis.hosts import HostProblem, TypedHost, read_host
from mailcheck_gui.diagnosis.intake import is_web_address, provider_of_typed
from mailcheck_gui.diagnosis.near_servers import near_servers
from mailcheck_gui.diagnosis.texts import hints as words
from mailcheck_gui.diagnosis.texts import refusals
from mailcheck_gui.model.account import Field, Protocol, Role, ServerDraft
from mailcheck_gui.model.addresses import is_ip_literal
from mailcheck_gui.model.finding import Message, Provider, ProviderServer, Severity
from mailcheck_gui.model.intake import Hint

Fix = tuple[tuple[Role, Field, str], ...]


def host_hints(
    role: Role, side: ServerDraft, email: str, providers: tuple[Provider, ...]
) -> Iterator[Hint]:
    """Yield what there is to say about a typed server name; the most serious alone."""
    host = read_host(side.host)
    if host.problem is HostProblem.EMPTY:
        return
    if is_web_address(host, providers):
        provider = provider_of_typed(host.ascii_host, providers)
        provider = provider or provider_of_domain(providers, domain_of(email))
        yield _replacement("host-is-web-address", role, side, words.WEB_PAGE, provider, "")
    elif host.problem is not None:
        sentence = refusals.host_sentence(host.problem, side.host)
        yield Hint("host-invalid", role, Field.HOST, Severity.ERROR, sentence)
    else:
        yield from _cleaned(role, side, host)
        yield from _known(role, side, host.ascii_host, email, providers)


def _cleaned(role: Role, side: ServerDraft, host: TypedHost) -> Iterator[Hint]:
    if not host.cleaned:
        return
    fix: Fix = ((role, Field.HOST, host.host),)
    if host.port is not None and not side.port.strip():
        fix = (*fix, (role, Field.PORT, str(host.port)))
    yield Hint(
        "host-cleaned",
        role,
        Field.HOST,
        Severity.INFO,
        _what_was_cleaned(side.host, host).with_values({"host": host.host}),
        words.USE_VALUE.with_values({"value": host.host}),
        fix,
    )


def _what_was_cleaned(typed: str, host: TypedHost) -> Message:
    if "".join(typed.split()).lower() == host.host:
        return words.BLANK_REMOVED
    return words.PORT_MOVED if host.port is not None else words.ONLY_NAME


def _known(
    role: Role, side: ServerDraft, host: str, email: str, providers: tuple[Provider, ...]
) -> Iterator[Hint]:
    """Yield what the catalogue says about a well-formed name."""
    if provider_of_server(providers, host) is not None or is_ip_literal(host):
        return
    retired = retired_host(providers, host)
    exchanger = provider_of_mx(providers, host)
    if retired is not None:
        sentence = words.RETIRED.with_values({"provider": retired.provider.name})
        yield _replacement("host-retired", role, side, sentence, retired.provider, retired.today)
    elif exchanger is not None:
        yield _replacement("host-is-mx", role, side, words.IS_MX, exchanger, "")
    else:
        near = _near(side.protocol, host, email, providers)
        if near:
            yield Hint(
                "host-typo",
                role,
                Field.HOST,
                Severity.WARNING,
                words.DID_YOU_MEAN.with_values({"near": near}),
                words.USE_VALUE.with_values({"value": near}),
                ((role, Field.HOST, near),),
            )


def _near(protocol: Protocol, host: str, email: str, providers: tuple[Provider, ...]) -> str:
    return next(iter(near_servers(providers, protocol, host, domain_of(email))), "")


def _replacement(
    code: str,
    role: Role,
    side: ServerDraft,
    sentence: Message,
    provider: Provider | None,
    today: str,
) -> Hint:
    """Return a hint whose button puts in the provider's documented server."""
    server = _documented(provider, side.protocol, today)
    if server is None:
        return Hint(code, role, Field.HOST, Severity.ERROR, sentence)
    fix: Fix = (
        (role, Field.HOST, server.host),
        (role, Field.PORT, str(server.port)),
        (role, Field.SECURITY, server.security.value),
    )
    button = words.USE_VALUE.with_values({"value": server.host})
    return Hint(code, role, Field.HOST, Severity.ERROR, sentence, button, fix)


def _documented(provider: Provider | None, protocol: Protocol, today: str) -> ProviderServer | None:
    servers = [s for s in (provider.servers if provider else ()) if s.protocol is protocol]
    return next((s for s in servers if s.host == today), next(iter(servers), None))
