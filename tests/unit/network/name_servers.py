"""A loopback name server that answers as it is told."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset

Answer = Callable[[dns.message.Message], dns.message.Message | None]


def code(rcode: dns.rcode.Rcode) -> Answer:
    """Return an answer without records: NXDOMAIN, SERVFAIL, NOERROR (then it is NODATA)."""

    def answer(query: dns.message.Message) -> dns.message.Message:
        response = dns.message.make_response(query)
        response.set_rcode(rcode)
        return response

    return answer


def address(text: str) -> Answer:
    def answer(query: dns.message.Message) -> dns.message.Message:
        response = dns.message.make_response(query)
        response.answer.append(dns.rrset.from_text(query.question[0].name, 60, "IN", "A", text))
        return response

    return answer


def silence(_: dns.message.Message) -> None:
    """Answer nothing."""


@contextlib.contextmanager
def name_server(answer: Answer) -> Iterator[dns.resolver.Resolver]:
    """Serve on loopback and yield a resolver that asks this server only."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))

        def serve() -> None:
            while data := sock.recvfrom(4096):
                wire, client = data
                if not wire:
                    return
                response = answer(dns.message.from_wire(wire))
                if response is not None:
                    sock.sendto(response.to_wire(), client)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            resolver = dns.resolver.Resolver(configure=False)
            resolver.nameservers = ["127.0.0.1"]
            resolver.port = sock.getsockname()[1]
            yield resolver
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as goodbye:
                goodbye.sendto(b"", sock.getsockname())
            thread.join(10)
