"""What is wrong with a certificate: all faults at once, each for the element that has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailcheck_gui.diagnosis.addresses import domain_of, is_loopback, registrable_domain
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import Fact, make_finding
from mailcheck_gui.diagnosis.reading import handshakes
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.observation import CertificateFacts, HandshakeOutcome, TlsObservation

_WEAK_HASHES = frozenset({"md2", "md5", "sha1"})
_MIN_RSA_BITS = 2048  # OpenSSL's security level 2, which Debian, Fedora and others ship
_MIN_EC_BITS = 224
_WEAK_VERIFY_CODES = frozenset({66, 67, 68})  # X509_V_ERR_EE_KEY_TOO_SMALL, CA_KEY_, CA_MD_TOO_WEAK
_NAMES_SHOWN = 3
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
    def local_bridge(self) -> bool:
        """Whether a program on this computer signs for itself, as mail bridges do."""
        return self.judged_bad and self.leaf.self_signed and is_loopback(self.address)


def certificate_expired(case: Case) -> Iterator[Finding]:
    """The notAfter date has passed, for the server or for an issuer in the chain."""
    for shown in _shown(case):
        for depth, element in enumerate(shown.tls.chain):
            if shown.judged_bad and element.not_after < case.now and not _is_spare(shown, depth):
                yield _dated(
                    "certificate-expired",
                    shown,
                    element,
                    element.not_after,
                    "issuer" if depth else "",
                )


def certificate_not_yet_valid(case: Case) -> Iterator[Finding]:
    """The notBefore date is ahead."""
    for shown in _shown(case):
        early = [element for element in shown.tls.chain if element.not_before > case.now]
        if shown.judged_bad and early:
            first = early[0]
            yield _dated("certificate-not-yet-valid", shown, first, first.not_before, now=case.now)


def _is_spare(shown: Shown, depth: int) -> bool:
    """Whether an element is a root that the server sends needlessly: nobody looks at its dates."""
    return depth > 0 and shown.tls.chain[depth].self_issued


def certificate_name_mismatch(case: Case) -> Iterator[Finding]:
    """The name that was entered is not among the certificate's names (RFC 9525, section 6)."""
    for shown in _shown(case):
        if shown.tls.name_matches is not False or shown.local_bridge:
            continue
        names = shown.leaf.names
        related = related_names(case, shown)
        variant = "nameless" if not names else "related" if related else ""
        more = f" +{len(names) - _NAMES_SHOWN}" if len(names) > _NAMES_SHOWN else ""
        yield _finding(
            "certificate-name-mismatch",
            shown,
            variant=variant,
            values={
                "names": ", ".join(names[:_NAMES_SHOWN]) + more,
                "related": related[0] if related else "",
            },
            facts={"names": ", ".join(names)},
        )


def related_names(case: Case, shown: Shown) -> tuple[str, ...]:
    """Return names of the certificate in the domain of the typed host or of the e-mail address.

    Only these may be offered; any other name is evidence and nothing more. A wildcard names no
    server. A certificate with any other fault offers nothing.
    """
    trusted = shown.tls.chain_trusted is True and shown.leaf.not_after >= case.now
    if shown.tls.name_matches is not False or not trusted:
        return ()
    host = shown.side.server.ascii_host
    domains = {registrable_domain(host), registrable_domain(domain_of(case.account.email))} - {""}
    names = [name.lower() for name in shown.leaf.names]
    related = [
        name
        for name in names
        if "*" not in name
        and name != host
        and registrable_domain(name) in domains
        and not _leads_elsewhere(case, shown.side, name)
    ]
    label = host.partition(".")[0]
    return tuple(sorted(related, key=lambda name: name.partition(".")[0] != label))


def _leads_elsewhere(case: Case, side: Side, name: str) -> bool:
    """Whether a name was looked up and does not lead to the server that showed it."""
    looked_up = case.observations.name(name)
    if looked_up is None or side.name is None:
        return False
    return set(looked_up.addresses).isdisjoint(side.name.addresses)


def related_names_of(case: Case, side: Side) -> tuple[str, ...]:
    """Return the names that the certificates of a side's endpoint offer, without repetition."""
    names = (n for shown in _chains(side) for n in related_names(case, shown))
    return tuple(dict.fromkeys(names))


def certificate_self_signed(case: Case) -> Iterator[Finding]:
    """Issuer is subject, and this computer does not trust it."""
    for shown in _shown(case):
        if _is_self_signed(shown):
            yield _finding(
                "certificate-self-signed", shown, variant="loopback" if shown.local_bridge else ""
            )


def _is_self_signed(shown: Shown) -> bool:
    untrusted = shown.tls.chain_trusted is not True
    return shown.judged_bad and untrusted and shown.leaf.self_signed


def certificate_untrusted(case: Case) -> Iterator[Finding]:
    """The issuer is unknown to this computer, or it refuses the certificate for another reason."""
    for shown in _shown(case):
        if not shown.judged_bad or _is_self_signed(shown):
            continue
        if shown.tls.chain_trusted is False:
            yield _finding(
                "certificate-untrusted", shown, values={"issuer": _issuer(shown.tls.chain)}
            )
        elif not _explained(case, shown):
            yield _finding(
                "certificate-untrusted", shown, variant="other", confidence=Confidence.LIKELY
            )


def _explained(case: Case, shown: Shown) -> bool:
    """Whether another rule says why the certificate was not accepted."""
    chain = shown.tls.chain
    dates = any(e.not_after < case.now or e.not_before > case.now for e in chain)
    return dates or shown.tls.name_matches is False or bool(_weakness(shown))


def _issuer(chain: tuple[CertificateFacts, ...]) -> str:
    """Return the last issuer of a chain."""
    return common_name(chain[-1].issuer)


def common_name(name: str) -> str:
    """Return the part of a distinguished name (RFC 4514) that people know: CN, else O."""
    found = dict(part.strip().partition("=")[::2] for part in _BETWEEN_PARTS.split(name))
    return found.get("CN") or found.get("O") or name


def certificate_weak(case: Case) -> Iterator[Finding]:
    """A key or a signature that today's mail programs refuse."""
    for shown in _shown(case):
        weakness = _weakness(shown)
        if weakness:
            yield _finding(
                "certificate-weak",
                shown,
                values={"weakness": weakness},
                facts={"key": shown.leaf.key, "signature": shown.leaf.signature_hash},
            )


def _weakness(shown: Shown) -> str:
    """Return what is weak in the chain, "" where nothing is; a root's own signature is unused."""
    for element in shown.tls.chain:
        kind, _, _ = element.key.partition("-")
        if kind in ("rsa", "dsa") and 0 < element.key_bits < _MIN_RSA_BITS:
            return f"{kind.upper()} with {element.key_bits} bits"
        if kind == "ec" and 0 < element.key_bits < _MIN_EC_BITS:
            return f"an elliptic curve with {element.key_bits} bits"
        if element.signature_hash.lower() in _WEAK_HASHES and not element.self_issued:
            return f"a signature with {element.signature_hash.upper()}"
    return "a key or signature" if shown.tls.verify_code in _WEAK_VERIFY_CODES else ""


def certificate_expires_soon(case: Case) -> Iterator[Finding]:
    """Fewer days are left than the threshold says."""
    for shown in _shown(case):
        left = shown.leaf.not_after - case.now
        if timedelta(0) <= left < timedelta(days=case.thresholds.expires_soon_days):
            yield _finding(
                "certificate-expires-soon",
                shown,
                values={"date": in_words(shown.leaf.not_after), "days": left.days},
                facts={"not_after": shown.leaf.not_after.isoformat(), "days": left.days},
            )


def private_authority(case: Case) -> Iterator[Finding]:
    """Trusted by this computer, but through no public authority."""
    for shown in _shown(case):
        if shown.tls.outcome is HandshakeOutcome.VERIFIED and shown.tls.private_root:
            yield _finding("private-authority", shown, values={"issuer": _issuer(shown.tls.chain)})


def in_words(moment: datetime) -> str:
    """Return a date as `3 March 2026`."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def _shown(case: Case) -> Iterator[Shown]:
    """Yield each different certificate of each configured endpoint once."""
    for side in given_sides(case):
        yield from _chains(side)


def _chains(side: Side) -> Iterator[Shown]:
    seen_before: set[tuple[str, HandshakeOutcome]] = set()
    for seen in side.configured:
        for tls in handshakes(seen):
            if not tls.chain or (tls.chain[0].sha256, tls.outcome) in seen_before:
                continue
            seen_before.add((tls.chain[0].sha256, tls.outcome))
            yield Shown(side, seen.address or "", tls)


def _dated(
    code: str,
    shown: Shown,
    element: CertificateFacts,
    moment: datetime,
    variant: str = "",
    now: datetime | None = None,
) -> Finding:
    return _finding(
        code,
        shown,
        variant=variant,
        values={
            "date": in_words(moment),
            "subject": common_name(element.subject),
            "today": in_words(now) if now else "",
        },
        facts={"subject": element.subject, "date": moment.isoformat()},
    )


def _finding(
    code: str,
    shown: Shown,
    *,
    variant: str = "",
    confidence: Confidence = Confidence.CERTAIN,
    values: dict[str, object] | None = None,
    facts: dict[str, Fact] | None = None,
) -> Finding:
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
