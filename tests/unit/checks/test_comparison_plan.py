"""Who is asked for comparison, and when nobody is."""

from __future__ import annotations

import pytest

from mailcheck_gui.checks.comparison_plan import UNUSED_ADDRESSES, questions
from mailcheck_gui.model.account import Account, AuthMethod, Protocol, Role, Security, Server
from mailcheck_gui.model.control import Control
from mailcheck_gui.model.endpoint import Endpoint, Family
from mailcheck_gui.model.observation import (
    ConnectObservation,
    ConnectOutcome,
    ControlPurpose,
    Conversation,
    EndpointObservation,
    GreetingKind,
    GreetingObservation,
    HandshakeOutcome,
    Opening,
    Spoken,
    TlsObservation,
)

HOST, V4, V6 = "mail.example.com", "203.0.113.5", "2001:db8::5"
OPERATORS = ("One", "Two", "Three", "Four")
CONTROLS = tuple(
    Control(f"{name.lower()}.test", port, name, f"AS{number}", (f"{name.lower()}.test",), "", "")
    for number, name in enumerate(OPERATORS)
    for port in (443, 587, 993)
)


def account(port=587, host=HOST, security=Security.STARTTLS):
    server = Server(Protocol.SMTP, host, host, port, security, AuthMethod.PASSWORD, "anna")
    return Account("anna@example.com", outgoing=server)


def row(outcome, port=587, address=V4, configured=True, opening=Opening.LISTEN, **talk):
    return EndpointObservation(
        Role.OUTGOING,
        configured,
        Endpoint(Protocol.SMTP, HOST, port),
        Security.STARTTLS,
        address,
        (Conversation(opening, ConnectObservation(outcome), **talk),),
    )


def asked(*rows, controls=CONTROLS, given=None):
    return [(q.purpose, q.host, q.port) for q in questions(given or account(), rows, controls)]


SILENT, OPEN, CLOSED = ConnectOutcome.SILENT, ConnectOutcome.OPEN, ConnectOutcome.CLOSED
THREE = [(ControlPurpose.CONTROL, f"{name.lower()}.test", 587) for name in OPERATORS[:3]]


def test_a_silent_port_of_a_living_host_asks_three_controls():
    assert asked(row(SILENT), row(OPEN, 465, configured=False)) == THREE


def test_a_host_without_any_answer_asks_its_web_port_and_others():
    found = asked(row(SILENT), row(SILENT, 465, configured=False))
    assert found[:4] == [*THREE, (ControlPurpose.OWN_WEB, HOST, 443)]
    assert [q[2] for q in found[4:]] == [443, 443, 443]


@pytest.mark.parametrize(
    "outcome",
    [CLOSED, ConnectOutcome.DENIED, ConnectOutcome.NO_ROUTE, ConnectOutcome.NOT_TRIED],
)
def test_nobody_is_asked_where_nothing_is_silent(outcome):
    assert asked(row(outcome)) == []


def test_nobody_is_asked_where_one_address_is_open_and_works():
    greeting = GreetingObservation(GreetingKind.READY, Spoken.SMTP, b"220 x", 1.0)
    works = row(OPEN, greeting=greeting, tls=TlsObservation(HandshakeOutcome.VERIFIED))
    assert asked(works, row(SILENT, address=V6)) == []


def test_a_silent_neighbour_asks_nobody():
    assert asked(row(CLOSED), row(SILENT, 465, configured=False)) == []


def test_an_answer_that_cannot_be_trusted_asks_an_address_that_nobody_has():
    found = questions(account(), (row(OPEN),), CONTROLS)
    assert found[0].purpose is ControlPurpose.UNUSED
    assert (found[0].address, found[0].port) == (UNUSED_ADDRESSES[Family.V4], 587)
    assert all(question.wants_greeting for question in found[1:])


def test_an_unused_address_is_asked_over_each_ip_version_that_answers():
    rows = (row(OPEN), row(OPEN, address=V6))
    asked_addresses = [
        (question.family, question.address)
        for question in questions(account(), rows, CONTROLS)
        if question.purpose is ControlPurpose.UNUSED
    ]
    assert asked_addresses == list(UNUSED_ADDRESSES.items())


def test_operators_of_the_account_itself_are_left_out():
    given = account(host="smtp.one.test")
    mine = EndpointObservation(
        Role.OUTGOING, True, Endpoint(Protocol.SMTP, "smtp.one.test", 587), Security.STARTTLS, V4,
        (Conversation(Opening.LISTEN, ConnectObservation(SILENT)),),
    )  # fmt: skip
    names = {host for purpose, host, _ in asked(mine, given=given)
             if purpose is ControlPurpose.CONTROL}  # fmt: skip
    assert names == {"two.test", "three.test", "four.test"}


def test_controls_are_asked_over_the_ip_version_that_is_silent():
    found = questions(account(), (row(SILENT, address=V6), row(OPEN, 465)), CONTROLS)
    assert {question.family for question in found} == {Family.V6}


def test_ports_without_controls_ask_nobody_else():
    given = account(port=2525)
    assert asked(row(SILENT, 2525), row(OPEN, 465), given=given) == []
