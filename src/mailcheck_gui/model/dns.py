"""DNS records as facts: what was asked, how that ended, what the answer holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RecordKind(StrEnum):
    """The kinds of records that a search for settings asks for."""

    MX = "MX"
    NS = "NS"
    SRV = "SRV"
    TXT = "TXT"


class RecordsOutcome(StrEnum):
    """How a question ended (RFC 1035 section 4.1.1, RFC 2308 section 2)."""

    FOUND = "found"
    NOT_FOUND = "not-found"  # NXDOMAIN
    NO_DATA = "no-data"  # the name exists, without records of this kind
    FAILED = "failed"  # SERVFAIL, REFUSED, no usable answer
    TIMED_OUT = "timed-out"


@dataclass(frozen=True, slots=True)
class DnsRecord:
    """One record; what its kind has not stays at its default.

    `target` is a host in lower-case A-labels without the closing dot, "" for the root ("."): in an
    MX it says that the domain takes no mail (RFC 7505), in an SRV that the service is not offered
    (RFC 2782). `text` are the strings of a TXT record, joined (RFC 7208 section 3.3).
    """

    target: str = ""
    priority: int = 0
    weight: int = 0
    port: int = 0
    text: bytes = b""


@dataclass(frozen=True, slots=True)
class RecordsObservation:
    """The answer to one question, at most `RECORDS_LIMIT` records; best MX and SRV first.

    `detail` is what a name server said in place of records ("SERVFAIL"). Nothing here is proven:
    whether the answer was signed is not looked at.
    """

    name: str
    kind: RecordKind
    outcome: RecordsOutcome
    records: tuple[DnsRecord, ...] = ()
    elapsed_ms: float = 0.0
    detail: str = ""


RECORDS_LIMIT = 50
"""Records of one answer that are kept."""
