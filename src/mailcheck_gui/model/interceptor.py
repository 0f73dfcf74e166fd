"""What is known of programs and devices that read encrypted connections."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class InterceptorKind(StrEnum):
    """Where it runs, and so who can exempt mail from it."""

    COMPUTER = "computer"  # a program on this computer, mostly an antivirus
    NETWORK = "network"  # a device or service on the way, with an administrator


@dataclass(frozen=True, slots=True)
class Interceptor:
    """One product. `issuers` are lower-case patterns (`*`) of its authority's names."""

    name: str
    kind: InterceptorKind
    issuers: tuple[str, ...]
    source: str
    date: str  # ISO 8601, when the fact was last confirmed
