"""Servers of other people that may be asked for comparison, when a port stays silent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Control:
    """One port of a big server that is known to answer there.

    `network` is the autonomous system that it stands in ("AS15169"). Two controls are unrelated
    where operator and network differ. `domains` are the operator's own: whoever checks an account
    there is not compared with the same operator.
    """

    host: str
    port: int
    operator: str
    network: str
    domains: tuple[str, ...]
    source: str
    date: str  # ISO 8601, when the fact was last confirmed

    def is_related_to(self, host: str) -> bool:
        """Whether a host belongs to the same operator, as far as names tell."""
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)
