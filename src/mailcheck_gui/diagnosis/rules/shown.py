"""The certificates that were shown at configured endpoints, and the findings about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mailcheck_gui.diagnosis.addresses import is_loopback
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import Fact, make_finding
from mailcheck_gui.diagnosis.reading import handshakes
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.observation import CertificateFacts, HandshakeOutcome, TlsObservation

_BETWEEN_PARTS = re.compile(r"(?<!\\)[,+]")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One chain that was shown at the configured endpoint."""

    side: Side
    address: str
    tls: TlsObservation

    @property
    def leaf(self) -> CertificateFacts:
        """The server's own certificate."""
        return self.tls.chain[0]

    @property
    def judged_bad(self) -> bool:
        """Whether this computer did not accept it."""
        return self.tls.outcome is HandshakeOutcome.UNVERIFIED

    @property
    def is_private(self) -> bool:
        """Whether this computer trusts it, but through no public authority."""
        return self.tls.outcome is HandshakeOutcome.VERIFIED and self.tls.private_root is True

    @property
    def local_bridge(self) -> bool:
        """Whether a program on this computer signs for itself, as mail bridges do."""
        return self.judged_bad and self.leaf.self_signed and is_loopback(self.address)


def shown_certificates(case: Case) -> Iterator[Shown]:
    """Yield each different certificate of each configured endpoint once."""
    for side in given_sides(case):
        yield from shown_by(side)


def shown_by(side: Side) -> Iterator[Shown]:
    """Yield each different certificate of a side's endpoint once, with the fullest chain of it."""
    fullest: dict[tuple[str, HandshakeOutcome], Shown] = {}
    for seen in side.configured:
        for tls in handshakes(seen):
            if not tls.chain:
                continue
            known = fullest.get(certificate := (tls.chain[0].sha256, tls.outcome))
            if known is None or len(tls.chain) > len(known.tls.chain):
                fullest[certificate] = Shown(side, seen.address or "", tls)
    yield from fullest.values()


def name_parts(name: str) -> dict[str, str]:
    """Return the parts of a distinguished name (RFC 4514): "CN", "O" and so on, as written."""
    return dict(part.strip().partition("=")[::2] for part in _BETWEEN_PARTS.split(name))


def common_name(name: str) -> str:
    """Return the part of a distinguished name that people know: CN, else O."""
    found = name_parts(name)
    return found.get("CN") or found.get("O") or name


def in_words(moment: datetime) -> str:
    """Return a date as `3 March 2026`."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def last_issuer(tls: TlsObservation) -> str:
    """Return who stands behind a chain, as people know it."""
    return "" if tls.path_end is None else common_name(tls.path_end.issuer)


def certificate_finding(
    code: str,
    shown: Shown,
    *,
    variant: str = "",
    confidence: Confidence = Confidence.CERTAIN,
    values: dict[str, object] | None = None,
    facts: dict[str, Fact] | None = None,
) -> Finding:
    """Build a finding about a certificate: values and facts that all of them have, and more."""
    basics: dict[str, Fact] = {
        "address": shown.address,
        "sha256": shown.leaf.sha256,
        "issuer": shown.leaf.issuer,
        "expires": shown.leaf.not_after.isoformat(),
    }
    if shown.judged_bad and shown.tls.chain_trusted is None:
        basics["issuer_judged"] = False
    return make_finding(
        code,
        shown.side.role,
        variant=variant,
        confidence=confidence,
        endpoint=shown.side.endpoint,
        values={**shown.side.values, **(values or {})},
        facts={**basics, **(facts or {})},
        quote=shown.tls.error.encode(),
    )
