"""How many connections, to which addresses, and how long a run waits for silence."""

from __future__ import annotations

import pytest
from engine_stage import (
    IMAP,
    POP3,
    SMTP,
    SSL,
    STARTTLS,
    V4,
    V6,
    Behind,
    Stage,
    hurried,
    incoming,
    outgoing,
    server,
    speaking,
)

from mailcheck_gui.model.account import Account
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndKind,
    HandshakeOutcome,
    Opening,
)
from mailcheck_gui.model.observation import Stage as TalkStage
from mailcheck_gui.practice.behaviour import Fault, Misstep
from mailcheck_gui.practice.servers import Door

MANY = tuple(f"203.0.113.{last}" for last in range(91, 97))
PATIENT = {"run_timeout": 60.0, "syn_final": 40.0, "mute_final": 40.0, "step_timeout": 40.0}

ALL_PORTS: dict[int, Behind] = {
    143: speaking(IMAP),
    993: speaking(IMAP, implicit=True),
    110: speaking(POP3),
    995: speaking(POP3, implicit=True),
    25: speaking(SMTP),
    465: speaking(SMTP, implicit=True),
    587: speaking(SMTP),
    2525: speaking(SMTP),
}


def test_a_configured_endpoint_is_tried_on_four_addresses_of_a_family() -> None:
    seen = Stage(ALL_PORTS, addresses=(*MANY, V6)).probe(incoming(IMAP, SSL))

    assert [row.address for row in seen.endpoints] == [*MANY[:4], V6]
    assert seen.unprobed == 2
    assert len(seen.sign_ins) == 1


def test_neighbours_are_tried_on_the_address_that_answered_first() -> None:
    stage = Stage(ALL_PORTS, addresses=MANY[:2], dead_addresses=frozenset({MANY[0]}))
    seen = stage.probe(incoming(IMAP, SSL), neighbours=True)

    near = [row for row in seen.endpoints if not row.configured]
    assert {row.address for row in near} == {MANY[1]}
    assert len(near) == 3


def test_neighbours_are_tried_even_where_no_configured_address_answers() -> None:
    ports = ALL_PORTS | {993: Door.BLOCKED}
    seen = Stage(ports, addresses=MANY[:2]).probe(incoming(IMAP, SSL), neighbours=True)

    near = [row for row in seen.endpoints if not row.configured]
    assert {row.address for row in near} == {MANY[0]}


def test_eight_connections_to_a_host_are_open_at_once() -> None:
    account = Account(incoming=server(IMAP, SSL), outgoing=server(SMTP, STARTTLS))
    seen = Stage(ALL_PORTS, addresses=(V4, V6)).probe(account, neighbours=True)

    assert len(seen.endpoints) == 16
    assert seen.network.most_open <= 8
    assert seen.network.open == 0


def test_a_silent_neighbour_of_a_settled_side_is_not_waited_for() -> None:
    ports = ALL_PORTS | {2525: Door.BLOCKED}
    stage = Stage(ports, thresholds=hurried(**PATIENT))
    seen = stage.probe(outgoing(SSL), neighbours=True)

    (talk,) = seen.at(2525).conversations
    assert talk.connect.outcome is ConnectOutcome.SILENT
    assert not talk.connect.final


def test_a_mute_neighbour_of_a_settled_side_is_not_waited_for() -> None:
    mute = speaking(SMTP, faults=(Fault(TalkStage.GREETING, Misstep.SILENCE),))
    stage = Stage(ALL_PORTS | {25: mute}, thresholds=hurried(**PATIENT))
    seen = stage.probe(outgoing(SSL), neighbours=True)

    (talk,) = seen.at(25).conversations
    assert talk.end is not None
    assert (talk.end.kind, talk.end.stage) == (EndKind.STOPPED, TalkStage.GREETING)


def test_a_stronger_neighbour_is_waited_for() -> None:
    ports = ALL_PORTS | {465: Door.BLOCKED}
    seen = Stage(ports).probe(outgoing(STARTTLS, 587), neighbours=True)

    stronger = seen.talk(465, Opening.CLIENT_HELLO)
    assert stronger.connect.outcome is ConnectOutcome.SILENT
    assert stronger.connect.final


def test_nothing_is_settled_while_the_configured_way_has_no_stand_in() -> None:
    ports: dict[int, Behind] = {993: Door.BLOCKED, 143: Door.BLOCKED}
    seen = Stage(ports).probe(incoming(IMAP, SSL), neighbours=True)

    for port in (993, 143):
        (talk,) = seen.at(port).conversations
        assert talk.connect.final


@pytest.mark.parametrize("timeout", [0.1, 0.3])
def test_silence_cut_by_the_end_of_the_run_is_not_final(timeout: float) -> None:
    stage = Stage({993: Door.BLOCKED}, thresholds=hurried(run_timeout=timeout))
    seen = stage.probe(incoming(IMAP, SSL))

    (talk,) = seen.at(993).conversations
    assert talk.connect.outcome is ConnectOutcome.SILENT
    assert not talk.connect.final


def test_a_mute_server_is_asked_both_ways_and_named_as_such() -> None:
    mute = speaking(IMAP, faults=(Fault(TalkStage.GREETING, Misstep.SILENCE),))
    seen = Stage({143: mute}).probe(incoming(IMAP, STARTTLS, 143))

    listening = seen.talk(143, Opening.LISTEN)
    assert listening.end is not None
    assert (listening.end.kind, listening.end.stage) == (EndKind.TIMED_OUT, TalkStage.GREETING)
    hello = seen.talk(143, Opening.CLIENT_HELLO)
    assert hello.tls is not None
    assert hello.tls.outcome is HandshakeOutcome.TIMED_OUT
