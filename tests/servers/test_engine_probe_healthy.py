"""Healthy servers: the configured conversation signs in, once, and nothing malformed is sent."""

from __future__ import annotations

import pytest
from engine_stage import (
    BOTH,
    CREDENTIAL,
    IMAP,
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

from mailcheck_gui.model.account import Account, Credentials, Protocol, Role, Security
from mailcheck_gui.model.observation import (
    ConnectOutcome,
    EndKind,
    HandshakeOutcome,
    Opening,
    SignInResult,
    StartTlsOutcome,
)
from mailcheck_gui.model.observation import (
    Stage as TalkStage,
)

MODES = [
    (IMAP, 993, SSL),
    (IMAP, 143, STARTTLS),
    (POP3, 995, SSL),
    (POP3, 110, STARTTLS),
    (SMTP, 465, SSL),
    (SMTP, 587, STARTTLS),
]


def account_of(protocol: Protocol, security: Security, port: int) -> Account:
    return outgoing(security, port) if protocol is SMTP else incoming(protocol, security, port)


@pytest.mark.parametrize(("protocol", "port", "security"), MODES)
def test_the_configured_way_signs_in(protocol: Protocol, port: int, security: Security) -> None:
    stage = Stage({port: speaking(protocol, implicit=security is SSL)})
    seen = stage.probe(account_of(protocol, security, port))

    (sign_in,) = seen.sign_ins
    assert sign_in.result is SignInResult.ACCEPTED
    assert sign_in.secret_sent
    (talk,) = seen.at(port).conversations
    assert talk.tls is not None
    assert talk.tls.outcome is HandshakeOutcome.VERIFIED
    assert talk.end is not None
    assert (talk.end.kind, talk.end.stage) == (EndKind.COMPLETE, TalkStage.GOODBYE)
    assert_nothing_readable(seen.network, CREDENTIAL)


@pytest.mark.parametrize(("protocol", "port", "security"), MODES)
def test_the_server_hears_a_goodbye(protocol: Protocol, port: int, security: Security) -> None:
    stage = Stage({port: speaking(protocol, implicit=security is SSL)})
    seen = stage.probe(account_of(protocol, security, port))

    (heard,) = seen.heard[port]
    goodbye = b"LOGOUT" if protocol is IMAP else b"QUIT"
    assert goodbye in heard.inside_tls


@pytest.mark.parametrize(("protocol", "port"), [(IMAP, 143), (POP3, 110), (SMTP, 587)])
def test_only_the_upgrade_crosses_in_plain_text(protocol: Protocol, port: int) -> None:
    seen = Stage({port: speaking(protocol)}).probe(account_of(protocol, STARTTLS, port))

    (sent,) = seen.network.bytes_to(port)
    before, _, after = sent.partition(b"\x16\x03")
    commands = [
        line.split()[-1] if protocol is IMAP else line.split()[0] for line in before.splitlines()
    ]
    assert commands in (
        [b"STARTTLS"],
        [b"CAPABILITY", b"STARTTLS"],
        [b"CAPA", b"STLS"],
        [b"EHLO", b"STARTTLS"],
    )
    assert after


def test_ehlo_names_the_socket_not_the_computer() -> None:
    seen = Stage({587: speaking(SMTP)}).probe(outgoing(STARTTLS, 587))
    said = [line.text for line in seen.transcript if line.text.startswith("EHLO")]
    assert said == ["EHLO [127.0.0.1]", "EHLO [127.0.0.1]"]


def test_two_addresses_share_one_sign_in() -> None:
    stage = Stage({993: speaking(IMAP, implicit=True)}, addresses=(V4, V6))
    seen = stage.probe(incoming(IMAP, SSL))

    assert len(seen.sign_ins) == 1
    for address in (V4, V6):
        talk = seen.talk(993, Opening.CLIENT_HELLO, address)
        assert talk.tls_capabilities is not None
    inside = b"".join(heard.inside_tls for heard in seen.heard[993])
    assert inside.count(b"AUTHENTICATE") + inside.count(b"LOGIN ") == 1


def test_each_side_has_its_own_sign_in_and_neighbours_have_none() -> None:
    stage = Stage(
        {
            143: speaking(IMAP),
            993: speaking(IMAP, implicit=True),
            110: speaking(POP3),
            995: speaking(POP3, implicit=True),
            25: speaking(SMTP),
            465: speaking(SMTP, implicit=True),
            587: speaking(SMTP),
            2525: speaking(SMTP),
        },
        addresses=(V4, V6),
    )
    account = Account(incoming=server(IMAP, SSL), outgoing=server(SMTP, STARTTLS))
    seen = stage.probe(account, neighbours=True)

    assert {(s.role, s.endpoint.port, s.result) for s in seen.sign_ins} == {
        (Role.INCOMING, 993, SignInResult.ACCEPTED),
        (Role.OUTGOING, 587, SignInResult.ACCEPTED),
    }
    assert len(seen.endpoints) == 16
    for row in seen.endpoints:
        (talk,) = row.conversations
        assert talk.connect.outcome is ConnectOutcome.OPEN
        assert talk.tls is not None
        assert talk.tls.outcome is HandshakeOutcome.VERIFIED
        assert talk.tls_capabilities is not None
    assert_nothing_readable(seen.network, CREDENTIAL)


def test_a_neighbour_is_proven_by_its_upgrade() -> None:
    stage = Stage({993: speaking(IMAP, implicit=True), 143: speaking(IMAP)})
    seen = stage.probe(incoming(IMAP, SSL), neighbours=True)

    talk = seen.talk(143, Opening.LISTEN)
    assert talk.starttls is not None
    assert talk.starttls.outcome is StartTlsOutcome.ACCEPTED
    assert talk.tls is not None
    assert talk.tls.outcome is HandshakeOutcome.VERIFIED
    assert all(sign_in.endpoint.port == 993 for sign_in in seen.sign_ins)


def test_without_a_password_everything_but_the_sign_in_is_tried() -> None:
    seen = Stage({993: speaking(IMAP, implicit=True)}).probe(incoming(IMAP, SSL), Credentials())

    assert seen.sign_ins == ()
    assert seen.talk(993, Opening.CLIENT_HELLO).tls_capabilities is not None


def test_no_port_that_listens_first_gets_a_client_hello() -> None:
    stage = Stage({port: speaking(SMTP) for port in (25, 587, 2525)})
    seen = stage.probe(outgoing(STARTTLS, 587), BOTH, neighbours=True)

    for port in (25, 587, 2525):
        (sent,) = seen.network.bytes_to(port)
        assert sent.startswith(b"EHLO")
