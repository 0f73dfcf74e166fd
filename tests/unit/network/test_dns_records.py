"""Questions for MX, NS, SRV and TXT records, asked of a name server on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest
from name_servers import Answer, code, name_server, silence

from mailcheck_gui.model.dns import (
    RECORDS_LIMIT,
    DnsRecord,
    RecordKind,
    RecordsObservation,
    RecordsOutcome,
)
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.dns_records import look_up_records

NAME = "company.example"
PATIENCE = 20.0  # seconds; only a broken test waits that long


def records(kind: str, *texts: str) -> Answer:
    def answer(query: dns.message.Message) -> dns.message.Message:
        response = dns.message.make_response(query)
        response.answer.append(dns.rrset.from_text(query.question[0].name, 60, "IN", kind, *texts))
        return response

    return answer


def ask(
    resolver: dns.resolver.Resolver, kind: RecordKind, name: str = NAME, seconds: float = PATIENCE
) -> RecordsObservation:
    return asyncio.run(look_up_records(name, kind, Deadline.after(seconds), lambda: resolver))


def found(kind: RecordKind, *texts: str) -> tuple[DnsRecord, ...]:
    with name_server(records(kind.value, *texts)) as resolver:
        observation = ask(resolver, kind)
    assert (observation.name, observation.kind) == (NAME, kind)
    assert observation.outcome is RecordsOutcome.FOUND
    return observation.records


def test_mail_exchangers_come_best_first() -> None:
    assert found(RecordKind.MX, "20 b.Example.", "10 a.example.") == (
        DnsRecord("a.example", 10),
        DnsRecord("b.example", 20),
    )


def test_a_domain_without_mail() -> None:
    assert found(RecordKind.MX, "0 .") == (DnsRecord(),)


def test_services_come_by_priority_and_weight() -> None:
    texts = ("1 9 993 c.example.", "0 1 993 b.example.", "0 5 993 a.example.", "0 0 0 .")
    assert [record.target for record in found(RecordKind.SRV, *texts)] == [
        "a.example",
        "b.example",
        "",
        "c.example",
    ]
    (record,) = found(RecordKind.SRV, "3 7 9993 a.example.")
    assert record == DnsRecord("a.example", 3, 7, 9993)


def test_name_servers() -> None:
    assert found(RecordKind.NS, "ns2.example.", "ns1.example.") == (
        DnsRecord("ns1.example"),
        DnsRecord("ns2.example"),
    )


def test_the_strings_of_a_text_are_joined() -> None:
    assert found(RecordKind.TXT, '"v=UAAC1; a=sha" "256; d=x"') == (
        DnsRecord(text=b"v=UAAC1; a=sha256; d=x"),
    )


def test_a_flood_is_cut() -> None:
    texts = [f"{number} mx{number}.example." for number in range(RECORDS_LIMIT + 9)]
    assert len(found_over_tcp(RecordKind.MX, *texts)) == RECORDS_LIMIT


@pytest.mark.parametrize(
    ("answer", "outcome", "detail"),
    [
        (code(dns.rcode.NXDOMAIN), RecordsOutcome.NOT_FOUND, ""),
        (code(dns.rcode.NOERROR), RecordsOutcome.NO_DATA, ""),
        (code(dns.rcode.SERVFAIL), RecordsOutcome.FAILED, "SERVFAIL"),
        (code(dns.rcode.REFUSED), RecordsOutcome.FAILED, "REFUSED"),
    ],
)
def test_answers_without_records(answer: Answer, outcome: RecordsOutcome, detail: str) -> None:
    with name_server(answer) as resolver:
        observation = ask(resolver, RecordKind.SRV)
    assert (observation.outcome, observation.detail, observation.records) == (outcome, detail, ())


def test_silence_ends_at_the_deadline() -> None:
    with name_server(silence) as resolver:
        assert ask(resolver, RecordKind.MX, seconds=0.2).outcome is RecordsOutcome.TIMED_OUT


def test_no_name_server_at_all() -> None:
    resolver = dns.resolver.Resolver(configure=False)
    assert ask(resolver, RecordKind.MX).outcome is RecordsOutcome.FAILED


def test_a_system_without_configuration() -> None:
    def unreadable() -> dns.resolver.Resolver:
        raise dns.resolver.NoResolverConfiguration

    observation = asyncio.run(look_up_records(NAME, RecordKind.MX, Deadline.after(5), unreadable))
    assert observation.outcome is RecordsOutcome.FAILED


def test_a_name_that_dns_cannot_express() -> None:
    with name_server(silence) as resolver:
        observation = ask(resolver, RecordKind.MX, f"{'a' * 64}.example")
    assert observation.outcome is RecordsOutcome.FAILED
    assert observation.detail


def on_one_port(
    stack: contextlib.ExitStack, answer: Answer
) -> tuple[dns.resolver.Resolver, socket.socket]:
    """Return a name server, and a TCP socket of the same number, which may be taken already."""
    for _ in range(20):
        with contextlib.ExitStack() as attempt:
            resolver = attempt.enter_context(name_server(answer))
            listener = attempt.enter_context(socket.socket())
            with contextlib.suppress(OSError):
                listener.bind(("127.0.0.1", resolver.port))
                stack.push(attempt.pop_all())
                return resolver, listener
    raise AssertionError("no number was free for UDP and TCP")


@contextlib.contextmanager
def cutting_server(answer: Answer) -> Iterator[dns.resolver.Resolver]:
    """A name server whose datagrams are cut off, and which says all over TCP."""

    def cut(query: dns.message.Message) -> dns.message.Message:
        response = dns.message.make_response(query)
        response.flags |= dns.flags.TC
        return response

    with contextlib.ExitStack() as stack:
        resolver, listener = on_one_port(stack, cut)
        listener.settimeout(PATIENCE)
        listener.listen()

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(PATIENCE)
                (length,) = struct.unpack("!H", connection.recv(2))
                response = answer(dns.message.from_wire(connection.recv(length)))
                assert response is not None
                wire = response.to_wire()
                connection.sendall(struct.pack("!H", len(wire)) + wire)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield resolver
        finally:
            thread.join(2 * PATIENCE)


def found_over_tcp(kind: RecordKind, *texts: str) -> tuple[DnsRecord, ...]:
    with cutting_server(records(kind.value, *texts)) as resolver:
        return ask(resolver, kind).records


def test_what_is_cut_off_is_asked_again_over_tcp() -> None:
    assert found_over_tcp(RecordKind.MX, "10 a.example.") == (DnsRecord("a.example", 10),)
