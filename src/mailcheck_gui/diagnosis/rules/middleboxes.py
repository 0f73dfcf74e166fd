"""Somebody on the way answers in place of the mail servers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from mailcheck_gui.diagnosis.addresses import is_loopback
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import make_finding
from mailcheck_gui.diagnosis.reading import MAIL, is_open, outcome_of, plain_greeting, spoken
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.diagnosis.silence import controls_on, named
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    ControlObservation,
    ControlPurpose,
    EndpointObservation,
    Spoken,
)

_PORTS_OF_A_PORTAL = 4  # real web servers do not listen on every mail port
_WORDS_OF_A_PORTAL = 2  # a plain port is asked only once per host, the others stay mute


def captive_portal(case: Case) -> Iterator[Finding]:
    """Every port answers alike, and in the words of a web server."""
    if not is_captive(case):
        return
    answers = sorted(
        (seen for seen in _outside(case) if spoken(seen) is Spoken.HTTP),
        key=lambda seen: (seen.endpoint, seen.address or ""),
    )
    greeting = plain_greeting(answers[0])
    yield make_finding(
        "captive-portal",
        Role.ACCOUNT,
        confidence=Confidence.LIKELY,
        facts={"answers": ", ".join(dict.fromkeys(str(seen.endpoint) for seen in answers))},
        quote=greeting.raw if greeting else b"",
    )


@lru_cache(maxsize=8)  # several rules of one case ask
def is_captive(case: Case) -> bool:
    """Whether every port that was tried is open, none speaks mail, and several speak HTTP."""
    seen = _outside(case)
    ports = {o.endpoint.port for o in seen}
    heard = [spoken(o) for o in seen]
    return (
        len(ports) >= _PORTS_OF_A_PORTAL
        and all(is_open(o) for o in seen)
        and not any(word is not None and word is not Spoken.HTTP for word in heard)
        and heard.count(Spoken.HTTP) >= _WORDS_OF_A_PORTAL
    )


def _outside(case: Case) -> list[EndpointObservation]:
    return [
        seen
        for seen in case.observations.endpoints
        if seen.address is not None
        and not is_loopback(seen.address)
        and outcome_of(seen) not in (ConnectOutcome.NOT_TRIED, ConnectOutcome.NO_ROUTE)
    ]


def transparent_proxy(case: Case) -> Iterator[Finding]:
    """An address that no computer has answers on the port, or unrelated servers greet alike.

    A line that accepts connections to just anything (some VPNs do) proves nothing.
    """
    for side in given_sides(case):
        seen = side.main
        if seen is None or not is_open(seen) or side.verified or _accepts_everything(case):
            continue
        port = side.server.port
        answered = _unused(case, port)
        alike = [] if answered else _greet_alike(case, side, seen)
        if not answered and not alike:
            continue
        yield make_finding(
            "transparent-proxy",
            side.role,
            variant="" if answered else "alike",
            confidence=Confidence.CERTAIN if answered else Confidence.LIKELY,
            endpoint=side.endpoint,
            values=side.values,
            facts={
                "unused_address": answered[0].host if answered else "",
                "controls": named(alike or controls_on(case, port)),
            },
            quote=_words(seen),
        )


def _unused(case: Case, port: int) -> list[ControlObservation]:
    return [
        c
        for c in case.observations.controls
        if c.purpose is ControlPurpose.UNUSED
        and c.port == port
        and c.connect.outcome is ConnectOutcome.OPEN
    ]


def _accepts_everything(case: Case) -> bool:
    return any(
        c.purpose is ControlPurpose.UNUSED_HIGH and c.connect.outcome is ConnectOutcome.OPEN
        for c in case.observations.controls
    )


def _greet_alike(case: Case, side: Side, seen: EndpointObservation) -> list[ControlObservation]:
    """Return the controls that greet with the target's own words, where two unrelated ones do.

    A greeting names its server, so those of different operators never agree by chance.
    """
    words = _words(seen).strip()
    if not words or spoken(seen) not in MAIL:
        return []
    alike = [c for c in controls_on(case, side.server.port) if c.greeting.strip() == words]
    return alike if len({c.operator for c in alike}) > 1 else []


def _words(seen: EndpointObservation) -> bytes:
    greeting = plain_greeting(seen)
    return greeting.raw if greeting else b""
