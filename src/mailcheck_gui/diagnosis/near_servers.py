"""Server names that a typed one may be a misspelling of."""

from __future__ import annotations

from mailcheck_gui.catalogue.match import provider_of_server, retired_host
from mailcheck_gui.catalogue.near import near_names
from mailcheck_gui.diagnosis.addresses import own_hosts
from mailcheck_gui.model.account import Protocol
from mailcheck_gui.model.addresses import is_ip_literal
from mailcheck_gui.model.finding import Provider


def near_servers(
    providers: tuple[Provider, ...], protocol: Protocol, host: str, domain: str
) -> tuple[str, ...]:
    """Return the names that a host may be a misspelling of, nearest first.

    Only the catalogue and the domain of the e-mail address are asked: a name that merely exists
    may belong to anyone. A documented or retired name is spelt well, and so is any usual name of
    a mail server in the own domain. No outgoing server is named for an incoming box, nor the
    reverse.
    """
    own = {name for each in Protocol for name in own_hosts(each, domain)}
    spelt_well = (
        host in own
        or provider_of_server(providers, host) is not None
        or retired_host(providers, host) is not None
    )
    if spelt_well or is_ip_literal(host):
        return ()
    sends = protocol is Protocol.SMTP
    documented = (
        server.host
        for provider in providers
        for server in provider.servers
        if (server.protocol is Protocol.SMTP) == sends
    )
    return near_names(host, (*documented, *own_hosts(protocol, domain)))
