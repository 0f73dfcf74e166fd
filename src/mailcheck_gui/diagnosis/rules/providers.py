"""What the provider of the account wants or lacks, whatever the settings are."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.catalogue.match import provider_of_domain, provider_of_server
from mailcheck_gui.diagnosis.addresses import domain_of, is_loopback
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import make_finding
from mailcheck_gui.diagnosis.sides import given_sides
from mailcheck_gui.model.account import AuthMethod, Field, Role
from mailcheck_gui.model.finding import Confidence, Finding, Message, Provider


def provider_needs_preparation(case: Case) -> Iterator[Finding]:
    """Steps at the provider before a mail program may sign in; one finding for each step.

    Silent once every side has signed in: then the steps were done.
    """
    provider = account_provider(case)
    if provider is None or _has_signed_in(case):
        return
    for step in provider.preparation:
        yield make_finding(
            "provider-needs-preparation",
            Role.ACCOUNT,
            variant="" if step.url else "no-page",
            confidence=Confidence.LIKELY,
            values={
                "provider": provider.name,
                "url": step.url,
                "source": step.source,
                "date": step.date,
            },
            explanation=Message(step.text),
            facts={"url": step.url, "source": step.source, "date": step.date},
        )


def _has_signed_in(case: Case) -> bool:
    wanting = [side for side in given_sides(case) if side.server.auth is not AuthMethod.NONE]
    return bool(wanting) and all(side.accepted for side in wanting)


def provider_unsupported(case: Case) -> Iterator[Finding]:
    """No IMAP, POP3 or SMTP at all, or only through a bridge that is not what was entered."""
    provider = account_provider(case)
    if provider is None or not provider.unsupported or _uses_bridge(case, provider):
        return
    yield make_finding(
        "provider-unsupported",
        Role.ACCOUNT,
        variant="bridge" if provider.servers else "",
        field=Field.EMAIL,
        values={"provider": provider.name},
        explanation=Message(provider.unsupported),
        facts={"provider": provider.name},
    )


def _uses_bridge(case: Case, provider: Provider) -> bool:
    """Whether every given side leads to the bridge on this computer or to a documented server."""
    documented = {server.host for server in provider.servers}
    hosts = [side.server.ascii_host for side in given_sides(case)]
    return bool(hosts) and all(is_loopback(host) or host in documented for host in hosts)


def account_provider(case: Case) -> Provider | None:
    """Return the provider of the address, else of the servers."""
    provider = provider_of_domain(case.providers, domain_of(case.account.email))
    if provider is not None:
        return provider
    hosts = [side.server.ascii_host for side in given_sides(case)]
    found = [provider_of_server(case.providers, host) for host in hosts if not is_loopback(host)]
    return next((p for p in found if p is not None), None)
