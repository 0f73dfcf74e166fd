"""No way out of this computer: the one cause that hides all others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from mailcheck_gui.diagnosis.addresses import is_loopback
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import Fact, make_finding
from mailcheck_gui.diagnosis.reading import outcome_of, was_being_called
from mailcheck_gui.diagnosis.silence import ALIVE, named, no_control_answers
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.observation import ConnectOutcome, EndpointObservation


def offline(case: Case) -> Iterator[Finding]:
    """No route at all, or neither the account's servers nor any control answers."""
    if not is_offline(case):
        return
    network = case.observations.network
    routes: dict[str, Fact] = {
        "ipv4_route": network.has_ipv4_route is True,
        "ipv6_route": network.has_ipv6_route is True,
    }
    if _has_no_route(case):
        yield make_finding("offline", Role.ACCOUNT, facts=routes)
    else:
        yield make_finding(
            "offline",
            Role.ACCOUNT,
            variant="no-answer",
            confidence=Confidence.LIKELY,
            facts=routes | {"controls": named(case.observations.controls)},
        )


@lru_cache(maxsize=8)  # several rules of one case ask
def is_offline(case: Case) -> bool:
    """Whether this computer reaches nothing at all.

    Without control probes only a missing route shows that. Servers on this computer itself need
    no route, so they say nothing here.
    """
    return _has_no_route(case) or _nothing_answers(case)


def _nothing_answers(case: Case) -> bool:
    alive = any(outcome_of(seen) in ALIVE for seen in case.observations.endpoints)
    return not alive and no_control_answers(case)


def _has_no_route(case: Case) -> bool:
    servers = [server for _, server in case.account.sides()]
    if not servers or all(is_loopback(server.ascii_host) for server in servers):
        return False
    outside = [seen for seen in case.observations.endpoints if _is_outside(seen)]
    outcomes = {outcome_of(seen) for seen in outside} - {ConnectOutcome.NOT_TRIED}
    if outcomes - {ConnectOutcome.NO_ROUTE} or any(was_being_called(seen) for seen in outside):
        return False  # a connection attempt found a route, whatever became of it
    network = case.observations.network
    no_route = network.has_ipv4_route is False and network.has_ipv6_route is False
    if network.has_ipv4_route is None and network.has_ipv6_route is None:
        no_route = bool(outcomes)
    return no_route


def _is_outside(seen: EndpointObservation) -> bool:
    return seen.address is not None and not is_loopback(seen.address)
