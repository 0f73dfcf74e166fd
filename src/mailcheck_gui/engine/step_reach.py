"""The sentences for a side's first two steps: its name and its port."""

from __future__ import annotations

from mailcheck_gui.engine.side_facts import SideFacts, StepLine
from mailcheck_gui.model.endpoint import Family
from mailcheck_gui.model.event import StepState
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.model.observation import (
    ConnectObservation,
    ConnectOutcome,
    EndpointObservation,
    NameOutcome,
    family_of,
)


def name_line(facts: SideFacts) -> StepLine:
    """Return the step of the name look-up."""
    name, host = facts.name, facts.server.host
    if name is None:
        if facts.over:
            return StepLine(StepState.NOT_TESTED)
        return StepLine(StepState.RUNNING, message("Looking for {host}", host=host))
    match name.outcome:
        case NameOutcome.FOUND:
            return StepLine(StepState.WORKS, _found(name.addresses), name.elapsed_ms)
        case NameOutcome.LITERAL:
            return StepLine(StepState.WORKS, message("This is an address, not a name"))
        case NameOutcome.NOT_FOUND:
            sentence = message("There is no server called {host}", host=host)
        case NameOutcome.NO_ADDRESS:
            sentence = message("The name {host} has no address", host=host)
        case NameOutcome.TIMED_OUT:
            sentence = message("The look-up of {host} got no answer", host=host)
        case NameOutcome.FAILED:
            sentence = message("The look-up of {host} did not work", host=host)
    return StepLine(StepState.ERROR, sentence, name.elapsed_ms)


def _found(addresses: tuple[str, ...]) -> Message:
    if len(addresses) == 1:
        return message("Found: {address}", address=addresses[0])
    if len(addresses) == 2:
        return message("Found: {first} and {second}", first=addresses[0], second=addresses[1])
    return message(
        "Found: {first} and {count} more addresses", first=addresses[0], count=len(addresses) - 1
    )


def connect_line(facts: SideFacts) -> StepLine:
    """Return the step of the TCP connection, IPv4 and IPv6 taken together."""
    opened = [seen for row in facts.rows if (seen := _opened(row)) is not None]
    if opened:
        elapsed = min(seen.elapsed_ms for seen in opened)
        return StepLine(StepState.WORKS, _answered(facts), elapsed)
    port = facts.server.port
    if facts.complete:
        return _unanswered(facts)
    if facts.over:
        return StepLine(StepState.NOT_TESTED)
    if facts.late:
        return StepLine(StepState.RUNNING, message("No answer on port {port} so far", port=port))
    return StepLine(StepState.RUNNING, message("Calling port {port}", port=port))


def _opened(row: EndpointObservation) -> ConnectObservation | None:
    talks = (talk.connect for talk in row.conversations)
    return next((seen for seen in talks if seen.outcome is ConnectOutcome.OPEN), None)


def _answered(facts: SideFacts) -> Message:
    """Say over which IP versions the port answered, where there is more than one."""
    port = facts.server.port
    tried = {family_of(row.address) for row in facts.rows if row.address}
    answering = {family_of(row.address) for row in facts.rows if row.address and _opened(row)}
    if len(tried) == 1:
        return message("Port {port} answered", port=port)
    if len(answering) == 2:
        return message("Port {port} answered over IPv4 and IPv6", port=port)
    if not facts.complete:
        return message("Port {port} answered, one address is pending", port=port)
    if Family.V4 in answering:
        return message("Port {port} answered over IPv4, not over IPv6", port=port)
    return message("Port {port} answered over IPv6, not over IPv4", port=port)


def _unanswered(facts: SideFacts) -> StepLine:
    seen = [talk.connect for row in facts.rows for talk in row.conversations]
    tried = [connect for connect in seen if connect.outcome is not ConnectOutcome.NOT_TRIED]
    if not tried:
        return StepLine(StepState.NOT_TESTED)
    # A route that is missing for one IP version says less than an answer for the other one.
    telling = [connect for connect in tried if connect.outcome is not ConnectOutcome.NO_ROUTE]
    first = next(iter(telling or tried))
    return StepLine(StepState.ERROR, _why_unanswered(facts, first), first.elapsed_ms)


def _why_unanswered(facts: SideFacts, seen: ConnectObservation) -> Message:
    host, port = facts.server.host, facts.server.port
    match seen.outcome:
        case ConnectOutcome.CLOSED:
            return message("Nothing listens on port {port}", port=port)
        case ConnectOutcome.UNREACHABLE:
            return message("No way leads to {host}", host=host)
        case ConnectOutcome.NO_ROUTE:
            return message("This computer has no connection to {host}", host=host)
        case ConnectOutcome.DENIED:
            return message("This computer does not let Mailcheck use port {port}", port=port)
        case _:
            seconds = max(1, round(seen.elapsed_ms / 1000))
            return message(
                "No answer on port {port} within {seconds} s", port=port, seconds=seconds
            )
