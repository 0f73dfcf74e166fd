"""What is asked about an address, and what one inquiry brings back.

A source has one or several inquiries (a URL, a DNS name). Whoever runs them asks all at once, and
asks what an answer names as `further` as well, until nothing is left.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from mailcheck_gui.model.account import Server
from mailcheck_gui.model.discovery import (
    SettingsCandidate,
    Source,
    SourceOutcome,
    Trust,
)
from mailcheck_gui.model.finding import PreparationStep, Provider
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network


@dataclass(frozen=True, slots=True)
class Question:
    """An address, tidied, and its domain in A-labels.

    `share_address` is the user's yes to requests that carry the local part; without it none does.
    `providers` is the catalogue.
    """

    email: str
    domain: str
    providers: tuple[Provider, ...]
    thresholds: Thresholds
    share_address: bool = False

    @property
    def local(self) -> str:
        """What stands before the @."""
        return self.email.rpartition("@")[0]


@dataclass(frozen=True, slots=True)
class Offer:
    """The servers that one answer names, unproven; each side in the source's order of preference.

    Plain text is never among them. `trust` is that of the weakest link of the way to it, `way` are
    the links that make it unverified (see `SettingsCandidate`).
    """

    source: Source
    incoming: tuple[Server, ...]
    outgoing: tuple[Server, ...]
    trust: Trust
    url: str = ""
    date: str = ""
    way: tuple[str, ...] = ()

    def pair(self, incoming: Server | None, outgoing: Server | None) -> SettingsCandidate:
        """Return a candidate of two servers with this offer's provenance."""
        return SettingsCandidate(
            incoming, outgoing, self.source, self.trust, self.url, self.date, way=self.way
        )


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """What one inquiry brought.

    `outcomes` says what was asked and what came of it, one for each request. `further` are
    inquiries that this answer leads to: what stands behind a domain's MX, for example. `hosts`
    are server names that were learnt on the way (A-labels, MX hosts first by preference).
    `no_such_domain` says that DNS knows no name like the domain of the address (NXDOMAIN).
    """

    source: Source
    outcomes: tuple[SourceOutcome, ...]
    offers: tuple[Offer, ...] = ()
    further: tuple[Inquiry, ...] = ()
    hosts: tuple[str, ...] = ()
    provider: Provider | None = None
    preparation: tuple[PreparationStep, ...] = ()
    no_such_domain: bool = False


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One thing to ask. `asked` names it for the user: a URL, a DNS name, or "".

    `ask` never raises for what a stranger does; it ends by its deadline. `needs_network` is False
    for what ships with the program.
    """

    source: Source
    asked: str
    ask: Callable[[Network, Deadline], Awaitable[SourceAnswer]]
    needs_network: bool = True
