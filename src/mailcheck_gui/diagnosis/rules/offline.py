"""No way out of this computer: the one cause that hides all others."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.diagnosis.addresses import is_loopback
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import make_finding
from mailcheck_gui.diagnosis.reading import outcome_of
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.finding import Finding
from mailcheck_gui.model.observation import ConnectOutcome, EndpointObservation


def offline(case: Case) -> Iterator[Finding]:
    """No route; without control probes this is all that can be known."""
    if is_offline(case):
        network = case.observations.network
        yield make_finding(
            "offline",
            Role.ACCOUNT,
            facts={
                "ipv4_route": network.has_ipv4_route is True,
                "ipv6_route": network.has_ipv6_route is True,
            },
        )


def is_offline(case: Case) -> bool:
    """Whether this computer has no route at all.

    Servers on this computer itself need no route, so they say nothing here.
    """
    servers = [server for _, server in case.account.sides()]
    if not servers or all(is_loopback(server.ascii_host) for server in servers):
        return False
    outcomes = {outcome_of(seen) for seen in case.observations.endpoints if _is_outside(seen)}
    outcomes.discard(ConnectOutcome.NOT_TRIED)
    if outcomes - {ConnectOutcome.NO_ROUTE}:
        return False  # a connection attempt found a route, whatever became of it
    network = case.observations.network
    no_route = network.has_ipv4_route is False and network.has_ipv6_route is False
    if network.has_ipv4_route is None and network.has_ipv6_route is None:
        no_route = bool(outcomes)
    return no_route


def _is_outside(seen: EndpointObservation) -> bool:
    return seen.address is not None and not is_loopback(seen.address)
