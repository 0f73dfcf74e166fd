"""Candidates from what was seen: the same host, the other box, the certificate, a near name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailcheck_gui.catalogue.match import provider_of_server, server_hosts
from mailcheck_gui.diagnosis.candidate_proof import from_proven, may_sign_in, observed_candidate
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.hosts import read_host
from mailcheck_gui.diagnosis.proven import RELAY_PORT, STRENGTH, proven_among, proven_on_host
from mailcheck_gui.diagnosis.rules.certificates import related_names_of
from mailcheck_gui.diagnosis.rules.names import near_hosts
from mailcheck_gui.diagnosis.rules.ports import stronger_port
from mailcheck_gui.diagnosis.rules.speech import is_swapped, mismatched_protocol, shown_protocol
from mailcheck_gui.diagnosis.sides import Side, side_of
from mailcheck_gui.model.account import AuthMethod, Role, Security, Server
from mailcheck_gui.model.endpoint import default_port, default_security, port_role
from mailcheck_gui.model.intake import Candidate


def stronger(case: Case, side: Side) -> Iterator[Candidate]:
    """Yield what is stronger than settings that work: implicit TLS, or a port for submission."""
    relay = side.role is Role.OUTGOING and side.server.port == RELAY_PORT
    if side.refused or (not relay and stronger_port(side) is None):
        return
    because = "submission-on-port-25" if relay else "weaker-than-available"
    own = STRENGTH[side.server.security]
    for proven in proven_on_host(side):
        if proven.server.port != RELAY_PORT and (relay or STRENGTH[proven.server.security] > own):
            yield from_proven(case, side.role, proven, because)


def with_oauth(side: Side) -> Iterator[Candidate]:
    """Yield the ports of the host that take a token; a password is never sent in its place."""
    base = replace(side.server, auth=AuthMethod.OAUTH2)
    for proven in proven_among(side.host_seen, base, None):
        if proven.server.auth is AuthMethod.OAUTH2 and proven.server.port != RELAY_PORT:
            yield Candidate(side.role, proven.server, proven.proof, False, "oauth-required")


def with_password(case: Case, side: Side) -> Iterator[Candidate]:
    """Yield the ports of the host that take a password, where none was set for sending."""
    base = replace(side.server, auth=AuthMethod.PASSWORD)
    for proven in proven_among(side.host_seen, base, None):
        if proven.server.port != RELAY_PORT:
            yield from_proven(case, side.role, proven, "sign-in-required-to-send")


def same_host(case: Case, side: Side, because: str) -> Iterator[Candidate]:
    """Yield what was proven on the typed host.

    The port between servers is left out, unless it was typed and nothing else is proven: then the
    encryption that it offers is better than what was set.
    """
    everything = proven_on_host(side)
    others = tuple(proven for proven in everything if proven.server.port != RELAY_PORT)
    typed_relay = side.server.port == RELAY_PORT
    for proven in others or (everything if typed_relay else ()):
        yield from_proven(case, side.role, proven, because)


def swapped(case: Case, side: Side) -> Iterator[Candidate]:
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
    yield observed_candidate(case, side, server, "servers-swapped")
    yield from (
        from_proven(case, side.role, proven, "servers-swapped")
        for proven in proven_among(case.observations.endpoints, server, side.sign_in)
        if proven.server.port != RELAY_PORT
    )


def other_protocol(case: Case, side: Side) -> Iterator[Candidate]:
    """Yield the protocol that the port really speaks."""
    actual = mismatched_protocol(side)
    if actual is None:
        return
    because = "protocol-port-mismatch"
    for proven in proven_on_host(side, actual):
        may = may_sign_in(case, side.role, proven.server)
        yield Candidate(side.role, proven.server, proven.proof, may, because)
    if shown_protocol(side) is actual:
        security = default_security(side.server.port)
        server = replace(side.server, protocol=actual, security=security)
        yield Candidate(side.role, server, None, True, because)


def certificate_names(case: Case, side: Side) -> Iterator[Candidate]:
    """Yield names of the certificate that belong to the typed host or the address."""
    because = "certificate-name-mismatch"
    for name in related_names_of(case, side):
        typed = read_host(name)
        if typed.problem is None and not typed.web:
            server = replace(
                side.server,
                host=typed.host,
                ascii_host=typed.ascii_host,
                security=_encrypted(side.server),
            )
            yield observed_candidate(case, side, server, because, same_server=True)


def near_own_names(case: Case, side: Side) -> Iterator[Candidate]:
    """Yield near names of the address's own domain; those of the catalogue are documented."""
    name = side.name
    if name is None or name.addresses or _is_documented_host(case, side):
        return
    for host in near_hosts(case, side):
        if host in set(server_hosts(case.providers)):
            continue
        shown = read_host(host).host or host
        server = replace(side.server, host=shown, ascii_host=host, security=_encrypted(side.server))
        yield observed_candidate(case, side, server, "host-typo")


def _is_documented_host(case: Case, side: Side) -> bool:
    """Whether the catalogue knows the configured host."""
    return provider_of_server(case.providers, side.server.ascii_host) is not None


def _encrypted(server: Server) -> Security:
    return default_security(server.port) if server.security is Security.NONE else server.security
