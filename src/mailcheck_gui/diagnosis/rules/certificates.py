"""What is wrong with a certificate: all faults at once, each for the element that has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from mailcheck_gui.catalogue.match import provider_of_domain
from mailcheck_gui.diagnosis.addresses import domain_of, registrable_domain
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.rules.chains import completion_of
from mailcheck_gui.diagnosis.rules.clock import is_valid_elsewhere
from mailcheck_gui.diagnosis.rules.interception import interception
from mailcheck_gui.diagnosis.rules.shown import (
    Shown,
    certificate_finding,
    common_name,
    in_words,
    last_issuer,
    shown_by,
    shown_certificates,
)
from mailcheck_gui.diagnosis.sides import Side
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.observation import CertificateFacts

_WEAK_HASHES = frozenset({"md2", "md5", "sha1"})
_MIN_RSA_BITS = 2048  # OpenSSL's security level 2, which Debian, Fedora and others ship
_MIN_EC_BITS = 224
_WEAK_VERIFY_CODES = frozenset({66, 67, 68})  # X509_V_ERR_EE_KEY_TOO_SMALL, CA_KEY_, CA_MD_TOO_WEAK
_NAMES_SHOWN = 3


def certificate_expired(case: Case) -> Iterator[Finding]:
    """The notAfter date has passed, for the server or for an issuer in the chain."""
    for shown in shown_certificates(case):
        for depth, element in enumerate(shown.tls.chain):
            late = element.not_after < case.now and not _is_spare(shown, depth)
            if shown.judged_bad and late and not is_valid_elsewhere(case, element):
                yield _dated(
                    "certificate-expired",
                    shown,
                    element,
                    element.not_after,
                    "issuer" if depth else "",
                )


def certificate_not_yet_valid(case: Case) -> Iterator[Finding]:
    """The notBefore date is ahead."""
    for shown in shown_certificates(case):
        early = [element for element in shown.tls.chain if element.not_before > case.now]
        if shown.judged_bad and early and not is_valid_elsewhere(case, early[0]):
            first = early[0]
            yield _dated("certificate-not-yet-valid", shown, first, first.not_before, now=case.now)


def _is_spare(shown: Shown, depth: int) -> bool:
    """Whether an element is a root that the server sends needlessly: nobody looks at its dates."""
    return depth > 0 and shown.tls.chain[depth].self_issued


def certificate_name_mismatch(case: Case) -> Iterator[Finding]:
    """The name that was entered is not among the certificate's names (RFC 9525, section 6)."""
    for shown in shown_certificates(case):
        if shown.tls.name_matches is not False or shown.local_bridge:
            continue
        names = shown.leaf.names
        related = related_names(case, shown)
        short = _short_wildcard(shown)
        more = f" +{len(names) - _NAMES_SHOWN}" if len(names) > _NAMES_SHOWN else ""
        yield certificate_finding(
            "certificate-name-mismatch",
            shown,
            variant=_mismatch_variant(names, related, short),
            values={
                "names": ", ".join(names[:_NAMES_SHOWN]) + more,
                "related": related[0] if related else "",
                "wildcard": short,
            },
            facts={"names": ", ".join(names)},
        )


def _mismatch_variant(names: tuple[str, ...], related: tuple[str, ...], wildcard: str) -> str:
    if related:
        return "related"
    return "wildcard" if wildcard else "" if names else "nameless"


def _short_wildcard(shown: Shown) -> str:
    """Return a wildcard above the host that stands for too few labels (RFC 9525 section 6.3)."""
    host = shown.side.server.ascii_host
    wildcards = (name.lower() for name in shown.leaf.names if name.startswith("*."))
    return next((name for name in wildcards if host.endswith(name[1:])), "")


def related_names(case: Case, shown: Shown) -> tuple[str, ...]:
    """Return names of the certificate in the domain of the typed host or of the e-mail address.

    Also in a domain where the catalogue knows servers for that address. Only these may be offered;
    any other name is evidence and nothing more. A wildcard names no server. A certificate with any
    other fault offers nothing.
    """
    trusted = shown.tls.chain_trusted is True and shown.leaf.not_after >= case.now
    if shown.tls.name_matches is not False or not trusted:
        return ()
    host = shown.side.server.ascii_host
    domains = _own_domains(case, host)
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


def _own_domains(case: Case, host: str) -> set[str]:
    """Return the registrable domains whose names may be offered for a typed host."""
    domain = domain_of(case.account.email)
    provider = provider_of_domain(case.providers, domain)
    documented = [server.host for server in provider.servers] if provider else []
    return {registrable_domain(name) for name in (host, domain, *documented)} - {""}


def _leads_elsewhere(case: Case, side: Side, name: str) -> bool:
    """Whether a name was looked up and does not lead to the server that showed it."""
    looked_up = case.observations.name(name)
    if looked_up is None or side.name is None:
        return False
    return set(looked_up.addresses).isdisjoint(side.name.addresses)


def related_names_of(case: Case, side: Side) -> tuple[str, ...]:
    """Return the names that the certificates of a side's endpoint offer, without repetition."""
    names = (n for shown in shown_by(side) for n in related_names(case, shown))
    return tuple(dict.fromkeys(names))


def certificate_self_signed(case: Case) -> Iterator[Finding]:
    """Issuer is subject, and this computer does not trust it."""
    for shown in shown_certificates(case):
        if _is_self_signed(shown):
            yield certificate_finding(
                "certificate-self-signed", shown, variant="loopback" if shown.local_bridge else ""
            )


def _is_self_signed(shown: Shown) -> bool:
    untrusted = shown.tls.chain_trusted is not True
    return shown.judged_bad and untrusted and shown.leaf.self_signed


def certificate_untrusted(case: Case) -> Iterator[Finding]:
    """The issuer is unknown to this computer, or it refuses the certificate for another reason."""
    for shown in shown_certificates(case):
        if not shown.judged_bad or _is_self_signed(shown) or completion_of(shown) is not None:
            continue
        if shown.tls.chain_trusted is False:
            yield certificate_finding(
                "certificate-untrusted",
                shown,
                variant="lone" if _may_lack_issuer(shown) else "",
                values={"issuer": last_issuer(shown.tls)},
            )
        elif not _explained(case, shown):
            yield certificate_finding(
                "certificate-untrusted", shown, variant="other", confidence=Confidence.LIKELY
            )


def _may_lack_issuer(shown: Shown) -> bool:
    """Whether the server sent its own certificate alone, and nobody could tell what that hides."""
    return len(shown.tls.chain) == 1 and shown.tls.completed is None


def _explained(case: Case, shown: Shown) -> bool:
    """Whether another rule says why the certificate was not accepted."""
    chain = shown.tls.chain
    dates = any(e.not_after < case.now or e.not_before > case.now for e in chain)
    return dates or shown.tls.name_matches is False or bool(_weak_elements(shown))


def certificate_weak(case: Case) -> Iterator[Finding]:
    """Keys and signatures that today's mail programs refuse, for each element of the chain."""
    for shown in shown_certificates(case):
        for depth, weaknesses in _weak_elements(shown):
            element = shown.tls.chain[depth]
            yield certificate_finding(
                "certificate-weak",
                shown,
                variant="issuer" if depth else "",
                values={
                    "weakness": ", ".join(weaknesses),
                    "subject": common_name(element.subject),
                },
                facts={
                    "subject": element.subject,
                    "key": element.key,
                    "signature": element.signature_hash,
                },
            )


def _weak_elements(shown: Shown) -> list[tuple[int, list[str]]]:
    """Return the places in the chain where something is weak, and what it is."""
    chain = shown.tls.chain
    found = [(depth, _weaknesses(element)) for depth, element in enumerate(chain)]
    weak = [(depth, weaknesses) for depth, weaknesses in found if weaknesses]
    if not weak and shown.tls.verify_code in _WEAK_VERIFY_CODES:
        return [(0, ["a key or signature"])]  # of an authority that the server did not send
    return weak


def _weaknesses(element: CertificateFacts) -> list[str]:
    """Return what is weak in one certificate; nobody checks the signature of a root."""
    kind, _, _ = element.key.partition("-")
    found = []
    if kind in ("rsa", "dsa") and 0 < element.key_bits < _MIN_RSA_BITS:
        found.append(f"{kind.upper()} with {element.key_bits} bits")
    if kind == "ec" and 0 < element.key_bits < _MIN_EC_BITS:
        found.append(f"an elliptic curve with {element.key_bits} bits")
    if element.signature_hash.lower() in _WEAK_HASHES and not element.self_issued:
        found.append(f"a signature with {element.signature_hash.upper()}")
    return found


def certificate_expires_soon(case: Case) -> Iterator[Finding]:
    """Fewer days are left than the threshold says."""
    for shown in shown_certificates(case):
        left = shown.leaf.not_after - case.now
        if timedelta(0) <= left < timedelta(days=case.thresholds.expires_soon_days):
            yield certificate_finding(
                "certificate-expires-soon",
                shown,
                values={"date": in_words(shown.leaf.not_after), "days": left.days},
                facts={"not_after": shown.leaf.not_after.isoformat(), "days": left.days},
            )


def private_authority(case: Case) -> Iterator[Finding]:
    """Trusted by this computer, but through no public authority, and nothing says interception."""
    for shown in shown_certificates(case):
        if shown.is_private and interception(case, shown) is None:
            yield certificate_finding(
                "private-authority", shown, values={"issuer": last_issuer(shown.tls)}
            )


def _dated(
    code: str,
    shown: Shown,
    element: CertificateFacts,
    moment: datetime,
    variant: str = "",
    now: datetime | None = None,
) -> Finding:
    return certificate_finding(
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
