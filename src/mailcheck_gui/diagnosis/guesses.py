"""The usual names of mail servers in a domain, and the ports that a search tries on them."""

from __future__ import annotations

from mailcheck_gui.diagnosis.addresses import own_hosts
from mailcheck_gui.diagnosis.hosts import read_host
from mailcheck_gui.diagnosis.proven import RELAY_PORT
from mailcheck_gui.model.account import Protocol, Security, Server
from mailcheck_gui.model.endpoint import PORT_ROLES, PortRole, default_port

ANY_NAME = "mailcheck-asks-for-any-name"
"""A label that no one sets up: where it leads somewhere, every name of the domain does."""


def usual_names(domain: str) -> tuple[str, ...]:
    """Return every usual name in a domain once: imap, mail, pop, pop3, smtp."""
    names = (name for protocol in Protocol for name in own_hosts(protocol, domain))
    return tuple(dict.fromkeys(names))


def guessed_names(protocol: Protocol, domain: str) -> tuple[str, ...]:
    """Return the usual names for one protocol, likeliest first; the bare domain comes last."""
    return (*own_hosts(protocol, domain), domain)


def guessed_ports(protocol: Protocol) -> tuple[PortRole, ...]:
    """Return the registered ports of a protocol, implicit TLS first (RFC 8314, section 3)."""
    return tuple(
        role
        for role in PORT_ROLES
        if role.protocol is protocol and role.registered and role.port != RELAY_PORT
    )


def guessed_server(protocol: Protocol, host: str, port: PortRole, username: str) -> Server:
    """Return a server at an A-label name; its user name is the whole address."""
    shown = read_host(host).host or host
    return Server(protocol, shown, host, port.port, port.security, username=username)


def likely_server(protocol: Protocol, domain: str, leading: frozenset[str], email: str) -> Server:
    """Return the likeliest server of a protocol where none is proven.

    `leading` are the names that lead somewhere; without any the first usual name is as good.
    """
    names = guessed_names(protocol, domain)
    host = next((name for name in names[:-1] if name in leading), names[0])
    port = default_port(protocol, Security.IMPLICIT_TLS)
    shown = read_host(host).host or host
    return Server(protocol, shown, host, port, Security.IMPLICIT_TLS, username=email)
