"""MX, NS, SRV and TXT records, asked of the name servers that the system is configured with."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailcheck_gui.model.dns import (
    RECORDS_LIMIT,
    DnsRecord,
    RecordKind,
    RecordsObservation,
    RecordsOutcome,
)
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.name_server import answer_codes
from mailcheck_gui.network.threads import in_daemon_thread

if TYPE_CHECKING:
    from dns.rdata import Rdata
    from dns.resolver import Resolver


async def look_up_records(
    name: str, kind: RecordKind, deadline: Deadline, resolver: Callable[[], Resolver]
) -> RecordsObservation:
    """Ask for the records of a name in A-labels. Never raises.

    An answer that is cut off is asked for again over TCP. `resolver` is called in a thread, since
    reading the system's configuration takes time.
    """
    started = time.monotonic()
    try:
        async with asyncio.timeout(deadline.remaining):
            observed = await in_daemon_thread(
                lambda: ask(resolver, name, kind, deadline), f"{kind} {name}"
            )
    except TimeoutError:
        observed = RecordsObservation(name, kind, RecordsOutcome.TIMED_OUT)
    return replace(observed, elapsed_ms=(time.monotonic() - started) * 1000)


def ask(
    resolver: Callable[[], Resolver], name: str, kind: RecordKind, deadline: Deadline
) -> RecordsObservation:
    """Ask as `look_up_records`. Blocks until the deadline at most."""
    from dns import resolver as dns_resolver  # in this way and order: see ask_name_server
    from dns.exception import DNSException

    def ended(outcome: RecordsOutcome, detail: str = "") -> RecordsObservation:
        return RecordsObservation(name, kind, outcome, detail=detail)

    try:
        answer = resolver().resolve(
            name, kind.value, search=False, lifetime=max(deadline.remaining, 0.001)
        )
        return replace(ended(RecordsOutcome.FOUND), records=_read(kind, answer))
    except dns_resolver.NXDOMAIN:
        return ended(RecordsOutcome.NOT_FOUND)
    except dns_resolver.NoAnswer:
        return ended(RecordsOutcome.NO_DATA)
    except dns_resolver.NoNameservers as error:
        return ended(RecordsOutcome.FAILED, answer_codes(error))
    except dns_resolver.LifetimeTimeout:
        return ended(RecordsOutcome.TIMED_OUT)
    except (DNSException, OSError, ValueError) as error:
        return ended(RecordsOutcome.FAILED, str(error))


def _read(kind: RecordKind, answer: Iterable[Rdata]) -> tuple[DnsRecord, ...]:
    """Return the records, in the order in which RFC 5321 section 5.1 and RFC 2782 try them.

    Where RFC 2782 draws lots among equals, the heavier comes first: a search gives the same
    answer twice.
    """
    records = (_READERS[kind](data) for data in answer)
    ordered = sorted(records, key=lambda r: (r.priority, -r.weight, r.target, r.port, r.text))
    return tuple(ordered[:RECORDS_LIMIT])


def _host(name: object) -> str:
    return str(name).rstrip(".").lower()


# dnspython makes the fields of a record's kind at run time, so that no type names them.
_READERS: dict[RecordKind, Callable[[Any], DnsRecord]] = {
    RecordKind.MX: lambda r: DnsRecord(_host(r.exchange), r.preference),
    RecordKind.NS: lambda r: DnsRecord(_host(r.target)),
    RecordKind.SRV: lambda r: DnsRecord(_host(r.target), r.priority, r.weight, r.port),
    RecordKind.TXT: lambda r: DnsRecord(text=b"".join(r.strings)),
}
