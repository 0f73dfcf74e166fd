"""One side of an account with all that was seen of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import PROTOCOL_NAMES
from mailcheck_gui.diagnosis.reading import has_bad_certificate, is_open, is_verified, outcome_of
from mailcheck_gui.diagnosis.reading import speaks as speaks_at
from mailcheck_gui.model.account import SIDES, Role, Server
from mailcheck_gui.model.endpoint import Endpoint, endpoint_of
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndpointObservation,
    NameObservation,
    SignInObservation,
    SignInResult,
    Speaks,
)

_PROGRESS = {
    ConnectOutcome.CLOSED: 4,
    ConnectOutcome.DENIED: 3,
    ConnectOutcome.UNREACHABLE: 2,
    ConnectOutcome.SILENT: 1,
}


@dataclass(frozen=True)  # without slots: what every rule asks for is worked out once
class Side:
    """A given side: its settings, and what was seen.

    `configured` holds one observation per address, `host_seen` everything on the same host,
    whichever side it was planned for.
    """

    role: Role
    server: Server
    configured: tuple[EndpointObservation, ...]
    host_seen: tuple[EndpointObservation, ...]
    name: NameObservation | None
    sign_in: SignInObservation | None

    @property
    def endpoint(self) -> Endpoint:
        """The configured endpoint."""
        return endpoint_of(self.server)

    @property
    def values(self) -> dict[str, object]:
        """What nearly every text names."""
        return {
            "host": self.server.host,
            "port": self.server.port,
            "protocol": PROTOCOL_NAMES[self.server.protocol],
        }

    @cached_property
    def main(self) -> EndpointObservation | None:
        """The address that got furthest: what a mail program would use in the end.

        Among equals IPv4 comes first, then the address itself decides: the order in which answers
        came must not change the judgement.
        """
        return min(self.configured, key=self._place, default=None)

    def _place(self, seen: EndpointObservation) -> tuple[int, bool, str]:
        address = seen.address or ""
        return (-self._progress(seen), ":" in address, address)

    def _progress(self, seen: EndpointObservation) -> int:
        if is_verified(seen, self.server.protocol, self.server.security):
            return 8
        heard = speaks_at(seen)
        if heard is not None:
            return 6 if heard is Speaks.NOTHING else 7
        return 5 if is_open(seen) else _PROGRESS.get(outcome_of(seen), 0)

    @cached_property
    def verified(self) -> bool:
        """Whether the setting reaches the server inside TLS verified for its name.

        A bad certificate at any address of it spoils that: a program may meet that address.
        """
        server = self.server
        reached = any(is_verified(o, server.protocol, server.security) for o in self.configured)
        return reached and not any(has_bad_certificate(o) for o in self.configured)

    @property
    def accepted(self) -> bool:
        """Whether exactly these settings signed in."""
        done = self.sign_in
        return done is not None and done.result is SignInResult.ACCEPTED and self.is_here(done)

    @property
    def let_in(self) -> bool:
        """Whether the server accepted the credentials, here or at another port."""
        return self.sign_in is not None and self.sign_in.result is SignInResult.ACCEPTED

    @property
    def refused(self) -> bool:
        """Whether the server refused the credentials, here or at another port."""
        return self.sign_in is not None and self.sign_in.result is SignInResult.REFUSED

    def is_here(self, sign_in: SignInObservation) -> bool:
        """Whether a sign-in took place with the configured endpoint and encryption."""
        return sign_in.endpoint == self.endpoint and sign_in.security is self.server.security


@lru_cache(maxsize=8)  # the rules of one case ask for the same two sides again and again
def side_of(case: Case, role: Role) -> Side | None:
    """Return one side, or None where it was not given or refused."""
    server = case.account.server(role)
    if server is None:
        return None
    observed = case.observations.endpoints
    endpoint = endpoint_of(server)
    return Side(
        role=role,
        server=server,
        configured=tuple(o for o in observed if _is_configured(o, role, endpoint)),
        host_seen=tuple(o for o in observed if o.endpoint.host == server.ascii_host),
        name=case.observations.name(server.ascii_host),
        sign_in=case.observations.sign_in(role),
    )


def _is_configured(seen: EndpointObservation, role: Role, endpoint: Endpoint) -> bool:
    return seen.configured and seen.role is role and seen.endpoint == endpoint


def given_sides(case: Case) -> Iterator[Side]:
    """Yield the sides that can be judged, incoming first."""
    for role in SIDES:
        side = side_of(case, role)
        if side is not None:
            yield side
