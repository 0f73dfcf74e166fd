"""Ports that work, but are not the best choice."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.findings import make_finding
from mailcheck_gui.diagnosis.proven import RELAY_PORT, STRENGTH, alternatives
from mailcheck_gui.diagnosis.reading import speaks
from mailcheck_gui.diagnosis.rules.advice import proven_way
from mailcheck_gui.diagnosis.sides import Side, given_sides
from mailcheck_gui.model.account import AuthMethod, Field, Role, Security
from mailcheck_gui.model.endpoint import port_role
from mailcheck_gui.model.finding import Finding
from mailcheck_gui.model.observation import Speaks


def submission_on_port_25(case: Case) -> Iterator[Finding]:
    """Port 25 for sending, whatever the encryption (RFC 6409, section 3.1; RFC 5068, section 3)."""
    for side in given_sides(case):
        if side.role is Role.OUTGOING and side.server.port == RELAY_PORT:
            yield make_finding(
                "submission-on-port-25",
                side.role,
                endpoint=side.endpoint,
                field=Field.PORT,
                values=side.values,
                remedy=proven_way(side),
            )


def nonstandard_port(case: Case) -> Iterator[Finding]:
    """Works on a port that is not registered for mail (2525, 2465, 2587, 26)."""
    for side in given_sides(case):
        role = port_role(side.server.port)
        if not side.verified or (role is not None and role.registered):
            continue
        standard = [other for other in alternatives(side) if _is_registered(other.server.port)]
        yield make_finding(
            "nonstandard-port",
            side.role,
            variant="standard" if standard else "",
            endpoint=side.endpoint,
            field=Field.PORT,
            values={**side.values, "better": standard[0].server.port if standard else ""},
        )


def _is_registered(port: int) -> bool:
    role = port_role(port)
    return role is not None and role.registered


def weaker_than_available(case: Case) -> Iterator[Finding]:
    """Works, while a stronger way was proven on the same server (RFC 8314, section 3)."""
    for side in given_sides(case):
        stronger = stronger_port(side)
        if stronger is not None:
            yield make_finding(
                "weaker-than-available",
                side.role,
                variant="plain" if side.server.security is Security.NONE else "",
                endpoint=side.endpoint,
                field=Field.SECURITY,
                values={**side.values, "better": stronger},
            )


def stronger_port(side: Side) -> int | None:
    """Return the port of a stronger proven way, where the configured one works as it is.

    Port 25 has a finding of its own.
    """
    relay = side.role is Role.OUTGOING and side.server.port == RELAY_PORT
    if relay or side.refused or not (side.verified or _works_in_the_open(side)):
        return None
    own = STRENGTH[side.server.security]
    others = [o.server for o in alternatives(side) if STRENGTH[o.server.security] > own]
    return others[0].port if others else None


def _works_in_the_open(side: Side) -> bool:
    """Whether the side needs neither sign-in nor encryption and was reached as it is set."""
    unsigned = side.server.auth is AuthMethod.NONE and side.server.security is Security.NONE
    return unsigned and side.main is not None and speaks(side.main) is Speaks.PLAINTEXT
