"""What was typed, against what the provider documents."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.catalogue.match import (
    provider_of_domain,
    provider_of_mx,
    provider_of_server,
    retired_host,
)
from mailcheck_gui.diagnosis.addresses import domain_of, local_part_of
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import make_finding
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.diagnosis.texts.inputs import PASSWORD_TRAITS
from mailcheck_gui.model.account import AuthMethod, Field, Protocol, Server
from mailcheck_gui.model.finding import Confidence, Finding, Provider


def intake_findings(case: Case) -> Iterator[Finding]:
    """What taking in the settings has found."""
    yield from case.intake.findings


def host_retired(case: Case) -> Iterator[Finding]:
    """A name that the provider has given up, unless it still lets this account in."""
    for side in given_sides(case):
        retired = retired_host(case.providers, side.server.ascii_host)
        if retired is None or side.accepted:
            continue
        yield make_finding(
            "host-retired",
            side.role,
            endpoint=side.endpoint,
            field=Field.HOST,
            values={**side.values, "provider": retired.provider.name, "today": retired.today},
            facts={"provider": retired.provider.name, "today": retired.today},
        )


def host_is_mx(case: Case) -> Iterator[Finding]:
    """A host where other servers deliver mail, used as a server for mail programs."""
    for side in given_sides(case):
        provider = mx_provider(case, side.server.ascii_host)
        if provider is None or side.accepted:
            continue
        today = documented_host(provider, side.server.protocol)
        yield make_finding(
            "host-is-mx",
            side.role,
            variant="known" if today else "",
            endpoint=side.endpoint,
            field=Field.HOST,
            values={**side.values, "provider": provider.name, "today": today},
            facts={"provider": provider.name, "today": today},
        )


def mx_provider(case: Case, host: str) -> Provider | None:
    """Return the provider whose mail exchanger a host is, unless it is a client server too."""
    if provider_of_server(case.providers, host) is not None:
        return None
    return provider_of_mx(case.providers, host)


def documented_host(provider: Provider, protocol: Protocol) -> str:
    """Return the provider's preferred server for a protocol, "" where it has none."""
    return next((s.host for s in provider.servers if s.protocol is protocol), "")


def username_incomplete(case: Case) -> Iterator[Finding]:
    """The provider wants the whole address and got a part, or the reverse."""
    for side in given_sides(case):
        other = other_username(case, side)
        provider = provider_behind(case, side.server)
        if not other or provider is None:
            continue
        local = "@" not in other
        yield make_finding(
            "username-incomplete",
            side.role,
            variant="local" if local else "",
            confidence=Confidence.POSSIBLE if local else Confidence.LIKELY,
            endpoint=side.endpoint,
            field=Field.USERNAME,
            values={
                **side.values,
                "provider": provider.name,
                "username": side.server.username,
                "other": other,
            },
            facts={"provider": provider.name},
        )


def other_username(case: Case, side: Side) -> str:
    """Return the user name in the form that the provider documents, "" where it fits already."""
    server = side.server
    email = case.account.email
    provider = provider_behind(case, server)
    if provider is None or side.let_in or server.auth is AuthMethod.NONE or "@" not in email:
        return ""
    return username_in_form(provider, server.protocol, server.username, email)


def username_in_form(provider: Provider, protocol: Protocol, username: str, email: str) -> str:
    """Return the documented form of a user name, "" where it is that already or nothing is known.

    Only the person's own address is ever proposed: a user name that is not part of it may belong
    to another mailbox.
    """
    form = dict(provider.username_forms).get(protocol)
    local = local_part_of(email)
    if form == "full" and "@" not in username and username.lower() == local.lower():
        return email
    if form == "local" and username.lower() == email.lower():
        return local
    return ""


def provider_behind(case: Case, server: Server) -> Provider | None:
    """Return the provider of a server; the address decides where several share one."""
    by_domain = provider_of_domain(case.providers, domain_of(case.account.email))
    if by_domain is not None and any(s.host == server.ascii_host for s in by_domain.servers):
        return by_domain
    return provider_of_server(case.providers, server.ascii_host)


def password_suspicious(case: Case) -> Iterator[Finding]:
    """What copying, another keyboard or a wrong box makes of a password."""
    for side in given_sides(case):
        traits = case.passwords.of(side.role)
        taken = side.let_in or side.server.auth in (AuthMethod.NONE, AuthMethod.OAUTH2)
        if traits is None or taken or not traits.suspicious:
            continue
        first = next(text for name, text in PASSWORD_TRAITS.items() if getattr(traits, name))
        yield make_finding(
            "password-suspicious",
            side.role,
            variant="same" if traits.same_as_user else "",
            confidence=Confidence.POSSIBLE,
            endpoint=side.endpoint,
            field=Field.PASSWORD,
            explanation=first,
            facts={name: True for name in PASSWORD_TRAITS if getattr(traits, name)},
        )
