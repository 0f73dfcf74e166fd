"""Chains that lack a part, and servers that do not show the same certificate everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.reading import handshakes
from mailcheck_gui.diagnosis.rules.shown import (
    Shown,
    certificate_finding,
    common_name,
    shown_certificates,
)
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.observation import (
    EndpointObservation,
    HandshakeOutcome,
    IssuerFetch,
    TlsObservation,
)

_JUDGED = (HandshakeOutcome.VERIFIED, HandshakeOutcome.UNVERIFIED)


@dataclass(frozen=True, slots=True)
class Completion:
    """What completes a chain to a trusted one: the issuer's own place, or another address."""

    source: str
    fetched: bool
    confidence: Confidence


def certificate_chain_incomplete(case: Case) -> Iterator[Finding]:
    """A certificate between the server's own and a trusted root is not sent (RFC 8446, 4.4.2)."""
    for shown in shown_certificates(case):
        completion, end = completion_of(shown), shown.tls.path_end
        if completion is None or end is None:
            continue
        yield certificate_finding(
            "certificate-chain-incomplete",
            shown,
            variant="" if completion.fetched else "elsewhere",
            confidence=completion.confidence,
            values={"missing": common_name(end.issuer), "source": completion.source},
            facts={"missing": end.issuer, "completed_by": completion.source},
        )


def completion_of(shown: Shown) -> Completion | None:
    """Return what was seen to complete a chain that was refused, None where nothing was."""
    tls, end = shown.tls, shown.tls.path_end
    if not shown.judged_bad or tls.chain_trusted is not False or end is None or end.self_issued:
        return None
    if tls.completed:
        fetched = [fetch for fetch in tls.issuer_fetches if fetch.certificates]
        return Completion(_source(fetched), True, Confidence.CERTAIN)
    return _sent_elsewhere(shown)


def _source(fetched: list[IssuerFetch]) -> str:
    return ", ".join(dict.fromkeys(fetch.url for fetch in fetched))


def _sent_elsewhere(shown: Shown) -> Completion | None:
    """Find a trusted chain of the same host that holds the missing issuer.

    The same certificate makes it certain; else the issuer's name alone speaks for it.
    """
    for seen, tls in _on_host(shown.side):
        if tls.outcome is HandshakeOutcome.VERIFIED and _holds_missing(tls, shown.tls):
            same = tls.chain[0].sha256 == shown.leaf.sha256
            confidence = Confidence.CERTAIN if same else Confidence.LIKELY
            return Completion(_where(seen), False, confidence)
    return None


def _holds_missing(tls: TlsObservation, lacking: TlsObservation) -> bool:
    end = lacking.path_end
    return end is not None and any(above.subject == end.issuer for above in tls.chain[1:])


def certificate_differs_between_addresses(case: Case) -> Iterator[Finding]:
    """Some addresses or ports of one server show a good certificate, others a bad one.

    What a neighbouring port shows counts only where the configured one is bad: then it tells that
    a good certificate is there.
    """
    for side in given_sides(case):
        judged = [(seen, tls) for seen, tls in _on_host(side) if tls.outcome in _JUDGED]
        bad = [seen for seen, tls in judged if _is_bad(tls) and seen in side.configured]
        good = [seen for seen, tls in judged if not _is_bad(tls) and seen not in bad]
        if bad and good:
            yield _differs(side, good, bad)


def _is_bad(tls: TlsObservation) -> bool:
    return tls.outcome is HandshakeOutcome.UNVERIFIED


def _differs(
    side: Side, good: list[EndpointObservation], bad: list[EndpointObservation]
) -> Finding:
    shown = next(s for s in _shown_at(side, bad) if s.judged_bad)
    here = [seen for seen in good if seen in side.configured]
    places = {"good": _places(here or good), "bad": _places(bad)}
    return certificate_finding(
        "certificate-differs-between-addresses",
        shown,
        variant="" if here else "ports",
        values=dict(places),
        facts=dict(places),
    )


def _shown_at(side: Side, places: list[EndpointObservation]) -> Iterator[Shown]:
    for seen in places:
        for tls in handshakes(seen):
            if tls.chain:
                yield Shown(side, seen.address or "", tls)


def _places(seen: list[EndpointObservation]) -> str:
    return ", ".join(sorted({_where(each) for each in seen}))


def _where(seen: EndpointObservation) -> str:
    address = seen.address or seen.endpoint.host
    return f"[{address}]:{seen.endpoint.port}" if ":" in address else _with_port(address, seen)


def _with_port(address: str, seen: EndpointObservation) -> str:
    return f"{address}:{seen.endpoint.port}"


def _on_host(side: Side) -> Iterator[tuple[EndpointObservation, TlsObservation]]:
    """Yield every handshake on the side's host that showed a certificate."""
    for seen in side.host_seen:
        for tls in handshakes(seen):
            if tls.chain:
                yield seen, tls
