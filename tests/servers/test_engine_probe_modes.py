"""Settings that do not fit the port: what speaks there is found out, and no password leaves."""

from __future__ import annotations

import pytest
from engine_stage import (
    CREDENTIAL,
    HOST,
    IMAP,
    NONE,
    POP3,
    SMTP,
    SSL,
    STARTTLS,
    V4,
    V6,
    Stage,
    incoming,
    outgoing,
    server,
    speaking,
)
from recording import assert_nothing_readable

from mailcheck_gui.model.account import Account, Protocol, Security
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndKind,
    GreetingKind,
    HandshakeOutcome,
    Opening,
    Spoken,
)
from mailcheck_gui.practice.behaviour import Foreign
from mailcheck_gui.practice.servers import Door

HELLO = b"\x16\x03"


def side(protocol: Protocol, security: Security, port: int) -> Account:
    return outgoing(security, port) if protocol is SMTP else incoming(protocol, security, port)


@pytest.mark.parametrize(("protocol", "port"), [(SMTP, 587), (SMTP, 25), (IMAP, 143), (POP3, 110)])
def test_ssl_on_a_plaintext_port(protocol: Protocol, port: int) -> None:
    seen = Stage({port: speaking(protocol)}).probe(side(protocol, SSL, port))

    listening = seen.talk(port, Opening.LISTEN)
    assert listening.greeting is not None
    assert listening.greeting.spoken.value == protocol.value
    assert listening.plain_capabilities is not None
    assert listening.plain_capabilities.starttls
    assert listening.tls is not None
    assert listening.tls.outcome is HandshakeOutcome.VERIFIED
    hello = seen.at(port).find(Opening.CLIENT_HELLO)
    assert hello is not None
    assert hello.tls is not None
    assert hello.tls.outcome in (HandshakeOutcome.NOT_TLS, HandshakeOutcome.CUT_SHORT)
    assert seen.sign_ins == ()


@pytest.mark.parametrize(("protocol", "port"), [(SMTP, 465), (IMAP, 993), (POP3, 995)])
@pytest.mark.parametrize("security", [STARTTLS, NONE])
def test_a_tls_port_set_to_something_else(
    protocol: Protocol, port: int, security: Security
) -> None:
    stage = Stage({port: speaking(protocol, implicit=True)})
    seen = stage.probe(side(protocol, security, port))

    hello = seen.talk(port, Opening.CLIENT_HELLO)
    assert hello.tls is not None
    assert hello.tls.outcome is HandshakeOutcome.VERIFIED
    assert hello.tls_capabilities is not None
    listening = seen.talk(port, Opening.LISTEN)
    assert listening.greeting is None
    assert listening.end is not None
    assert listening.end.kind is EndKind.CUT_SHORT
    assert seen.sign_ins == ()
    assert_nothing_readable(seen.network, CREDENTIAL)


@pytest.mark.parametrize(("protocol", "port"), [(SMTP, 587), (SMTP, 25), (IMAP, 143), (POP3, 110)])
def test_no_encryption_never_signs_in_and_still_proves_starttls(
    protocol: Protocol, port: int
) -> None:
    stage = Stage({port: speaking(protocol, sign_in_before_tls=True)})
    seen = stage.probe(side(protocol, NONE, port))

    talk = seen.talk(port, Opening.LISTEN)
    assert talk.plain_capabilities is not None
    assert talk.tls is not None
    assert talk.tls.outcome is HandshakeOutcome.VERIFIED
    assert seen.sign_ins == ()
    assert seen.reasons == {}
    assert_nothing_readable(seen.network, CREDENTIAL)


def test_one_malformed_opening_for_a_host_with_two_wrong_sides() -> None:
    stage = Stage({143: speaking(IMAP), 587: speaking(SMTP)}, addresses=(V4, V6))
    account = Account(incoming=server(IMAP, SSL, 143), outgoing=server(SMTP, SSL, 587))
    seen = stage.probe(account)

    hellos = [sent for _, _, sent in seen.network.sent if sent.startswith(HELLO)]
    assert len(hellos) == 1
    for port in (143, 587):
        for address in (V4, V6):
            assert seen.talk(port, Opening.LISTEN, address).greeting is not None


def test_implicit_tls_on_a_submission_port_is_found_on_every_address() -> None:
    stage = Stage({587: speaking(SMTP, implicit=True)}, addresses=(V4, V6))
    seen = stage.probe(outgoing(SSL, 587))

    for address in (V4, V6):
        hello = seen.talk(587, Opening.CLIENT_HELLO, address)
        assert hello.tls is not None
        assert hello.tls.outcome is HandshakeOutcome.VERIFIED
    assert len(seen.sign_ins) == 1


def test_a_mute_port_gets_the_other_opening_late() -> None:
    seen = Stage({587: speaking(SMTP, implicit=True)}).probe(outgoing(STARTTLS, 587))

    hello = seen.talk(587, Opening.CLIENT_HELLO)
    assert hello.tls is not None
    assert hello.tls.outcome is HandshakeOutcome.VERIFIED
    assert seen.talk(587, Opening.LISTEN).greeting is None
    assert seen.sign_ins == ()


def test_port_25_gets_no_client_hello_unasked() -> None:
    seen = Stage({25: speaking(SMTP, implicit=True)}).probe(outgoing(STARTTLS, 25))

    (talk,) = seen.at(25).conversations
    assert talk.opening is Opening.LISTEN
    assert seen.network.bytes_to(25) == [b""]


def test_a_plain_server_on_a_tls_port_tells_what_it_offers() -> None:
    seen = Stage({993: speaking(IMAP)}).probe(incoming(IMAP, SSL))

    hello = seen.talk(993, Opening.CLIENT_HELLO)
    assert hello.tls is not None
    assert hello.tls.outcome is HandshakeOutcome.NOT_TLS
    assert hello.tls.first_bytes.startswith(b"* OK")
    listening = seen.talk(993, Opening.LISTEN)
    assert listening.plain_capabilities is not None
    assert listening.plain_capabilities.starttls
    assert seen.sign_ins == ()


@pytest.mark.parametrize(
    ("behind", "security", "port", "spoken"),
    [
        (speaking(POP3), STARTTLS, 110, Spoken.POP3),
        (speaking(SMTP), STARTTLS, 587, Spoken.SMTP),
        (speaking(POP3, foreign=Foreign.SSH), STARTTLS, 143, Spoken.SSH),
    ],
)
def test_another_protocol_is_named_and_left_alone(
    behind: object, security: Security, port: int, spoken: Spoken
) -> None:
    seen = Stage({port: behind}).probe(incoming(IMAP, security, port))  # type: ignore[dict-item]

    talk = seen.talk(port, Opening.LISTEN)
    assert talk.greeting is not None
    assert (talk.greeting.kind, talk.greeting.spoken) == (GreetingKind.FOREIGN, spoken)
    assert seen.network.bytes_to(port) == [b""]


def test_another_protocol_inside_tls_gets_no_password() -> None:
    seen = Stage({995: speaking(POP3, implicit=True)}).probe(incoming(IMAP, SSL, 995))

    talk = seen.talk(995, Opening.CLIENT_HELLO)
    assert talk.tls_greeting is not None
    assert talk.tls_greeting.spoken is Spoken.POP3
    assert seen.sign_ins == ()
    assert not seen.heard[995][0].inside_tls


def test_a_web_server_shows_itself_to_the_late_client_hello() -> None:
    seen = Stage({143: speaking(IMAP, foreign=Foreign.HTTP)}).probe(incoming(IMAP, STARTTLS, 143))

    hello = seen.talk(143, Opening.CLIENT_HELLO)
    assert hello.tls is not None
    assert hello.tls.outcome is HandshakeOutcome.NOT_TLS
    assert hello.tls.first_bytes.startswith(b"HTTP/")


def test_what_one_address_says_ends_the_wait_of_the_others() -> None:
    stage = Stage({143: speaking(IMAP, foreign=Foreign.HTTP)}, addresses=(V4, V6))
    seen = stage.probe(incoming(IMAP, STARTTLS, 143))

    openings = [talk for row in seen.endpoints for talk in row.conversations]
    assert [talk.opening for talk in openings].count(Opening.CLIENT_HELLO) == 1
    waits = [talk.end for talk in openings if talk.opening is Opening.LISTEN]
    assert [end.kind for end in waits if end] == [EndKind.CUT_SHORT, EndKind.CUT_SHORT]


@pytest.mark.parametrize(
    ("door", "outcome"),
    [
        (None, ConnectOutcome.CLOSED),
        (Door.BLOCKED, ConnectOutcome.SILENT),
        (Door.UNREACHABLE, ConnectOutcome.UNREACHABLE),
    ],
)
def test_ports_that_do_not_open(door: Door | None, outcome: ConnectOutcome) -> None:
    seen = Stage({} if door is None else {993: door}).probe(incoming(IMAP, SSL))

    talks = seen.at(993).conversations
    assert [talk.connect.outcome for talk in talks] == [outcome]
    assert all(talk.connect.final for talk in talks)


def test_an_address_that_is_dead_does_not_hide_the_other() -> None:
    stage = Stage(
        {993: speaking(IMAP, implicit=True)},
        addresses=(V6, V4),
        dead_addresses=frozenset({V6}),
    )
    seen = stage.probe(incoming(IMAP, SSL))

    dead = seen.talk(993, Opening.CLIENT_HELLO, V6)
    assert dead.connect.outcome is ConnectOutcome.SILENT
    assert [s.address for s in seen.sign_ins] == [V4]


def test_a_name_without_address_leaves_rows_without_address() -> None:
    account = Account(incoming=server(IMAP, SSL, host="nowhere.practice.example"))
    seen = Stage({}).probe(account, neighbours=True)

    assert {row.address for row in seen.endpoints} == {None}
    assert [row.endpoint.port for row in seen.endpoints] == [993, 143, 995, 110]
    assert seen.network.sent == []
    assert HOST not in {row.endpoint.host for row in seen.endpoints}
