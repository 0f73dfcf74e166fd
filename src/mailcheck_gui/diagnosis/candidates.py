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

from collections.abc import Iterator
from dataclasses import replace

from mailcheck_gui.catalogue.match import (
    provider_of_domain,
    provider_of_server,
    retired_host,
    server_hosts,
)
from mailcheck_gui.catalogue.near import slips
from mailcheck_gui.diagnosis.addresses import domain_of
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.hosts import read_host
from mailcheck_gui.diagnosis.intake import provider_of_typed
from mailcheck_gui.diagnosis.proven import (
    RELAY_PORT,
    STRENGTH,
    ProvenServer,
    proven_among,
    proven_on_host,
)
from mailcheck_gui.diagnosis.reading import is_open
from mailcheck_gui.diagnosis.rules.certificates import related_names_of
from mailcheck_gui.diagnosis.rules.names import near_hosts
from mailcheck_gui.diagnosis.rules.offline import is_offline
from mailcheck_gui.diagnosis.rules.ports import stronger_port
from mailcheck_gui.diagnosis.rules.speech import is_swapped, mismatched_protocol, shown_protocol
from mailcheck_gui.diagnosis.rules.typed import mx_provider
from mailcheck_gui.diagnosis.sides import Side, endpoint_of, side_of
from mailcheck_gui.model.account import AuthMethod, Role, Security, Server, ServerDraft
from mailcheck_gui.model.endpoint import default_port, default_security, port_role
from mailcheck_gui.model.finding import Finding, Proof, Provider, ProviderServer, Severity
from mailcheck_gui.model.intake import Candidate

_WRONG_HOST = frozenset(
    {
        "host-typo",
        "host-retired",
        "host-is-mx",
        "name-not-found",
        "name-has-no-address",
        "name-lookup-failed",
        "host-unreachable",
        "wrong-protocol",
        "not-a-mail-server",
        "port-closed",
        "port-silent",
    }
)
"""Causes for which another host of the provider may be the cure."""

_NOT_THE_HOST_ITSELF = frozenset({"host-retired", "host-is-mx"})
"""Here no port of the typed host is a cure."""


def candidates(case: Case, role: Role) -> tuple[Candidate, ...]:
    """Return what could replace the configured server of a side, best first.

    The configured server itself is not among them. Nothing is returned where nothing could be
    better. A candidate with proof `handshake` and `may_sign_in` may take the side's one sign-in; a
    candidate without proof wants one more probe, without a credential unless `may_sign_in`.
    """
    if is_offline(case):
        return ()
    side = side_of(case, role)
    if side is None:
        return tuple(_in_place_of_refused(case, role))
    found: dict[Server, Candidate] = {}
    for candidate in _all(case, side):
        if candidate.server != side.server:
            found.setdefault(candidate.server, candidate)
    ranked = sorted(found.values(), key=lambda candidate: _rank(side, candidate))
    return tuple(candidate for candidate in ranked if not _disproven(case, candidate))


def _all(case: Case, side: Side) -> list[Candidate]:
    because = main_cause(diagnose(case), side.role)
    if because == "oauth-required":
        return list(_with_oauth(side))
    if because in _NOT_THE_HOST_ITSELF:
        return list(_documented(case, side, because))
    if not because or (side.verified and not _needs_other_method(side)):
        return list(_stronger(case, side))
    return [
        *_same_host(case, side, because),
        *_swapped(case, side),
        *_other_protocol(case, side),
        *_certificate_names(case, side),
        *_documented(case, side, because),
        *_near_names(case, side),
    ]


def main_cause(findings: tuple[Finding, ...], role: Role) -> str:
    """Return the code nearest to the root of what stops a side, "" where nothing does."""
    roles = (role, Role.ACCOUNT)
    errors = [f for f in findings if f.role in roles and f.severity is Severity.ERROR]
    own = [f for f in errors if f.role is role or f.code == "servers-swapped"]
    first = next(iter(own or errors), None)
    return first.code if first else ""


def _with_oauth(side: Side) -> Iterator[Candidate]:
    """Yield the ports of the host that take a token; a password is never sent in its place."""
    base = replace(side.server, auth=AuthMethod.OAUTH2)
    for proven in proven_among(side.host_seen, base, None):
        if proven.server.auth is AuthMethod.OAUTH2 and proven.server.port != RELAY_PORT:
            yield Candidate(side.role, proven.server, proven.proof, False, "oauth-required")


def _needs_other_method(side: Side) -> bool:
    """Whether the settings reach the server, and only the way to sign in is not offered."""
    here = (side.server.port, side.server.security, side.server.auth)
    return not any(
        (p.server.port, p.server.security, p.server.auth) == here for p in proven_on_host(side)
    )


def _stronger(case: Case, side: Side) -> Iterator[Candidate]:
    """Yield what is stronger than settings that work: implicit TLS, or a port for submission."""
    relay = side.role is Role.OUTGOING and side.server.port == RELAY_PORT
    if side.refused or (not relay and stronger_port(side) is None):
        return
    because = "submission-on-port-25" if relay else "weaker-than-available"
    own = STRENGTH[side.server.security]
    for proven in proven_on_host(side):
        if proven.server.port != RELAY_PORT and (relay or STRENGTH[proven.server.security] > own):
            yield _from_proven(case, side.role, proven, because)


def _same_host(case: Case, side: Side, because: str) -> Iterator[Candidate]:
    for proven in proven_on_host(side):
        if proven.server.port != RELAY_PORT:
            yield _from_proven(case, side.role, proven, because)


def _from_proven(case: Case, role: Role, proven: ProvenServer, because: str) -> Candidate:
    may = _may_sign_in(case, role, proven.server)
    return Candidate(role, proven.server, proven.proof, may, because)


def _swapped(case: Case, side: Side) -> Iterator[Candidate]:
    """Yield what stands in the other box."""
    other = side_of(case, Role.OUTGOING if side.role is Role.INCOMING else Role.INCOMING)
    if other is None or not is_swapped(case):
        return
    heard = shown_protocol(other)
    fits = heard is not None and (side.role is Role.OUTGOING) == (heard.value == "smtp")
    protocol = heard if heard is not None and fits else side.server.protocol
    role = port_role(other.server.port)
    if role is not None and role.protocol is protocol and other.server.port != RELAY_PORT:
        port, security = other.server.port, default_security(other.server.port)
    else:
        port, security = default_port(protocol, None), Security.IMPLICIT_TLS
    server = replace(
        side.server,
        protocol=protocol,
        host=other.server.host,
        ascii_host=other.server.ascii_host,
        port=port,
        security=security,
    )
    yield _observed(case, side, server, "servers-swapped")
    yield from (
        _from_proven(case, side.role, proven, "servers-swapped")
        for proven in proven_among(case.observations.endpoints, server, side.sign_in)
        if proven.server.port != RELAY_PORT
    )


def _other_protocol(case: Case, side: Side) -> Iterator[Candidate]:
    """Yield the protocol that the port really speaks."""
    actual = mismatched_protocol(side)
    if actual is None:
        return
    because = "protocol-port-mismatch"
    for proven in proven_on_host(side, actual):
        may = _may_sign_in(case, side.role, proven.server)
        yield Candidate(side.role, proven.server, proven.proof, may, because)
    if shown_protocol(side) is actual:
        security = default_security(side.server.port)
        server = replace(side.server, protocol=actual, security=security)
        yield Candidate(side.role, server, None, True, because)


def _certificate_names(case: Case, side: Side) -> Iterator[Candidate]:
    for name in related_names_of(case, side):
        typed = read_host(name)
        if typed.problem is None and not typed.web:
            server = replace(side.server, host=typed.host, ascii_host=typed.ascii_host)
            if server.security is Security.NONE:
                continue
            yield _observed(case, side, server, "certificate-name-mismatch", same_server=True)


def _near_names(case: Case, side: Side) -> Iterator[Candidate]:
    """Yield near names of the address's own domain; those of the catalogue are documented."""
    name = side.name
    if name is None or name.addresses or is_documented_host(case, side):
        return
    for host in near_hosts(case, side):
        if host in set(server_hosts(case.providers)):
            continue
        server = replace(side.server, host=host, ascii_host=host, security=_tls(side.server))
        yield _observed(case, side, server, "host-typo")


def is_documented_host(case: Case, side: Side) -> bool:
    """Whether the catalogue knows the configured host."""
    return provider_of_server(case.providers, side.server.ascii_host) is not None


def _tls(server: Server) -> Security:
    return default_security(server.port) if server.security is Security.NONE else server.security


def _documented(case: Case, side: Side, because: str) -> Iterator[Candidate]:
    if because not in _WRONG_HOST:
        return
    provider = _provider_for(case, side)
    if provider is None:
        return
    retired = retired_host(case.providers, side.server.ascii_host)
    wanted = retired.today if retired else ""
    for fact in _closest(provider, side.server, wanted):
        server = _documented_server(fact, side.server)
        yield replace(
            _observed(case, side, server, because),
            source=f"{fact.source}, {fact.date}",
        )


def _provider_for(case: Case, side: Side) -> Provider | None:
    """Return the provider whose documented servers may cure a side."""
    host = side.server.ascii_host
    known = set(server_hosts(case.providers))
    near = next((name for name in near_hosts(case, side) if name in known), "")
    retired = retired_host(case.providers, host)
    return (
        (retired.provider if retired else None)
        or mx_provider(case, host)
        or provider_of_domain(case.providers, domain_of(case.account.email))
        or provider_of_server(case.providers, host)
        or (provider_of_server(case.providers, near) if near else None)
    )


def _closest(
    provider: Provider, like: Server | ServerDraft, wanted_host: str
) -> list[ProviderServer]:
    """Return the provider's servers for a protocol: the wanted host first, then the likest name."""
    host = like.ascii_host if isinstance(like, Server) else read_host(like.host).ascii_host
    top_level = host.rpartition(".")[2]
    facts = [fact for fact in provider.servers if fact.protocol is like.protocol]
    return sorted(
        facts,
        key=lambda fact: (
            fact.host != wanted_host,
            slips(host, fact.host),
            not fact.host.endswith(f".{top_level}"),
        ),
    )


def _documented_server(fact: ProviderServer, like: Server) -> Server:
    return replace(
        like,
        host=fact.host,
        ascii_host=fact.host,
        port=fact.port,
        security=fact.security,
        auth=like.auth if like.auth in fact.auth else fact.auth[0],
    )


def _in_place_of_refused(case: Case, role: Role) -> Iterator[Candidate]:
    """Yield documented servers for a side whose values could not be used."""
    draft = case.intake.draft.incoming if role is Role.INCOMING else case.intake.draft.outgoing
    if draft is None:
        return
    email = case.account.email
    provider = provider_of_typed(read_host(draft.host).ascii_host, case.providers)
    provider = provider or provider_of_domain(case.providers, domain_of(email))
    refused = [f for f in case.intake.findings if f.role is role and f.severity is Severity.ERROR]
    because = refused[0].code if refused else "host-invalid"
    for fact in _closest(provider, draft, "") if provider else ():
        like = Server(
            protocol=draft.protocol,
            host=fact.host,
            ascii_host=fact.host,
            port=fact.port,
            security=fact.security,
            auth=draft.auth or AuthMethod.PASSWORD,
            username=draft.username.strip() or email,
        )
        yield Candidate(
            role,
            _documented_server(fact, like),
            Proof.DOCUMENTED,
            False,
            because,
            source=f"{fact.source}, {fact.date}",
        )


def _observed(
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
    may = _may_sign_in(case, side.role, server)
    if not proven:
        return Candidate(side.role, server, None, may, because)
    return Candidate(side.role, proven[0].server, proven[0].proof, may, because)


def _shares_address(case: Case, side: Side, host: str) -> bool:
    name = case.observations.name(host)
    if name is None or side.name is None:
        return False
    return not set(name.addresses).isdisjoint(side.name.addresses)


def _may_sign_in(case: Case, role: Role, server: Server) -> bool:
    """Whether the credential of a side may go there: host entered, and the right kind of secret.

    A password is no token and a token no password.
    """
    configured = case.account.server(role)
    before = configured.auth if configured else AuthMethod.PASSWORD
    same_kind = (before is AuthMethod.OAUTH2) == (server.auth is AuthMethod.OAUTH2)
    return same_kind and was_entered(case, server.ascii_host)


def was_entered(case: Case, ascii_host: str) -> bool:
    """Whether the person entered this name in either box, or agreed to it."""
    entered = {server.ascii_host for _, server in case.account.sides()}
    return ascii_host in entered | case.agreed_hosts


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
