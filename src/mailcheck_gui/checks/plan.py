"""Which endpoints a check examines: what the person configured, and its neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from mailcheck_gui.model.account import Account, Protocol, Role, Server
from mailcheck_gui.model.endpoint import PORT_ROLES, Endpoint, PlannedEndpoint, endpoint_of

_NEIGHBOUR_PROTOCOLS = {
    Role.INCOMING: frozenset({Protocol.IMAP, Protocol.POP3}),
    Role.OUTGOING: frozenset({Protocol.SMTP}),
}


def plan_endpoints(account: Account, neighbours: bool = True) -> tuple[PlannedEndpoint, ...]:
    """Return the endpoints of a check: configured ones first, then neighbours, strongest first.

    The incoming host is also asked on 143, 993, 110 and 995, the outgoing host on 25, 465, 587 and
    2525. An endpoint is examined once, whatever both sides have in common.
    """
    planned = {
        endpoint_of(server): PlannedEndpoint(role, endpoint_of(server), server.security, True)
        for role, server in account.sides()
    }
    if neighbours:
        for role, server in account.sides():
            for near in _neighbours(role, server):
                planned.setdefault(near.endpoint, near)
    return tuple(planned.values())


def _neighbours(role: Role, server: Server) -> Iterator[PlannedEndpoint]:
    for port in PORT_ROLES:
        if port.protocol in _NEIGHBOUR_PROTOCOLS[role]:
            endpoint = Endpoint(port.protocol, server.ascii_host, port.port)
            yield PlannedEndpoint(role, endpoint, port.security, False)
