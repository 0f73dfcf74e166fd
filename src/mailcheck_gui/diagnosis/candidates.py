"""Servers that could replace a configured one, best first.

Where they come from, and what may be done with them:

- the same host, another port, encryption or sign-in, proven in this run;
- the other box, where the boxes were swapped;
- the other receiving protocol on the same port, where IMAP and POP3 were mixed up;
- a name in the certificate, in the domain of the typed host or of the address;
- a host that the catalogue documents;
- a near name in the domain of the address.

The last three are names that the person has not entered: no credential goes there without a yes.
"""

from __future__ import annotations

from mailcheck_gui.diagnosis.candidate_documented import documented, in_place_of_refused
from mailcheck_gui.diagnosis.candidate_sources import (
    certificate_names,
    near_own_names,
    other_protocol,
    same_host,
    stronger,
    swapped,
    with_oauth,
    with_password,
)
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.proven import STRENGTH, proven_on_host
from mailcheck_gui.diagnosis.reading import is_open
from mailcheck_gui.diagnosis.rules.offline import is_offline
from mailcheck_gui.diagnosis.sides import Side, side_of
from mailcheck_gui.model.account import AuthMethod, Role, Server
from mailcheck_gui.model.endpoint import endpoint_of, port_role
from mailcheck_gui.model.finding import Finding, Proof, Severity
from mailcheck_gui.model.intake import Candidate

_NOT_THE_HOST_ITSELF = frozenset({"host-retired", "host-is-mx"})
"""Here no port of the typed host is a cure."""


def candidates(
    case: Case, role: Role, findings: tuple[Finding, ...] | None = None
) -> tuple[Candidate, ...]:
    """Return what could replace the configured server of a side, best first.

    `findings` are those of the case, where the caller has asked all rules already.

    The configured server itself is not among them. Nothing is returned where nothing could be
    better. A candidate with proof `handshake` and `may_sign_in` may take the side's one sign-in; a
    candidate without proof wants one more probe, without a credential unless `may_sign_in`.
    """
    if is_offline(case):
        return ()
    side = side_of(case, role)
    if side is None:
        return tuple(in_place_of_refused(case, role))
    found: dict[Server, Candidate] = {}
    for candidate in _all(case, side, diagnose(case) if findings is None else findings):
        if candidate.server != side.server:
            found.setdefault(candidate.server, candidate)
    ranked = sorted(found.values(), key=lambda candidate: _rank(side, candidate))
    return tuple(candidate for candidate in ranked if not _disproven(case, candidate))


def _all(case: Case, side: Side, findings: tuple[Finding, ...]) -> list[Candidate]:
    because = main_cause(findings, side.role)
    if because == "oauth-required":
        return list(with_oauth(side))
    if because == "sign-in-required-to-send" and side.server.auth is AuthMethod.NONE:
        return list(with_password(case, side))
    if because in _NOT_THE_HOST_ITSELF:
        return list(documented(case, side, because))
    if not because or (side.verified and not _needs_other_method(side)):
        return list(stronger(case, side))
    return [
        *same_host(case, side, because),
        *swapped(case, side),
        *other_protocol(case, side),
        *certificate_names(case, side),
        *documented(case, side, because),
        *near_own_names(case, side),
    ]


def main_cause(findings: tuple[Finding, ...], role: Role) -> str:
    """Return the code nearest to the root of what stops a side, "" where nothing does."""
    roles = (role, Role.ACCOUNT)
    errors = [f for f in findings if f.role in roles and f.severity is Severity.ERROR]
    own = [f for f in errors if f.role is role or f.code == "servers-swapped"]
    first = next(iter(own or errors), None)
    return first.code if first else ""


def _needs_other_method(side: Side) -> bool:
    """Whether the settings reach the server, and only the way to sign in is not offered."""
    here = (side.server.port, side.server.security, side.server.auth)
    return not any(
        (p.server.port, p.server.security, p.server.auth) == here for p in proven_on_host(side)
    )


def _disproven(case: Case, candidate: Candidate) -> bool:
    """Whether a probe reached the candidate and found that it does not hold."""
    if candidate.proof is not None:
        return False
    seen = case.observations.at(endpoint_of(candidate.server))
    tried = [o for o in seen if o.candidate]
    if candidate.source:
        return any(is_open(o) for o in tried)
    return bool(tried)


def _rank(side: Side, candidate: Candidate) -> tuple[int, bool, bool, int, int, bool]:
    """Order candidates: proven, same host, same protocol, strong encryption, few changes."""
    server = candidate.server
    role = port_role(server.port)
    return (
        {None: 1, Proof.DOCUMENTED: 2}.get(candidate.proof, 0),
        server.ascii_host != side.server.ascii_host,
        server.protocol is not side.server.protocol,
        -STRENGTH[server.security],
        _changes(side.server, server),
        role is None or not role.registered,
    )


def _changes(before: Server, after: Server) -> int:
    pairs = (
        (before.protocol, after.protocol),
        (before.ascii_host, after.ascii_host),
        (before.port, after.port),
        (before.security, after.security),
        (before.auth, after.auth),
    )
    return sum(old is not new and old != new for old, new in pairs)
