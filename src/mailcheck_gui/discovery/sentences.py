"""What a source that has servers is said to name."""

from __future__ import annotations

from mailcheck_gui.discovery.asking import names_of_servers
from mailcheck_gui.model.account import Server
from mailcheck_gui.model.finding import Message, message


def names_servers(servers: tuple[Server, ...], left_out: int = 0) -> Message:
    """Return the sentence for usable servers, and how many others had to be left out."""
    hosts = names_of_servers(tuple(server.host for server in servers))
    if left_out:
        return message(
            "It names {servers}. {count} more cannot be used.", servers=hosts, count=left_out
        )
    return message("It names {servers}.", servers=hosts)
