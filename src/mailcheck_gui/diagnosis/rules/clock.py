"""Whether it is this computer's clock that is wrong, and not the certificates.

One clock proves nothing: it takes two independent sources that disagree with this computer in the
same way. A source is a clock (the date of a web answer, of a greeting) or a server's certificate.
Two are independent where their names belong to different owners.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from statistics import median

from mailcheck_gui.diagnosis.addresses import registrable_domain
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import Fact, make_finding
from mailcheck_gui.diagnosis.reading import handshakes
from mailcheck_gui.diagnosis.rules.shown import Shown, in_words, shown_certificates
from mailcheck_gui.model.account import Role
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.observation import (
    CertificateFacts,
    Conversation,
    HandshakeOutcome,
)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(  # RFC 5322 section 3.3, as servers put it into greetings
    rb"\b(\d{1,2}) (" + "|".join(_MONTHS).encode() + rb") (\d{4}) "
    rb"(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"
)


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What another computer's clock said, as its distance from ours (theirs minus ours)."""

    host: str
    offset: timedelta

    @property
    def owner(self) -> str:
        """Whose clock it is."""
        return registrable_domain(self.host) or self.host


@dataclass(frozen=True, slots=True)
class WrongClock:
    """A conclusion about this computer's clock. `now` is the time elsewhere, where it is known."""

    confidence: Confidence
    sources: tuple[str, ...]
    now: datetime | None = None


def clock_wrong(case: Case) -> Iterator[Finding]:
    """Certificates are out of their dates here, and independent sources say another date."""
    found = wrong_clock(case)
    if found is None:
        return
    facts: dict[str, Fact] = {"local": case.now.isoformat(), "sources": ", ".join(found.sources)}
    values = {"local": in_words(case.now), "sources": ", ".join(found.sources), "now": ""}
    if found.now is not None:
        facts["elsewhere"] = found.now.isoformat()
        values["now"] = in_words(found.now)
    yield make_finding(
        "clock-wrong",
        Role.ACCOUNT,
        variant=_variant(case, found),
        confidence=found.confidence,
        values=values,
        facts=facts,
    )


def _variant(case: Case, found: WrongClock) -> str:
    if found.now is None:
        return "certificates"
    return "time" if found.now.date() == case.now.date() else ""


def is_valid_elsewhere(case: Case, certificate: CertificateFacts) -> bool:
    """Whether a certificate is in its dates by clocks that prove this computer's wrong."""
    found = wrong_clock(case)
    return found is not None and found.now is not None and _is_valid(certificate, found.now)


def wrong_clock(case: Case) -> WrongClock | None:
    """Return what the sources say about this computer's clock, None where they do not agree."""
    off = [shown for shown in shown_certificates(case) if _is_off(case, shown)]
    if not off:
        return None
    readings = tuple(clock_readings(case))
    return _by_clocks(case, off, readings) if readings else _by_certificates(case, off)


def _is_off(case: Case, shown: Shown) -> bool:
    """Whether an authority's certificate is refused and out of its dates by our clock."""
    leaf = shown.leaf
    return shown.judged_bad and not leaf.self_signed and not _is_valid(leaf, case.now)


def _is_valid(certificate: CertificateFacts, now: datetime) -> bool:
    return certificate.not_before <= now <= certificate.not_after


def _by_clocks(
    case: Case, off: list[Shown], readings: tuple[ClockReading, ...]
) -> WrongClock | None:
    """Judge by other clocks; a single one that agrees with ours, or with none, ends it."""
    offsets = [reading.offset for reading in readings]
    skew = timedelta(seconds=case.thresholds.clock_skew)
    if min(abs(offset) for offset in offsets) <= skew or max(offsets) - min(offsets) > skew:
        return None
    now = case.now + timedelta(seconds=median(offset.total_seconds() for offset in offsets))
    fitting = [shown for shown in off if _is_valid(shown.leaf, now)]
    owners = {reading.owner: reading.host for reading in readings}
    hosts = owners | {_owner(shown): shown.side.server.host for shown in fitting}
    if not fitting or len(hosts) < 2:
        return None
    confidence = Confidence.CERTAIN if len(owners) > 1 else Confidence.LIKELY
    return WrongClock(confidence, tuple(sorted(hosts.values())), now)


def _by_certificates(case: Case, off: list[Shown]) -> WrongClock | None:
    """Judge by certificates alone: all servers, unrelated, are off in the same direction.

    A certificate of the future is hardly ever a server's fault; two forgotten ones can be.
    """
    owners = {_owner(shown): shown.side.server.host for shown in off}
    makers = {shown.leaf.issuer for shown in off}
    early = [shown.leaf.not_before > case.now for shown in off]
    if len(owners) < 2 or len(makers) < 2 or len(set(early)) > 1 or _any_in_order(case):
        return None
    confidence = Confidence.LIKELY if early[0] else Confidence.POSSIBLE
    return WrongClock(confidence, tuple(sorted(owners.values())))


def _any_in_order(case: Case) -> bool:
    return any(
        tls.outcome is HandshakeOutcome.VERIFIED
        for seen in case.observations.endpoints
        for tls in handshakes(seen)
    )


def _owner(shown: Shown) -> str:
    host = shown.side.server.ascii_host
    return registrable_domain(host) or host


def clock_readings(case: Case) -> Iterator[ClockReading]:
    """Yield every clock that was seen: dates of web answers and of greetings."""
    for seen in case.observations.endpoints:
        for talk in seen.conversations:
            yield from _web_clocks(talk)
            said = _greeting_date(talk)
            if said is not None:
                yield ClockReading(seen.endpoint.host, said - case.observations.started)


def _web_clocks(talk: Conversation) -> Iterator[ClockReading]:
    for fetch in talk.tls.issuer_fetches if talk.tls is not None else ():
        if fetch.server_time is not None and fetch.local_time is not None:
            yield ClockReading(fetch.host, fetch.server_time - fetch.local_time)


def _greeting_date(talk: Conversation) -> datetime | None:
    raw = b"" if talk.greeting is None else talk.greeting.raw
    found = _DATE.search(raw)
    if found is None:
        return None
    day, year, hour, minute, second = (int(found[n]) for n in (1, 3, 4, 5, 6))
    zone = timedelta(hours=int(found[8]), minutes=int(found[9])) * (-1 if found[7] == b"-" else 1)
    try:
        month = _MONTHS.index(found[2].decode()) + 1
        local = datetime(year, month, day, hour, minute, second, tzinfo=timezone(zone))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
