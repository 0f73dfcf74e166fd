"""From what the sources name and the probes saw to candidates, best first.

The order: proof, trust, IMAP before POP3, strength of the encryption, source. Trust comes before
strength, since required STARTTLS is as safe as implicit TLS (RFC 8314, section 3.3), while an
unverified name may be anyone's (docs/adr/0012). Of unverified ones a proven usual name comes first:
its certificate is for a name of the address's own domain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from mailcheck_gui.diagnosis.found_servers import Judgement
from mailcheck_gui.diagnosis.proven import STRENGTH
from mailcheck_gui.discovery.answer import Offer
from mailcheck_gui.engine.find_guess import GUESSED
from mailcheck_gui.model.account import SIDES, Protocol, Security, Server
from mailcheck_gui.model.discovery import Provenance, SettingsCandidate, Source, Trust
from mailcheck_gui.model.finding import Message, Proof

Judge = Callable[[Server], Judgement]

MOST_CANDIDATES = 12
"""Candidates that are shown at most; the ones behind them are the least proven."""

_SOURCES = (
    Source.CATALOGUE,
    Source.AUTOCONFIG,
    Source.PACC,
    Source.ISPDB,
    Source.AUTODISCOVER,
    Source.SRV,
    Source.MX,
    Source.GUESS,
)
"""The sources, best first, where nothing else tells two candidates apart."""

_PROOFS: dict[Proof | None, int] = {Proof.SIGNED_IN: 0, Proof.HANDSHAKE: 0, Proof.DOCUMENTED: 1}
_UNPROVEN = 2

Key = tuple[tuple[str, int, Security] | None, ...]


@dataclass(frozen=True, slots=True)
class _Option:
    """One server of an offer, judged."""

    server: Server
    proof: Proof | None
    trouble: Message | None
    offer: Offer

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Order options of one side.

        Strength counts among proven ones; of what is only said, the source's preference holds.
        """
        strength = STRENGTH[self.server.security] if self.proof is Proof.HANDSHAKE else 0
        return (
            _PROOFS.get(self.proof, _UNPROVEN),
            _doubt(self.offer.trust, self.offer.way),
            -strength,
            _SOURCES.index(self.offer.source),
        )


def rank(offers: Iterable[Offer], judge: Judge) -> tuple[SettingsCandidate, ...]:
    """Return the candidates that offers come to, best first.

    An offer is a candidate for each receiving protocol, with its best server of each side. Where
    its outgoing server is not proven, the best proven one of all offers takes its place, and says
    where it comes from. Candidates of the same servers are one.
    """
    given = tuple(offers)
    best_outgoing = _best(option for o in given for option in _options(o, o.outgoing, judge))
    pairs = [pair for offer in given for pair in _pairs(offer, best_outgoing, judge)]
    used = {key(pair)[1] for pair in pairs}
    alone = (_alone(offer, judge) for offer in given if not offer.incoming)
    pairs += [one for one in alone if one is not None and key(one)[1] not in used]
    return tuple(sorted(_merged(sorted(pairs, key=_order)), key=_order))[:MOST_CANDIDATES]


def key(candidate: SettingsCandidate) -> Key:
    """Return what makes two candidates the same: hosts, ports and encryption of both sides."""
    return tuple(
        (server.ascii_host, server.port, server.security) if server else None
        for server in (candidate.incoming, candidate.outgoing)
    )


def is_settled(candidates: tuple[SettingsCandidate, ...]) -> bool:
    """Return whether nothing better is to be expected: both sides proven, on a secure way."""
    best = next(iter(candidates), None)
    if best is None or best.trust is Trust.UNVERIFIED:
        return False
    return best.incoming_proof is best.outgoing_proof is Proof.HANDSHAKE


def _options(offer: Offer, servers: tuple[Server, ...], judge: Judge) -> Iterator[_Option]:
    for server in servers:
        judged = judge(server)
        proof = judged.proof
        if proof is None and _ships_with_us(offer) and not judged.reached:
            proof = Proof.DOCUMENTED
        yield _Option(judged.server, proof, judged.trouble, offer)


def _ships_with_us(offer: Offer) -> bool:
    """Whether an offer is a fact of the catalogue: it was read nowhere, and has a date."""
    return not offer.url and bool(offer.date)


def _best(options: Iterable[_Option]) -> _Option | None:
    return min(options, key=lambda option: option.rank, default=None)


def _pairs(
    offer: Offer, best_outgoing: _Option | None, judge: Judge
) -> Iterator[SettingsCandidate]:
    own = _best(_options(offer, offer.outgoing, judge))
    outgoing = _outgoing(own, best_outgoing)
    for protocol in (Protocol.IMAP, Protocol.POP3):
        servers = tuple(server for server in offer.incoming if server.protocol is protocol)
        incoming = _best(_options(offer, servers, judge))
        if incoming is not None:
            yield _candidate(incoming, outgoing)


def _outgoing(own: _Option | None, best: _Option | None) -> _Option | None:
    if own is None or best is None:
        return own or best
    return best if own.proof is not Proof.HANDSHAKE is best.proof else own


def _alone(offer: Offer, judge: Judge) -> SettingsCandidate | None:
    """Return an offer that names no incoming server: a sending service, say."""
    outgoing = _best(_options(offer, offer.outgoing, judge))
    if outgoing is None:
        return None
    pair = offer.pair(None, outgoing.server)
    return replace(pair, outgoing_proof=outgoing.proof, trouble=outgoing.trouble)


def _candidate(incoming: _Option, outgoing: _Option | None) -> SettingsCandidate:
    pair = incoming.offer.pair(incoming.server, outgoing.server if outgoing else None)
    pair = replace(
        pair,
        incoming_proof=incoming.proof,
        outgoing_proof=outgoing.proof if outgoing else None,
        trouble=incoming.trouble or (outgoing.trouble if outgoing else None),
    )
    if outgoing is None or _same_origin(outgoing.offer, incoming.offer):
        return pair
    origin = _provenance(outgoing.offer)
    weaker = max(pair.trust, origin.trust, key=lambda trust: trust is Trust.UNVERIFIED)
    return replace(pair, trust=weaker, outgoing_from=origin)


def _same_origin(one: Offer, other: Offer) -> bool:
    return _provenance(one) == _provenance(other)


def _provenance(offer: Offer) -> Provenance:
    return Provenance(offer.source, offer.trust, offer.url, offer.date, offer.way)


def _doubt(trust: Trust, way: tuple[str, ...]) -> int:
    """Return how far a way is from one that was secure, 0 for such a one."""
    if trust is Trust.SECURE:
        return 0
    return 1 if way == (GUESSED,) else 2


def _doubt_of_both(candidate: SettingsCandidate) -> int:
    origins = [candidate.origin(role) for role in SIDES if candidate.server(role) is not None]
    return max(_doubt(origin.trust, origin.way) for origin in origins)


def _order(candidate: SettingsCandidate) -> tuple[int, int, bool, int, int]:
    servers = (candidate.incoming, candidate.outgoing)
    proofs = (candidate.incoming_proof, candidate.outgoing_proof)
    return (
        sum(_PROOFS.get(proof, _UNPROVEN) for proof in proofs),
        _doubt_of_both(candidate),
        candidate.incoming is None or candidate.incoming.protocol is not Protocol.IMAP,
        -sum(STRENGTH[server.security] for server in servers if server is not None),
        _SOURCES.index(candidate.source),
    )


def _merged(ordered: list[SettingsCandidate]) -> list[SettingsCandidate]:
    """Make one of candidates with the same servers: the best, which names the other sources."""
    found: dict[Key, SettingsCandidate] = {}
    for candidate in ordered:
        first = found.setdefault(key(candidate), candidate)
        if candidate.source not in (first.source, *first.also):
            found[key(first)] = replace(first, also=(*first.also, candidate.source))
    return list(found.values())
