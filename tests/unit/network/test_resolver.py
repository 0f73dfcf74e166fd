from __future__ import annotations

import asyncio
import socket
import sys

import pytest

from mailcheck_gui.model.observation import NameObservation, NameOutcome
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.name_server import NameServerAnswer, NameServerReply
from mailcheck_gui.network.resolver import explained, resolve, system_answer

HOST = "mail.example.test"


def look_up(host: str, seconds: float = 10) -> NameObservation:
    return asyncio.run(resolve(host, Deadline.after(seconds)))


@pytest.mark.parametrize("literal", ["192.0.2.1", "2001:db8::1", "::1"])
def test_an_address_needs_no_look_up(literal: str) -> None:
    assert look_up(literal) == NameObservation(literal, NameOutcome.LITERAL, (literal,))


def test_a_name_that_this_computer_knows() -> None:
    found = look_up("localhost")
    assert found.outcome is NameOutcome.FOUND
    assert {"127.0.0.1", "::1"} & set(found.addresses)
    assert len(found.addresses) == len(set(found.addresses))
    assert found.elapsed_ms > 0 or sys.platform == "win32"  # its clock ticks every 16 ms


def test_a_name_that_does_not_exist_is_a_value() -> None:
    """RFC 6761: no resolver finds anything under .invalid; without one the look-up fails."""
    missing = look_up("mail.does-not-exist.invalid")
    assert missing.outcome in {NameOutcome.NOT_FOUND, NameOutcome.FAILED}
    assert missing.addresses == ()
    assert missing.detail


@pytest.mark.parametrize("host", [f"{'a' * 64}.test", "mail..test", ""])
def test_a_name_that_cannot_exist_is_a_value(host: str) -> None:
    assert look_up(host).outcome in {NameOutcome.NOT_FOUND, NameOutcome.FAILED}


def test_the_deadline_ends_a_look_up() -> None:
    assert look_up("localhost", seconds=0).outcome is NameOutcome.TIMED_OUT


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        (socket.EAI_NONAME, NameOutcome.NOT_FOUND),
        (socket.EAI_AGAIN, NameOutcome.FAILED),
        (socket.EAI_FAIL, NameOutcome.FAILED),
        (socket.EAI_MEMORY, NameOutcome.FAILED),
        (11004, NameOutcome.NO_ADDRESS),
    ],
)
def test_what_the_system_says_by_itself(number: int, outcome: NameOutcome) -> None:
    answer = system_answer(HOST, socket.gaierror(number, "the system's words"))
    assert answer == NameObservation(HOST, outcome, detail="the system's words")


@pytest.mark.skipif(
    getattr(socket, "EAI_NODATA", socket.EAI_NONAME) == socket.EAI_NONAME,
    reason="this system has no such code",
)
def test_no_data_is_no_address() -> None:
    answer = system_answer(HOST, socket.gaierror(socket.EAI_NODATA, ""))
    assert answer.outcome is NameOutcome.NO_ADDRESS


SAID_NOT_FOUND = NameObservation(HOST, NameOutcome.NOT_FOUND, detail="not known")
SAID_FAILED = NameObservation(HOST, NameOutcome.FAILED, detail="try again")


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (NameServerAnswer.NO_SUCH_NAME, NameOutcome.NOT_FOUND),
        (NameServerAnswer.NO_ADDRESS, NameOutcome.NO_ADDRESS),
        (NameServerAnswer.HAS_ADDRESS, NameOutcome.NOT_FOUND),
        (NameServerAnswer.UNKNOWN, NameOutcome.NOT_FOUND),
    ],
)
def test_a_name_server_tells_a_missing_name_from_missing_addresses(
    answer: NameServerAnswer, outcome: NameOutcome
) -> None:
    assert explained(SAID_NOT_FOUND, NameServerReply(answer)).outcome is outcome


def test_a_name_server_names_the_reason_of_a_failure() -> None:
    reply = NameServerReply(NameServerAnswer.UNKNOWN, "SERVFAIL")
    seen = explained(SAID_FAILED, reply)
    assert (seen.outcome, seen.detail) == (NameOutcome.FAILED, "try again (SERVFAIL)")


def test_a_failure_of_the_system_stays_a_failure() -> None:
    reply = NameServerReply(NameServerAnswer.NO_SUCH_NAME)
    assert explained(SAID_FAILED, reply) == SAID_FAILED
