"""What is known of a candidate, and whether a credential may go there."""

from __future__ import annotations

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.proven import ProvenServer, proven_among
from mailcheck_gui.diagnosis.sides import Side
from mailcheck_gui.model.account import AuthMethod, Role, Server
from mailcheck_gui.model.endpoint import endpoint_of
from mailcheck_gui.model.intake import Candidate


def from_proven(case: Case, role: Role, proven: ProvenServer, because: str) -> Candidate:
    """Return a candidate that was proven already."""
    may = may_sign_in(case, role, proven.server)
    return Candidate(role, proven.server, proven.proof, may, because)


def observed_candidate(
    case: Case, side: Side, server: Server, because: str, *, same_server: bool = False
) -> Candidate:
    """Return a candidate with what is already known of it.

    With `same_server` the proof counts only where the name leads to an address of the typed host.
    """
    seen = case.observations.at(endpoint_of(server))
    proven = [
        proven
        for proven in proven_among(seen, server, side.sign_in)
        if proven.server.security is server.security
    ]
    if same_server and not _shares_address(case, side, server.ascii_host):
        proven = []
    may = may_sign_in(case, side.role, server)
    if not proven:
        return Candidate(side.role, server, None, may, because)
    return Candidate(side.role, proven[0].server, proven[0].proof, may, because)


def _shares_address(case: Case, side: Side, host: str) -> bool:
    name = case.observations.name(host)
    if name is None or side.name is None:
        return False
    return not set(name.addresses).isdisjoint(side.name.addresses)


def may_sign_in(case: Case, role: Role, server: Server) -> bool:
    """Whether the credential of a side may go there: host entered, and the right kind of secret.

    A password is no token and a token no password.
    """
    configured = case.account.server(role)
    before = configured.auth if configured else AuthMethod.PASSWORD
    same_kind = (before is AuthMethod.OAUTH2) == (server.auth is AuthMethod.OAUTH2)
    return same_kind and was_entered(case, server.ascii_host)


def was_entered(case: Case, ascii_host: str) -> bool:
    """Whether the person entered this name in either box, or agreed to it."""
    hosts = case.account.hosts_with_consent(case.agreed_hosts, case.unconfirmed_hosts)
    return ascii_host in hosts
