"""What one check is given, and what its report must say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from maillab.accounts import DOMAIN

_REPORT_WORDS = {"ssl": "implicit-tls", "starttls": "starttls", "none": "none"}


@dataclass(frozen=True, slots=True)
class Side:
    """One server as it is typed. `host` is a label of the lab's table, or a full name."""

    protocol: str
    host: str
    port: int
    security: str
    auth: str = "password"

    @property
    def name(self) -> str:
        """The full host name."""
        return self.host if "." in self.host else f"{self.host}.{DOMAIN}"

    @property
    def typed(self) -> str:
        """The value of --imap, --pop3 or --smtp."""
        return f"{self.name}:{self.port}/{self.security}"

    @property
    def reported(self) -> tuple[str, str, int, str, str]:
        """Protocol, host, port, security and auth as the report writes them."""
        return (self.protocol, self.name, self.port, _REPORT_WORDS[self.security], self.auth)


def imap(host: str, port: int, security: str, auth: str = "password") -> Side:
    """An IMAP server."""
    return Side("imap", host, port, security, auth)


def pop3(host: str, port: int, security: str, auth: str = "password") -> Side:
    """A POP3 server."""
    return Side("pop3", host, port, security, auth)


def smtp(host: str, port: int, security: str, auth: str = "password") -> Side:
    """An SMTP server."""
    return Side("smtp", host, port, security, auth)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is expected of one side. `server` is the suggested one, where it must be a change."""

    status: str
    sign_in: str
    server: Side | None = None
    proof: str | None = None


NOT_GIVEN = Outcome("not-given", "")


def keep(sign_in: str = "accepted") -> Outcome:
    """The settings are as good as can be."""
    return Outcome("keep", sign_in)


def change(server: Side, proof: str = "signed-in", sign_in: str = "accepted") -> Outcome:
    """A better way is suggested."""
    return Outcome("change", sign_in, server, proof)


def no_cure(sign_in: str = "not-tested") -> Outcome:
    """Something is wrong and nothing proven is better."""
    return Outcome("no-cure", sign_in)


class Secret(Enum):
    """What is given as the password."""

    RIGHT = "right"
    WRONG = "wrong"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One check and its expected report.

    `errors` is exactly the set of error codes, but for those in `also`, which may come with them.
    `codes` (warnings, info) must be there. `evidence` must occur in the evidence of a finding.
    A `slow` check waits for most of its time; it runs beside the others. `rival` is a server where
    another program is signed in with the same name meanwhile. Without any server
    the program first searches for those of `domain`.
    """

    name: str
    incoming: Side | None = None
    outgoing: Side | None = None
    verdict: str = "error"
    errors: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    receives: Outcome = NOT_GIVEN
    sends: Outcome = NOT_GIVEN
    evidence: tuple[str, ...] = ()
    secret: Secret = Secret.RIGHT
    wrapper: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    slow: bool = False
    rival: Side | None = None
    domain: str = DOMAIN

    def __str__(self) -> str:
        return self.name

    @property
    def exit_status(self) -> int:
        """1 exactly when the verdict is error."""
        return int(self.verdict == "error")

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """The expectation by side."""
        return {"incoming": self.receives, "outgoing": self.sends}

    def rivals(self, role: str) -> int:
        """Return how many sign-ins of one side are another program's."""
        return int(self.rival is not None and role == "incoming")


def one_side(
    name: str,
    side: Side,
    outcome: Outcome,
    *,
    errors: frozenset[str],
    also: frozenset[str] = frozenset(),
    codes: frozenset[str] = frozenset(),
    evidence: tuple[str, ...] = (),
) -> Scenario:
    """Return a check of one server alone: the outgoing one where it speaks SMTP."""
    alone = Scenario(name, errors=errors, also=also, codes=codes, evidence=evidence)
    if side.protocol == "smtp":
        return replace(alone, outgoing=side, sends=outcome)
    return replace(alone, incoming=side, receives=outcome)


def codes(*names: str) -> frozenset[str]:
    """Return a set of finding codes."""
    return frozenset(names)
