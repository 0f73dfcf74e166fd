"""Whose filter keeps a port silent. Needs control probes; without them `reach.py` has the word."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import make_finding
from mailcheck_gui.diagnosis.rules.advice import proven_way
from mailcheck_gui.diagnosis.rules.reach import connect_facts, not_open
from mailcheck_gui.diagnosis.silence import (
    Silence,
    answering_controls,
    cause_of_silence,
    controls_on,
    named,
)
from mailcheck_gui.model.account import Field
from mailcheck_gui.model.finding import Confidence, Finding


def port_blocked_by_network(case: Case) -> Iterator[Finding]:
    """Silent for the target and for two unrelated controls, while other ports work."""
    for side, seen in not_open(case):
        if cause_of_silence(case, side) is not Silence.NETWORK:
            continue
        port = side.server.port
        facts = connect_facts(side, seen) | {"controls": named(controls_on(case, port))}
        yield make_finding(
            Silence.NETWORK.value,
            side.role,
            variant="router" if facts.get("router") else "",
            confidence=Confidence.LIKELY,
            endpoint=side.endpoint,
            field=Field.PORT,
            values={**side.values, "router": facts.get("router", "")},
            remedy=proven_way(side),
            facts=facts,
        )


def port_blocked_by_server(case: Case) -> Iterator[Finding]:
    """Silent, while controls answer on the same port and the host answers on others."""
    for side, seen in not_open(case):
        if cause_of_silence(case, side) is Silence.SERVER:
            controls = answering_controls(case, side.server.port)
            yield make_finding(
                Silence.SERVER.value,
                side.role,
                confidence=Confidence.LIKELY,
                endpoint=side.endpoint,
                field=Field.PORT,
                values=side.values,
                remedy=proven_way(side),
                facts=connect_facts(side, seen) | {"controls": named(controls)},
            )


def address_banned(case: Case) -> Iterator[Finding]:
    """No mail port of the host answers, its web port does, and controls answer on the port.

    A web server that never had mail looks the same where its firewall drops; the words say so.
    """
    for side, seen in not_open(case):
        if cause_of_silence(case, side) is Silence.BANNED:
            controls = answering_controls(case, side.server.port)
            yield make_finding(
                Silence.BANNED.value,
                side.role,
                confidence=Confidence.LIKELY,
                endpoint=side.endpoint,
                field=Field.HOST,
                values=side.values,
                facts=connect_facts(side, seen) | {"web_port": 443, "controls": named(controls)},
            )
