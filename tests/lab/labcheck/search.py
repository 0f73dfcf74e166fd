"""What one search for settings is given, and what it must find."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from labcheck.scenario import Side

SIDE_KEYS = ("protocol", "host", "port", "security")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The best candidate. `outgoing_source` is set where another source names its second server."""

    incoming: Side
    outgoing: Side
    source: str
    trust: str = "secure"
    proof: str = "handshake"
    outgoing_source: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """A row of what was asked: source, state, and words of the outcome or of what was asked."""

    source: str
    state: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """One search for an address in a domain. `best` is None where nothing can be found.

    `tried` are rows that must be there. A `slow` search waits for most of its time. A domain that
    is `unregistered` does not exist in DNS.
    """

    domain: str
    best: Wanted | None = None
    tried: tuple[Tried, ...] = ()
    options: tuple[str, ...] = ()
    wrapper: tuple[str, ...] = ()
    slow: bool = False
    unregistered: bool = False
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.domain

    @property
    def local_part(self) -> str:
        """What stands before the @: a name that occurs nowhere else."""
        return f"seeker{hashlib.sha256(str(self).encode()).hexdigest()[:12]}"

    @property
    def address(self) -> str:
        """The address that is typed."""
        return f"{self.local_part}@{self.domain}"
