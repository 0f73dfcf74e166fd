"""IPv4 works and IPv6 does not, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import make_finding
from mailcheck_gui.diagnosis.reading import connect_of, mute_for, outcome_of, speaks
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.endpoint import Family
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndpointObservation,
    Speaks,
    family_of,
)

_NOT_ITS_FAULT = frozenset({ConnectOutcome.NOT_TRIED, ConnectOutcome.NO_ROUTE})
"""A computer without IPv6 at all has no broken IPv6: programs do not try it there."""


def ipv6_broken(case: Case) -> Iterator[Finding]:
    """AAAA does not work, A does."""
    return _broken(case, "ipv6-broken", Family.V6)


def ipv4_broken(case: Case) -> Iterator[Finding]:
    """A does not work, AAAA does."""
    return _broken(case, "ipv4-broken", Family.V4)


def _broken(case: Case, code: str, family: Family) -> Iterator[Finding]:
    sides = [side for side in given_sides(case) if _is_broken(case, side, family)]
    hosts = {side.server.ascii_host for side in sides}
    plain = [side for side in sides if not _variant(side, family)]
    if len(hosts) > 1 and len(plain) == len(sides):
        yield make_finding(
            code,
            Role.ACCOUNT,
            variant="line",
            confidence=Confidence.LIKELY,
            facts={"hosts": ", ".join(sorted(hosts))},
        )
        return
    for side in sides:
        addresses = [o.address for o in _of_family(side, family) if o.address]
        yield make_finding(
            code,
            side.role,
            variant=_variant(side, family),
            confidence=_confidence(side, family),
            endpoint=side.endpoint,
            values=side.values,
            facts={"addresses": ", ".join(addresses)},
        )


def _is_broken(case: Case, side: Side, family: Family) -> bool:
    mine = _of_family(side, family)
    others = [seen for seen in side.configured if seen.address and seen not in mine]
    return (
        bool(mine)
        and all(_does_not_work(case, seen) for seen in mine)
        and any(_works(seen) for seen in others)
    )


def _of_family(side: Side, family: Family) -> list[EndpointObservation]:
    return [
        seen
        for seen in side.configured
        if seen.address is not None
        and family_of(seen.address) is family
        and outcome_of(seen) not in _NOT_ITS_FAULT
    ]


def _works(seen: EndpointObservation) -> bool:
    return speaks(seen) in (Speaks.IMPLICIT_TLS, Speaks.PLAINTEXT)


def _does_not_work(case: Case, seen: EndpointObservation) -> bool:
    """Whether nothing usable came back."""
    if outcome_of(seen) is not ConnectOutcome.OPEN:
        return bool(seen.conversations)
    mute_ms = mute_for(seen) or 0.0
    return speaks(seen) is Speaks.NOTHING or mute_ms >= case.thresholds.mute_provisional * 1000


def _variant(side: Side, family: Family) -> str:
    if _refused(side, family):
        return "server"
    return "so-far" if _may_still_answer(side, family) else ""


def _confidence(side: Side, family: Family) -> Confidence:
    return Confidence.POSSIBLE if _may_still_answer(side, family) else Confidence.LIKELY


def _may_still_answer(side: Side, family: Family) -> bool:
    """Whether silence was cut short at an address: it is told, and judged no better for that."""
    return any(_was_cut_short(seen) for seen in _of_family(side, family))


def _was_cut_short(seen: EndpointObservation) -> bool:
    connect = connect_of(seen)
    if connect is not None and connect.outcome is ConnectOutcome.SILENT:
        return not connect.final
    return mute_for(seen) is not None and speaks(seen) is not Speaks.NOTHING


def _refused(side: Side, family: Family) -> bool:
    return all(outcome_of(o) is ConnectOutcome.CLOSED for o in _of_family(side, family))
