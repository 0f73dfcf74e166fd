"""Which settings on a side's own host were proven in this run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mailcheck_gui.diagnosis.methods import methods_offered
from mailcheck_gui.diagnosis.reading import has_bad_certificate, is_verified, tls_capabilities
from mailcheck_gui.diagnosis.sides import Side
from mailcheck_gui.model.account import AuthMethod, Protocol, Security, Server
from mailcheck_gui.model.endpoint import Endpoint, endpoint_of, port_role
from mailcheck_gui.model.finding import Proof
from mailcheck_gui.model.observation import EndpointObservation, SignInObservation, SignInResult

RELAY_PORT = 25
"""For mail between servers; suggested to no mail program that is not set to it already
(RFC 6409, RFC 8314)."""

STRENGTH = {Security.IMPLICIT_TLS: 2, Security.STARTTLS: 1, Security.NONE: 0}
"""Implicit TLS before required STARTTLS (RFC 8314, section 3); plain text is never offered."""

_FALL_BACK = (AuthMethod.PASSWORD, AuthMethod.ENCRYPTED_PASSWORD, AuthMethod.OAUTH2)


@dataclass(frozen=True, slots=True)
class ProvenServer:
    """Settings that were reached: expected protocol, TLS verified, a way to sign in offered."""

    server: Server
    proof: Proof


def proven_on_host(side: Side, protocol: Protocol | None = None) -> tuple[ProvenServer, ...]:
    """Return everything proven on the side's own host, strongest first.

    The configured settings are among them where they are proven. `protocol` asks for another
    protocol than the configured one.
    """
    base = replace(side.server, protocol=protocol or side.server.protocol)
    return proven_among(side.host_seen, base, side.sign_in)


def proven_among(
    observed: Iterable[EndpointObservation], base: Server, sign_in: SignInObservation | None
) -> tuple[ProvenServer, ...]:
    """Return what is proven among observations, as servers with the user name of `base`."""
    grouped: dict[Endpoint, list[EndpointObservation]] = {}
    for seen in observed:
        if seen.endpoint.protocol is base.protocol and seen.endpoint.host == base.ascii_host:
            grouped.setdefault(seen.endpoint, []).append(seen)
    found = [
        ProvenServer(server, _proof(server, sign_in))
        for endpoint, addresses in grouped.items()
        if not any(has_bad_certificate(seen) for seen in addresses)
        for security in (Security.IMPLICIT_TLS, Security.STARTTLS)
        for server in _server(addresses, replace(base, port=endpoint.port, security=security))
    ]
    return tuple(sorted(found, key=_order))


def _server(addresses: list[EndpointObservation], wanted: Server) -> tuple[Server, ...]:
    """Return the settings with a sign-in that is offered there, or nothing where none is."""
    verified = [o for o in addresses if is_verified(o, wanted.protocol, wanted.security)]
    if not verified:
        return ()
    if wanted.auth is AuthMethod.NONE:
        return (wanted,)
    offers = [tls_capabilities(seen, wanted.security) for seen in verified]
    known = [offer for offer in offers if offer is not None]
    if not known:
        return ()
    offered = methods_offered(known[0], wanted.protocol, wanted.security)
    methods = (wanted.auth, *_FALL_BACK)
    method = next((method for method in methods if method in offered), None)
    return () if method is None else (replace(wanted, auth=method),)


def _proof(server: Server, sign_in: SignInObservation | None) -> Proof:
    if (
        sign_in is not None
        and sign_in.result is SignInResult.ACCEPTED
        and sign_in.endpoint == endpoint_of(server)
        and sign_in.security is server.security
    ):
        return Proof.SIGNED_IN
    return Proof.HANDSHAKE


def _order(proven: ProvenServer) -> tuple[int, bool, int]:
    role = port_role(proven.server.port)
    registered = role is not None and role.registered
    return (-STRENGTH[proven.server.security], not registered, proven.server.port)


def alternatives(side: Side) -> tuple[ProvenServer, ...]:
    """Return what is proven on the host besides the configured port and encryption.

    Port 25 is left out.
    """
    here = (side.server.port, side.server.security)
    return tuple(
        proven
        for proven in proven_on_host(side)
        if (proven.server.port, proven.server.security) != here and proven.server.port != RELAY_PORT
    )
