from __future__ import annotations

import socket
import ssl
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from network_certificates import DAY, HOST, NOW, Issued, issue, new_authority
from network_servers import serving, tls_server

from mailcheck_gui.model.observation import HandshakeOutcome, TlsObservation
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.diagnostic_tls import (
    judged_trust,
    legacy_version,
    wants_judged_trust,
    wants_legacy_version,
)
from mailcheck_gui.network.seam import Connection
from mailcheck_gui.network.tls import start_tls


@pytest.fixture
def judge(talk, judging_context: ssl.SSLContext, tmp_path: Path):
    def run(issued: Issued) -> bool | None:
        async def ask(connection: Connection) -> bool | None:
            return await judged_trust(connection, HOST, judging_context, Deadline.after(5))

        with serving(tls_server(issued.server_context(tmp_path))) as port:
            return talk(port, ask)

    return run


def test_an_expired_certificate_of_a_trusted_authority(judge, authority: Issued) -> None:
    assert judge(issue(authority, not_after=NOW - DAY)) is True


def test_a_wrong_name_of_a_trusted_authority(judge, authority: Issued) -> None:
    assert judge(issue(authority, names=("other.example.test",))) is True


def test_an_expired_certificate_of_an_unknown_authority(judge) -> None:
    assert judge(issue(new_authority("Unknown Root"), not_after=NOW - DAY)) is False


def test_an_expired_self_signed_certificate(judge) -> None:
    assert judge(issue(None, not_after=NOW - DAY)) is False


def test_no_handshake_is_no_answer(talk, judging_context: ssl.SSLContext) -> None:
    async def ask(connection: Connection) -> bool | None:
        return await judged_trust(connection, HOST, judging_context, Deadline.after(5))

    with serving(lambda connection: connection.sendall(b"220 hello\r\n")) as port:
        assert talk(port, ask) is None


@pytest.fixture
def legacy(talk):
    def run(port: int) -> str:
        async def ask(connection: Connection) -> str:
            return await legacy_version(connection, HOST, Deadline.after(5))

        return talk(port, ask)

    return run


def test_an_old_server(legacy, old_server: ssl.SSLContext) -> None:
    with serving(tls_server(old_server)) as port:
        assert legacy(port) == "TLSv1.1"


def test_a_server_with_weak_parameters_is_not_old(
    legacy, authority: Issued, tmp_path: Path
) -> None:
    weak = issue(authority, key=rsa.generate_private_key(65537, 1024))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.set_ciphers("ALL:@SECLEVEL=0")
    server.load_cert_chain(weak.write(tmp_path))
    with serving(tls_server(server)) as port:
        assert legacy(port) == "TLSv1.3"


def test_a_server_that_refuses_that_too(legacy) -> None:
    def refuse(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(bytes.fromhex("15 0301 0002 02 28"))

    with serving(refuse) as port:
        assert legacy(port) == ""


def test_nothing_but_the_handshake_is_sent(legacy, old_server: ssl.SSLContext) -> None:
    received: list[bytes] = []

    def listen(connection: socket.socket) -> None:
        with old_server.wrap_socket(connection, server_side=True) as session:
            received.append(session.recv(100))

    with serving(listen) as port:
        legacy(port)
    assert received == [b""]


@pytest.mark.parametrize(
    ("outcome", "alert", "wanted"),
    [
        (HandshakeOutcome.ALERT, "protocol_version", True),
        (HandshakeOutcome.ALERT, "handshake_failure", True),
        (HandshakeOutcome.ALERT, "certificate_required", False),
        (HandshakeOutcome.LOCAL_ERROR, "", True),
        (HandshakeOutcome.CLOSED, "", True),
        (HandshakeOutcome.VERIFIED, "", False),
        (HandshakeOutcome.UNVERIFIED, "", False),
        (HandshakeOutcome.NOT_TLS, "", False),
        (HandshakeOutcome.TIMED_OUT, "", False),
    ],
)
def test_when_an_older_version_is_worth_a_question(
    outcome: HandshakeOutcome, alert: str, wanted: bool
) -> None:
    assert wants_legacy_version(TlsObservation(outcome, alert=alert)) is wanted


def test_when_the_issuer_is_worth_a_question(
    talk, context: ssl.SSLContext, authority: Issued, tmp_path: Path
) -> None:
    async def shake_hands(connection: Connection) -> TlsObservation:
        return (await start_tls(connection, HOST, context, Deadline.after(5)))[0]

    expired = issue(authority, not_after=NOW - DAY)
    for issued, wanted in ((expired, True), (issue(None), False), (issue(authority), False)):
        with serving(tls_server(issued.server_context(tmp_path))) as port:
            assert wants_judged_trust(talk(port, shake_hands)) is wanted
