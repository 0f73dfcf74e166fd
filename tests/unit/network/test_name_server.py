from __future__ import annotations

import dns.rcode
import dns.resolver
import pytest
from name_servers import Answer, address, code, name_server, silence

from mailcheck_gui.network.name_server import (
    NameServerAnswer,
    NameServerReply,
    ask_name_server,
)

HOST = "mail.example.test"


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        (address("192.0.2.1"), NameServerReply(NameServerAnswer.HAS_ADDRESS)),
        (code(dns.rcode.NXDOMAIN), NameServerReply(NameServerAnswer.NO_SUCH_NAME)),
        (code(dns.rcode.NOERROR), NameServerReply(NameServerAnswer.NO_ADDRESS)),
        (code(dns.rcode.SERVFAIL), NameServerReply(NameServerAnswer.UNKNOWN, "SERVFAIL")),
        (code(dns.rcode.REFUSED), NameServerReply(NameServerAnswer.UNKNOWN, "REFUSED")),
    ],
)
def test_answers(answer: Answer, reply: NameServerReply) -> None:
    with name_server(answer) as resolver:
        assert ask_name_server(HOST, 5, resolver) == reply


def test_a_library_that_another_thread_has_only_just_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Python makes a loaded module an attribute of its package a moment later."""
    with name_server(code(dns.rcode.SERVFAIL)) as resolver:
        monkeypatch.delattr(dns, "resolver")
        reply = ask_name_server(HOST, 5, resolver)
    assert reply == NameServerReply(NameServerAnswer.UNKNOWN, "SERVFAIL")


def test_a_server_that_does_not_answer() -> None:
    with name_server(silence) as resolver:
        reply = ask_name_server(HOST, 0.2, resolver)
    assert reply == NameServerReply(NameServerAnswer.UNKNOWN, "the name server does not answer")


def test_no_name_server_at_all() -> None:
    resolver = dns.resolver.Resolver(configure=False)
    assert ask_name_server(HOST, 0.2, resolver).answer is NameServerAnswer.UNKNOWN


def test_a_name_that_dns_cannot_express() -> None:
    with name_server(code(dns.rcode.NXDOMAIN)) as resolver:
        reply = ask_name_server(f"{'a' * 64}.test", 5, resolver)
    assert reply.answer is NameServerAnswer.UNKNOWN
    assert reply.detail
