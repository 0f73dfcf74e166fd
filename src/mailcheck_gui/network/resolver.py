"""Names to addresses, as every mail program on this computer would look them up."""

from __future__ import annotations

import asyncio
import socket
import time
from dataclasses import replace

from mailcheck_gui.model.addresses import is_ip_literal
from mailcheck_gui.model.observation import NameObservation, NameOutcome
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.name_server import NameServerAnswer, NameServerReply, ask_name_server
from mailcheck_gui.network.threads import in_daemon_thread

SECOND_OPINION_SECONDS = 1.0
"""How long the name server may take to explain what the system's resolver left open."""

# getaddrinfo's codes differ between systems, and not every system has all of them. Windows has
# winsock's numbers behind the same names, except for "no data".
_WSANO_DATA = 11004
_NOT_FOUND = frozenset({socket.EAI_NONAME})
_NO_ADDRESS = frozenset(
    {
        getattr(socket, "EAI_NODATA", _WSANO_DATA),
        getattr(socket, "EAI_ADDRFAMILY", _WSANO_DATA),
        _WSANO_DATA,
    }
) - {socket.EAI_NONAME}


async def resolve(host: str, deadline: Deadline) -> NameObservation:
    """Look up A and AAAA of an A-label host; an IP literal is passed through. Never raises."""
    if is_ip_literal(host):
        return NameObservation(host, NameOutcome.LITERAL, (host,))
    started = time.monotonic()
    try:
        async with asyncio.timeout(deadline.remaining):
            found = await in_daemon_thread(lambda: look_up(host, deadline), f"resolve {host}")
    except TimeoutError:
        found = NameObservation(host, NameOutcome.TIMED_OUT)
    return replace(found, elapsed_ms=(time.monotonic() - started) * 1000)


def look_up(host: str, deadline: Deadline) -> NameObservation:
    """Ask the system's resolver, and a name server where its answer is ambiguous. Blocks."""
    if not host:  # Windows would answer with the addresses of this computer
        return NameObservation(host, NameOutcome.NOT_FOUND, detail="The name is empty.")
    try:
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        limit = min(SECOND_OPINION_SECONDS, deadline.remaining)
        return explained(system_answer(host, error), ask_name_server(host, limit))
    except UnicodeError as error:  # a label that is empty or longer than 63 characters
        return NameObservation(host, NameOutcome.NOT_FOUND, detail=str(error))
    except OSError as error:  # EAI_SYSTEM on some systems: no descriptor, no memory
        return NameObservation(host, NameOutcome.FAILED, detail=str(error))
    addresses = (str(sockaddr[0]).partition("%")[0] for *_, sockaddr in answers)
    return NameObservation(host, NameOutcome.FOUND, tuple(dict.fromkeys(addresses)))


def system_answer(host: str, error: socket.gaierror) -> NameObservation:
    """Return what getaddrinfo's error says, taken by itself."""
    if error.errno in _NOT_FOUND:
        outcome = NameOutcome.NOT_FOUND
    elif error.errno in _NO_ADDRESS:
        outcome = NameOutcome.NO_ADDRESS
    else:
        outcome = NameOutcome.FAILED
    return NameObservation(host, outcome, detail=error.strerror or str(error))


def explained(system: NameObservation, reply: NameServerReply) -> NameObservation:
    """Return the system's answer, made exact by what a name server said.

    Systems say "name or service not known" both for a name that does not exist and for one
    without addresses; a name server's answer code tells them apart. It never turns the system's
    failure into a finding about the name, nor the reverse: the system alone decides what mail
    programs reach.
    """
    if system.outcome is NameOutcome.FAILED:
        detail = f"{system.detail} ({reply.detail})" if reply.detail else system.detail
        return replace(system, detail=detail)
    if reply.answer is NameServerAnswer.NO_SUCH_NAME:
        return replace(system, outcome=NameOutcome.NOT_FOUND)
    if reply.answer is NameServerAnswer.NO_ADDRESS:
        return replace(system, outcome=NameOutcome.NO_ADDRESS)
    return system
