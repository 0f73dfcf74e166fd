"""Something between this computer and the server that opens encrypted connections.

A private root alone says nothing of the kind: companies and schools have their own. It takes a
name that is known, unrelated servers with certificates of one make, or a big provider, whose
servers never stand behind a private root.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mailcheck_gui.catalogue.interceptors import interceptor_named
from mailcheck_gui.catalogue.match import provider_of_server
from mailcheck_gui.diagnosis.addresses import is_loopback, registrable_domain
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.reading import handshakes
from mailcheck_gui.diagnosis.rules.shown import (
    Shown,
    certificate_finding,
    last_issuer,
    name_parts,
    shown_certificates,
)
from mailcheck_gui.model.finding import Confidence, Finding
from mailcheck_gui.model.interceptor import InterceptorKind
from mailcheck_gui.model.observation import CertificateFacts, HandshakeOutcome, TlsObservation


@dataclass(frozen=True, slots=True)
class Interception:
    """Why a connection counts as intercepted: the variant of the texts, with their values."""

    variant: str
    confidence: Confidence
    values: dict[str, str] = field(default_factory=dict)


def tls_intercepted(case: Case) -> Iterator[Finding]:
    """Trusted here without a public authority, or refused, and something else says why."""
    for shown in shown_certificates(case):
        found = interception(case, shown)
        if found is not None:
            yield certificate_finding(
                "tls-intercepted",
                shown,
                variant=found.variant,
                confidence=found.confidence,
                values={"issuer": last_issuer(shown.tls), **found.values},
                facts=dict(found.values),
            )


def interception(case: Case, shown: Shown) -> Interception | None:
    """Return why a certificate was made on the way, None where nothing says so."""
    if is_loopback(shown.address) or not _lacks_public_authority(shown.tls):
        return None
    return (
        _by_product(case, shown)
        or _by_shared_key(case, shown)
        or _by_shared_issuer(case, shown)
        or _by_provider(case, shown)
    )


def _lacks_public_authority(tls: TlsObservation) -> bool:
    if tls.outcome is HandshakeOutcome.VERIFIED:
        return tls.private_root is True
    return tls.chain_trusted is False and not tls.chain[0].self_signed


def _by_product(case: Case, shown: Shown) -> Interception | None:
    product = interceptor_named(case.interceptors, _authority_names(shown.tls))
    if product is None:
        return None
    values = {"product": product.name}
    if shown.judged_bad:  # any server may name its issuer like that, a vendor's own device does
        return Interception("refused", Confidence.POSSIBLE, values)
    variant = "network" if product.kind is InterceptorKind.NETWORK else ""
    return Interception(variant, Confidence.CERTAIN, values)


def _authority_names(tls: TlsObservation) -> list[str]:
    """Return common and organisation names of the last issuer and of a root that was sent."""
    ends = [end for end in (tls.path_end, tls.chain[0]) if end is not None]
    parts = [name_parts(end.issuer) for end in ends]
    return [part[key] for part in parts for key in ("CN", "O") if key in part]


def _by_shared_key(case: Case, shown: Shown) -> Interception | None:
    """Two unrelated servers cannot have one key; whoever makes certificates on the way can."""
    for host, tls in _unrelated(case, shown):
        leaf = tls.chain[0]
        same = leaf.key_sha256 and leaf.key_sha256 == shown.leaf.key_sha256
        if same and leaf.sha256 != shown.leaf.sha256:
            return Interception("shared", Confidence.CERTAIN, {"other": host})
    return None


def _by_shared_issuer(case: Case, shown: Shown) -> Interception | None:
    """Two unrelated servers whose certificates this computer trusts through one private issuer."""
    for host, tls in _unrelated(case, shown):
        both = shown.is_private and tls.private_root is True
        if both and _issuer(tls) == _issuer(shown.tls):
            return Interception("shared", Confidence.LIKELY, {"other": host})
    return None


def _by_provider(case: Case, shown: Shown) -> Interception | None:
    provider = provider_of_server(case.providers, shown.side.server.ascii_host)
    if provider is None or not shown.is_private:
        return None
    return Interception("provider", Confidence.CERTAIN, {"provider": provider.name})


def _issuer(tls: TlsObservation) -> str:
    return "" if tls.path_end is None else tls.path_end.issuer


def _unrelated(case: Case, shown: Shown) -> Iterator[tuple[str, TlsObservation]]:
    """Yield what servers of other owners showed without a public authority behind it."""
    for seen in case.observations.endpoints:
        # The cheap question first: in most checks nothing is left to ask about names.
        private = [tls for tls in handshakes(seen) if tls.chain and _lacks_public_authority(tls)]
        if not private:
            continue
        own = registrable_domain(shown.side.server.ascii_host)
        other = registrable_domain(seen.endpoint.host)
        if not own or not other or own == other or _names(shown.leaf, other):
            continue
        yield from ((seen.endpoint.host, t) for t in private if not _names(t.chain[0], own))


def _names(leaf: CertificateFacts, domain: str) -> bool:
    """Whether a certificate is for that domain too: then both belong to one owner."""
    return any(registrable_domain(name.removeprefix("*.")) == domain for name in leaf.names)
