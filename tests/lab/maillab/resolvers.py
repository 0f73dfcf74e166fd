"""Name servers that misbehave: one always fails, one is mute, one takes its time."""

from __future__ import annotations

import asyncio
from typing import cast

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from maillab.domains import FOUND, SLOW_NAMES
from maillab.hosts import place
from maillab.networks import FAILING_RESOLVER, MUTE_RESOLVER, SLOW_RESOLVER

_DELAY = 1.5
_TTL = 60


class _Resolver(asyncio.DatagramProtocol):
    """Answers every question with SERVFAIL (RFC 1035 section 4.1.1)."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        response = dns.message.make_response(dns.message.from_wire(data))
        self._fill(response)
        loop = asyncio.get_running_loop()
        loop.call_later(self._delay(), self._transport.sendto, response.to_wire(), addr)

    def _fill(self, response: dns.message.Message) -> None:
        response.set_rcode(dns.rcode.SERVFAIL)

    def _delay(self) -> float:
        return 0.0


class _SlowResolver(_Resolver):
    """Knows the IPv4 addresses of a few names, and says so late."""

    def _fill(self, response: dns.message.Message) -> None:
        question = response.question[0]
        name = question.name.to_text(omit_final_dot=True)
        if name not in SLOW_NAMES:
            response.set_rcode(dns.rcode.NXDOMAIN)
        elif question.rdtype == dns.rdatatype.A:
            record = dns.rrset.from_text(question.name, _TTL, "IN", "A", place(FOUND).v4)
            response.answer.append(record)

    def _delay(self) -> float:
        return _DELAY


RESOLVERS = {
    FAILING_RESOLVER: _Resolver,
    MUTE_RESOLVER: asyncio.DatagramProtocol,
    SLOW_RESOLVER: _SlowResolver,
}
"""Each by the address at which it listens."""
