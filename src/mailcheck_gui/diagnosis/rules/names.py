"""Causes that show when a name is looked up."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from mailcheck_gui.catalogue.match import server_hosts
from mailcheck_gui.diagnosis.addresses import domain_of
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import make_finding
from mailcheck_gui.diagnosis.near_servers import near_servers
from mailcheck_gui.diagnosis.reading import has_bad_certificate, is_verified, spoken
from mailcheck_gui.diagnosis.rules.offline import is_offline
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.model.account import Field, Security
from mailcheck_gui.model.addresses import is_ip_literal, is_public_address
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.observation import EndpointObservation, NameOutcome, Spoken

_LOCAL_SUFFIXES = (".local", ".localhost", ".lan", ".internal", ".home.arpa", ".intranet", ".home")
"""Names that are meant for one network only (RFC 6762, RFC 8375, and what routers hand out)."""

_LOOKUP_FAILURES = (NameOutcome.FAILED, NameOutcome.TIMED_OUT)


def host_typo(case: Case) -> Iterator[Finding]:
    """A name nearly known: it does not exist, or no good mail server stands behind it."""
    if is_offline(case):
        return
    for side in given_sides(case):
        near = near_hosts(case, side)
        if not near or not _suspect(side):
            continue
        known = near[0] in set(server_hosts(case.providers))
        exists = _name_outcome(side) is NameOutcome.FOUND
        if exists and not known:
            continue  # names that merely fit the address prove nothing against one that exists
        yield make_finding(
            "host-typo",
            side.role,
            variant="exists" if exists else "" if known else "own-domain",
            confidence=Confidence.POSSIBLE if exists else Confidence.LIKELY,
            endpoint=side.endpoint,
            field=Field.HOST,
            values={**side.values, "near": near[0]},
            facts={"host": side.server.ascii_host, "near": near[0]},
        )


def near_hosts(case: Case, side: Side) -> tuple[str, ...]:
    """Return server names that the configured one may be a misspelling of."""
    server, domain = side.server, domain_of(case.account.email)
    return near_servers(case.providers, server.protocol, server.ascii_host, domain)


def _suspect(side: Side) -> bool:
    """Whether the name failed: it has no address, or nothing verified stands behind it."""
    outcome = _name_outcome(side)
    if outcome in (NameOutcome.NOT_FOUND, NameOutcome.NO_ADDRESS):
        return True
    if outcome is not NameOutcome.FOUND:
        return False
    bad = any(has_bad_certificate(seen) for seen in side.host_seen)
    protocol = side.server.protocol
    reached = any(
        is_verified(seen, protocol, security)
        for seen in side.host_seen
        for security in (Security.IMPLICIT_TLS, Security.STARTTLS)
    )
    return bad and not reached


def _name_outcome(side: Side) -> NameOutcome | None:
    return side.name.outcome if side.name else None


def name_not_found(case: Case) -> Iterator[Finding]:
    """NXDOMAIN."""
    if is_offline(case):
        return
    for side in given_sides(case):
        if _name_outcome(side) is not NameOutcome.NOT_FOUND:
            continue
        near = near_hosts(case, side)
        yield make_finding(
            "name-not-found",
            side.role,
            variant="near" if near else "",
            endpoint=side.endpoint,
            field=Field.HOST,
            values={**side.values, "near": near[0] if near else ""},
            facts=_lookup_facts(side),
        )


def name_has_no_address(case: Case) -> Iterator[Finding]:
    """The name exists, without A and AAAA."""
    if is_offline(case):
        return
    for side in given_sides(case):
        if _name_outcome(side) is NameOutcome.NO_ADDRESS:
            yield make_finding(
                "name-has-no-address",
                side.role,
                endpoint=side.endpoint,
                field=Field.HOST,
                values=side.values,
                facts=_lookup_facts(side),
            )


def name_lookup_failed(case: Case) -> Iterator[Finding]:
    """SERVFAIL, REFUSED or no answer: the look-up failed, which says nothing about the name."""
    if is_offline(case):
        return
    for side in given_sides(case):
        if _name_outcome(side) in _LOOKUP_FAILURES:
            yield make_finding(
                "name-lookup-failed",
                side.role,
                endpoint=side.endpoint,
                values=side.values,
                facts=_lookup_facts(side),
            )


def _lookup_facts(side: Side) -> dict[str, str | int]:
    assert side.name is not None
    return {
        "name": side.name.host,
        "outcome": side.name.outcome.value,
        "detail": side.name.detail,
        "elapsed_ms": round(side.name.elapsed_ms),
    }


def name_redirected(case: Case) -> Iterator[Finding]:
    """A public name leads to loopback, 0.0.0.0 or a private address, and no mail server is there.

    A company may give its own server a private address inside its network: that works, and is no
    fault.
    """
    for side in given_sides(case):
        if not is_redirected(side) or side.name is None:
            continue
        address = side.name.addresses[0]
        nowhere = ipaddress.ip_address(address.partition("%")[0])
        yield make_finding(
            "name-redirected",
            side.role,
            variant="nowhere" if nowhere.is_loopback or nowhere.is_unspecified else "",
            confidence=Confidence.LIKELY,
            endpoint=side.endpoint,
            field=Field.HOST,
            values={**side.values, "address": address},
            facts={"addresses": ", ".join(side.name.addresses)},
        )


def is_redirected(side: Side) -> bool:
    """Whether a side's public name has only addresses that no server of the internet has."""
    name, host = side.name, side.server.ascii_host
    if name is None or name.outcome is not NameOutcome.FOUND or not name.addresses:
        return False
    if "." not in host or host.endswith(_LOCAL_SUFFIXES) or is_ip_literal(host):
        return False
    if any(is_public_address(address) for address in name.addresses):
        return False
    return not any(_is_mail(seen, side) for seen in side.host_seen)


def _is_mail(seen: EndpointObservation, side: Side) -> bool:
    """Whether the expected protocol spoke at an address, encrypted or not."""
    return spoken(seen) == Spoken(side.server.protocol.value)
