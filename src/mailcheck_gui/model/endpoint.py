"""Where a conversation goes, and the roles that ports are registered for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from mailcheck_gui.model.account import Protocol, Role, Security, Server


class Family(IntEnum):
    """An IP version."""

    V4 = 4
    V6 = 6


@dataclass(frozen=True, slots=True, order=True)
class Endpoint:
    """A protocol expected at a host (A-label or IP literal) and port."""

    protocol: Protocol
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def endpoint_of(server: Server) -> Endpoint:
    """Return where a server's settings lead."""
    return Endpoint(server.protocol, server.ascii_host, server.port)


@dataclass(frozen=True, slots=True)
class PlannedEndpoint:
    """An endpoint that a check will examine, and why.

    `security` is what the person configured, or what the port is registered for on a neighbour.
    """

    role: Role
    endpoint: Endpoint
    security: Security
    configured: bool


@dataclass(frozen=True, slots=True)
class PortRole:
    """What a port is registered for (IANA; RFC 8314, 6409, 9051, 1939, 5321)."""

    port: int
    protocol: Protocol
    security: Security
    service: str
    source: str
    registered: bool = True


PORT_ROLES: tuple[PortRole, ...] = (
    PortRole(993, Protocol.IMAP, Security.IMPLICIT_TLS, "imaps", "RFC 8314 3.2"),
    PortRole(143, Protocol.IMAP, Security.STARTTLS, "imap", "RFC 9051 11.1"),
    PortRole(995, Protocol.POP3, Security.IMPLICIT_TLS, "pop3s", "RFC 8314 3.1"),
    PortRole(110, Protocol.POP3, Security.STARTTLS, "pop3", "RFC 1939, RFC 2595 4"),
    PortRole(465, Protocol.SMTP, Security.IMPLICIT_TLS, "submissions", "RFC 8314 3.3"),
    PortRole(587, Protocol.SMTP, Security.STARTTLS, "submission", "RFC 6409 3.1"),
    PortRole(25, Protocol.SMTP, Security.STARTTLS, "smtp", "RFC 5321, RFC 5068 3"),
    PortRole(2525, Protocol.SMTP, Security.STARTTLS, "", "not registered for mail", False),
)
"""The ports of mail, strongest first within each protocol."""

_BY_PORT = {role.port: role for role in PORT_ROLES}


def port_role(port: int) -> PortRole | None:
    """Return what a port is registered for, or None where it is not a port of mail."""
    return _BY_PORT.get(port)


def default_security(port: int | None) -> Security:
    """Return the usual mode of a port; implicit TLS without a port (RFC 8314, section 3)."""
    if port is None:
        return Security.IMPLICIT_TLS
    role = _BY_PORT.get(port)
    return Security.STARTTLS if role is None else role.security


def default_port(protocol: Protocol, security: Security | None) -> int:
    """Return the usual port of a mode; `none` uses the STARTTLS port."""
    implicit = {Protocol.IMAP: 993, Protocol.POP3: 995, Protocol.SMTP: 465}
    plain = {Protocol.IMAP: 143, Protocol.POP3: 110, Protocol.SMTP: 587}
    ports = implicit if security in (None, Security.IMPLICIT_TLS) else plain
    return ports[protocol]


IMPLICIT_TLS_PORTS = frozenset(
    role.port for role in PORT_ROLES if role.security is Security.IMPLICIT_TLS
)
"""Ports where the client speaks first, with a ClientHello."""
