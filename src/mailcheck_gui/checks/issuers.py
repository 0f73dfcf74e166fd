"""Complete a certificate chain: fetch what the server left out, and see whether it is trusted then.

Each place is asked once in a run, whatever addresses and ports name it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from mailcheck_gui.model.observation import (
    CertificateFacts,
    HandshakeOutcome,
    TlsObservation,
)
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.network.aia import FoundIssuers, fetch_issuers
from mailcheck_gui.network.certificates import read_chain
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network

PLACES_LIMIT = 4
"""Places that one run asks; a server could name any number of them."""

_LEVELS = 2  # a chain that lacks more than two certificates is not met in practice

Judge = Callable[[tuple[bytes, ...]], Awaitable[bool | None]]
"""Tells whether a chain is trusted with these certificates (DER) beside it; None: not known."""


class IssuerShelf:
    """The issuers' certificates that one run has fetched."""

    def __init__(self, network: Network, thresholds: Thresholds) -> None:
        self._network = network
        self._limit = thresholds.issuer_limit
        self._asking = asyncio.Lock()
        self._found: dict[str, FoundIssuers] = {}

    async def take(self, url: str, deadline: Deadline) -> FoundIssuers | None:
        """Return what lies at a URL; None where enough other places were asked. Never raises."""
        async with self._asking:
            if url not in self._found:
                if len(self._found) >= PLACES_LIMIT:
                    return None
                self._found[url] = await fetch_issuers(self._network, url, self._limit, deadline)
            return self._found[url]


def wants_issuers(tls: TlsObservation, now: datetime) -> bool:
    """Whether an issuer's place could explain a refused certificate.

    It may hold what the chain lacks. Where dates are the fault, its answer carries an independent
    clock's time.
    """
    if tls.outcome is not HandshakeOutcome.UNVERIFIED or not _places(tls):
        return False
    lacks_issuer = tls.chain_trusted is False and not _ends_at_root(tls)
    return lacks_issuer or any(not c.not_before <= now <= c.not_after for c in tls.chain)


async def with_issuers(
    shelf: IssuerShelf, tls: TlsObservation, judge: Judge, deadline: Deadline
) -> TlsObservation:
    """Return the handshake with what its issuers' places held, and whether that completes it."""
    places, beside = _places(tls), tuple[bytes, ...]()
    for _ in range(_LEVELS):
        found = await _first(shelf, places, deadline)
        tls = replace(tls, issuer_fetches=(*tls.issuer_fetches, *(f.observation for f in found)))
        new = tuple(der for one in found for der in one.certificates)
        if not new or tls.chain_trusted is not False or _ends_at_root(tls):
            break
        beside += new
        tls = replace(tls, completed=await judge(beside))
        above = [facts for facts in read_chain(new) if not facts.self_issued]
        if tls.completed is not False or not above:
            break
        places = _fetchable(above[0])
    return tls


async def _first(
    shelf: IssuerShelf, places: tuple[str, ...], deadline: Deadline
) -> list[FoundIssuers]:
    """Ask one place after the other until one has certificates; return the answers of all asked."""
    answers = []
    for url in places:
        found = await shelf.take(url, deadline)
        if found is not None:  # a later one may be among those that were asked
            answers.append(found)
            if found.certificates:
                break
    return answers


def _places(tls: TlsObservation) -> tuple[str, ...]:
    """Return where the issuer above the chain lies, else that of the server's own certificate."""
    ends = [end for end in (tls.path_end, *tls.chain[:1]) if end is not None]
    return next((places for places in map(_fetchable, ends) if places), ())


def _fetchable(certificate: CertificateFacts) -> tuple[str, ...]:
    urls = dict.fromkeys(certificate.aia_issuers)
    return tuple(url for url in urls if url.lower().startswith(("http://", "https://")))


def _ends_at_root(tls: TlsObservation) -> bool:
    return tls.path_end is not None and tls.path_end.self_issued
