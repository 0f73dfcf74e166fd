"""Causes that show when a connection is opened."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.catalogue.match import provider_of_server
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import Fact, make_finding
from mailcheck_gui.diagnosis.reading import connect_of, outcome_of
from mailcheck_gui.diagnosis.rules.advice import proven_way
from mailcheck_gui.diagnosis.rules.names import is_redirected
from mailcheck_gui.diagnosis.rules.offline import is_offline
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.diagnosis.silence import (
    ALIVE,
    Silence,
    answering_controls,
    cause_of_silence,
    host_is_lost,
    named,
)
from mailcheck_gui.model.account import Field, Security
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.observation import (
    ConnectObservation,
    ConnectOutcome,
    EndpointObservation,
)


def port_closed(case: Case) -> Iterator[Finding]:
    """RST: the host is there, nothing listens."""
    for side, seen in not_open(case):
        if outcome_of(seen) is ConnectOutcome.CLOSED:
            yield make_finding(
                "port-closed",
                side.role,
                endpoint=side.endpoint,
                field=Field.PORT,
                values=side.values,
                remedy=proven_way(side),
                facts=connect_facts(side, seen),
            )


def port_silent(case: Case) -> Iterator[Finding]:
    """No answer on this port, and not enough evidence to say whose filter it is."""
    for side, seen in not_open(case):
        connect = connect_of(seen)
        if connect is None or cause_of_silence(case, side) is not Silence.UNKNOWN:
            continue
        yield make_finding(
            "port-silent",
            side.role,
            variant=_silence_variant(side, connect),
            confidence=Confidence.CERTAIN if connect.final else Confidence.LIKELY,
            endpoint=side.endpoint,
            field=Field.PORT,
            values={**side.values, **_waiting(connect)},
            remedy=proven_way(side),
            facts=connect_facts(side, seen),
        )


def _silence_variant(side: Side, connect: ConnectObservation) -> str:
    if connect.outcome is ConnectOutcome.UNREACHABLE:
        return "router"
    if not connect.final:
        return "so-far"
    alive = any(outcome_of(seen) in ALIVE for seen in side.host_seen)
    return "" if alive else "alone"


def _waiting(connect: ConnectObservation) -> dict[str, object]:
    router = connect.icmp.router if connect.icmp else ""
    seconds = connect.elapsed_ms / 1000
    return {
        "seconds": f"{seconds:.0f}" if seconds >= 2 else f"{seconds:.1f}",
        "router": f"The router {router}" if router else "A router",
    }


def port_blocked_by_computer(case: Case) -> Iterator[Finding]:
    """EACCES, EPERM or WSAEACCES without an ICMP message: a filter on this computer."""
    for side, seen in not_open(case):
        if outcome_of(seen) is ConnectOutcome.DENIED:
            yield make_finding(
                "port-blocked-by-computer",
                side.role,
                endpoint=side.endpoint,
                field=Field.PORT,
                values=side.values,
                remedy=proven_way(side),
                facts=connect_facts(side, seen),
            )


def host_unreachable(case: Case) -> Iterator[Finding]:
    """A router said so, or every port is silent: likely, and certain where controls answer."""
    for side, seen in not_open(case):
        if cause_of_silence(case, side) is not Silence.HOST:
            continue
        attempts = [connect for o in side.host_seen if (connect := connect_of(o)) is not None]
        outcomes = {attempt.outcome for attempt in attempts} - {ConnectOutcome.NOT_TRIED}
        reports = [a for a in attempts if a.outcome is ConnectOutcome.UNREACHABLE]
        connect = reports[0] if reports else connect_of(seen)
        if connect is None:
            continue
        alike = len(outcomes) == 1 and ConnectOutcome.SILENT not in outcomes
        others = answering_controls(case, side.server.port) if connect.final else ()
        yield make_finding(
            "host-unreachable",
            side.role,
            variant=_loss_variant(connect, others_answer=bool(others)),
            confidence=Confidence.CERTAIN if alike or others else Confidence.LIKELY,
            endpoint=side.endpoint,
            field=Field.HOST,
            values={**side.values, **_waiting(connect)},
            facts=connect_facts(side, seen) | ({"controls": named(others)} if others else {}),
        )


def _loss_variant(connect: ConnectObservation, *, others_answer: bool) -> str:
    if connect.outcome is ConnectOutcome.UNREACHABLE:
        return "reported"
    if connect.outcome is ConnectOutcome.NO_ROUTE:
        return "no-route"
    if not connect.final:
        return "so-far"
    return "others-answer" if others_answer else ""


def stronger_port_silent(case: Case) -> Iterator[Finding]:
    """A documented port for SSL/TLS of this host that does not answer, beside the configured one.

    The attack this shows: the secure ports are cut, so that people settle for a weaker one.
    """
    for side in given_sides(case):
        provider = provider_of_server(case.providers, side.server.ascii_host)
        documented = {
            (server.protocol, server.port)
            for server in (provider.servers if provider else ())
            if server.host == side.server.ascii_host
            and server.security is Security.IMPLICIT_TLS
            and server.protocol is side.server.protocol
            and server.port != side.server.port
        }
        for seen in side.host_seen:
            wanted = (seen.endpoint.protocol, seen.endpoint.port) in documented
            if wanted and outcome_of(seen) is ConnectOutcome.SILENT and not host_is_lost(side):
                yield make_finding(
                    "port-silent",
                    side.role,
                    variant="stronger",
                    confidence=Confidence.LIKELY,
                    endpoint=seen.endpoint,
                    values={**side.values, "port": seen.endpoint.port},
                    facts={"address": seen.address or ""},
                )


def not_open(case: Case) -> Iterator[tuple[Side, EndpointObservation]]:
    """Yield the sides whose configured port opened at no address, with the telling address."""
    if is_offline(case):
        return
    for side in given_sides(case):
        seen = side.main
        if seen is None or is_redirected(side):
            continue
        if outcome_of(seen) is not ConnectOutcome.OPEN:
            yield side, seen


def connect_facts(side: Side, seen: EndpointObservation) -> dict[str, Fact]:
    """Return the evidence of a port that did not open, the router that said so included."""
    connect = connect_of(seen)
    ports = sorted(
        {o.endpoint.port for o in side.host_seen if outcome_of(o) is ConnectOutcome.OPEN}
    )
    facts: dict[str, Fact] = {
        "address": seen.address or "",
        "open_ports": ", ".join(map(str, ports)),
    }
    if connect is not None:
        facts |= {"elapsed_ms": round(connect.elapsed_ms), "error": connect.error}
        if connect.icmp is not None:
            icmp = connect.icmp
            facts |= {"icmp": f"type {icmp.kind} code {icmp.code}", "router": icmp.router}
    return facts
