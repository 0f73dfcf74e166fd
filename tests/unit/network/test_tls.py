"""Handshakes with real loopback servers: each way in which they end."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from network_certificates import DAY, HOST, NOW, Issued, issue, new_authority
from network_servers import reset, serving, tls_server, until_closed

from mailcheck_gui.model.observation import HandshakeOutcome, TlsObservation
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connection
from mailcheck_gui.network.tls import start_tls
from mailcheck_gui.network.trust import verifying_context


@pytest.fixture
def observe(talk, context):
    """Return a function that shakes hands with a port and returns the observation."""

    def run(
        port: int, *, seconds: float = 5, using: ssl.SSLContext = context, host: str = HOST
    ) -> TlsObservation:
        async def shake_hands(connection: Connection) -> TlsObservation:
            observation, stream = await start_tls(connection, host, using, Deadline.after(seconds))
            assert (stream is not None) == (observation.outcome is HandshakeOutcome.VERIFIED)
            if stream is not None:
                await stream.close()
            return observation

        return talk(port, shake_hands)

    return run


@pytest.fixture
def observe_certificate(observe, tmp_path: Path):
    """Return a function that shakes hands with a server that has the given certificate."""

    def run(issued: Issued, **options) -> TlsObservation:
        with serving(tls_server(issued.server_context(tmp_path))) as port:
            return observe(port, **options)

    return run


def test_a_verified_handshake(observe_certificate, good: Issued) -> None:
    seen = observe_certificate(good)
    assert seen.outcome is HandshakeOutcome.VERIFIED
    assert seen.version == "TLSv1.3"
    assert seen.cipher.startswith("TLS_")
    assert [fact.sha256 for fact in seen.chain] == [good.certificate.fingerprint(SHA256()).hex()]
    assert (seen.chain_trusted, seen.name_matches) == (True, True)
    assert seen.private_root is True
    assert (seen.verify_code, seen.error, seen.alert) == (0, "", "")
    assert seen.first_bytes[:3] == b"\x16\x03\x03"
    assert seen.elapsed_ms > 0


def test_an_intermediate_is_part_of_the_chain(observe_certificate, authority: Issued) -> None:
    intermediate = issue(authority, common_name="Test Intermediate", authority=True)
    seen = observe_certificate(issue(intermediate))
    assert seen.outcome is HandshakeOutcome.VERIFIED
    assert [fact.subject for fact in seen.chain] == [f"CN={HOST}", "CN=Test Intermediate"]


def test_an_ip_literal_needs_the_address(observe_certificate, authority: Issued) -> None:
    right = issue(authority, names=("127.0.0.1",))
    wrong = issue(authority, common_name="127.0.0.1", names=("mail.example.test",))
    assert observe_certificate(right, host="127.0.0.1").outcome is HandshakeOutcome.VERIFIED
    seen = observe_certificate(wrong, host="127.0.0.1")
    assert (seen.outcome, seen.name_matches) == (HandshakeOutcome.UNVERIFIED, False)


def test_tls_1_2(observe, good_server: ssl.SSLContext) -> None:
    good_server.maximum_version = ssl.TLSVersion.TLSv1_2
    with serving(tls_server(good_server)) as port:
        seen = observe(port)
    assert (seen.outcome, seen.version) == (HandshakeOutcome.VERIFIED, "TLSv1.2")


def test_an_expired_certificate(observe_certificate, authority: Issued) -> None:
    seen = observe_certificate(issue(authority, not_after=NOW - DAY))
    assert seen.outcome is HandshakeOutcome.UNVERIFIED
    assert seen.verify_code == 10
    assert seen.error == "certificate has expired"
    assert seen.name_matches is True
    assert seen.chain[0].not_after == NOW - DAY
    assert seen.chain_trusted is None


def test_a_certificate_of_tomorrow(observe_certificate, authority: Issued) -> None:
    seen = observe_certificate(issue(authority, not_before=NOW + DAY))
    assert (seen.outcome, seen.verify_code) == (HandshakeOutcome.UNVERIFIED, 9)


def test_a_certificate_for_another_name(observe_certificate, authority: Issued) -> None:
    seen = observe_certificate(issue(authority, names=("other.example.test", "192.0.2.7")))
    assert (seen.outcome, seen.verify_code) == (HandshakeOutcome.UNVERIFIED, 62)
    assert seen.name_matches is False
    assert seen.chain[0].names == ("other.example.test", "192.0.2.7")


def test_two_faults_are_both_seen(observe_certificate, authority: Issued) -> None:
    seen = observe_certificate(issue(authority, names=("other.test",), not_after=NOW - DAY))
    assert seen.outcome is HandshakeOutcome.UNVERIFIED
    assert seen.name_matches is False
    assert seen.chain[0].not_after < NOW


def test_a_common_name_alone_is_no_match(observe_certificate, authority: Issued) -> None:
    seen = observe_certificate(issue(authority, common_name=HOST, names=()))
    assert (seen.outcome, seen.name_matches) == (HandshakeOutcome.UNVERIFIED, False)


def test_the_name_is_insisted_on_where_the_library_is_lax(
    observe_certificate, authority: Issued
) -> None:
    lax = verifying_context()
    lax.load_verify_locations(cadata=authority.pem)
    lax.hostname_checks_common_name = True
    seen = observe_certificate(issue(authority, common_name=HOST, names=()), using=lax)
    assert (seen.outcome, seen.verify_code) == (HandshakeOutcome.UNVERIFIED, 62)
    assert seen.chain_trusted is True


def test_a_self_signed_certificate(observe_certificate) -> None:
    seen = observe_certificate(issue(None))
    assert (seen.outcome, seen.verify_code) == (HandshakeOutcome.UNVERIFIED, 18)
    assert seen.chain[0].self_signed
    assert seen.chain_trusted is False


def test_an_unknown_authority(observe_certificate) -> None:
    seen = observe_certificate(issue(new_authority("Unknown Root")))
    assert (seen.outcome, seen.verify_code) == (HandshakeOutcome.UNVERIFIED, 20)
    assert not seen.chain[0].self_issued
    assert seen.chain_trusted is False
    assert seen.private_root is None


def test_a_weak_key(observe, authority: Issued, tmp_path: Path) -> None:
    weak = issue(authority, key=rsa.generate_private_key(65537, 1024))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.set_ciphers("ALL:@SECLEVEL=0")
    server.load_cert_chain(weak.write(tmp_path))
    with serving(tls_server(server)) as port:
        seen = observe(port)
    assert (seen.outcome, seen.verify_code) == (HandshakeOutcome.UNVERIFIED, 66)
    assert (seen.chain[0].key, seen.chain[0].key_bits) == ("rsa-1024", 1024)


def test_a_server_too_old_is_refused_by_our_library(observe, old_server: ssl.SSLContext) -> None:
    with serving(tls_server(old_server)) as port:
        seen = observe(port)
    assert (seen.outcome, seen.alert) == (HandshakeOutcome.ALERT, "protocol_version")


def test_parameters_that_our_library_refuses(observe) -> None:
    """A ServerHello for TLS 1.0, as old servers send it."""
    hello = bytes.fromhex("16 0301 002a 02 000026 0301") + bytes(32) + bytes.fromhex("00 002f 00")

    def answer(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(hello)
        until_closed(connection)

    with serving(answer) as port:
        seen = observe(port)
    assert seen.outcome is HandshakeOutcome.LOCAL_ERROR
    assert "UNSUPPORTED_PROTOCOL" in seen.error
    assert "_ssl.c" not in seen.error
    assert seen.first_bytes == hello


@pytest.mark.parametrize(
    ("answer", "alert"),
    [
        (bytes.fromhex("15 0301 0002 02 28"), "handshake_failure"),
        (bytes.fromhex("15 0303 0002 02 46"), "protocol_version"),
        (bytes.fromhex("15 0303 0002 02 70"), "unrecognized_name"),
        (bytes.fromhex("15 0303 0002 02 50"), "internal_error"),
    ],
)
def test_an_alert_of_the_server(observe, answer: bytes, alert: str) -> None:
    def handle(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(answer)

    with serving(handle) as port:
        seen = observe(port)
    assert (seen.outcome, seen.alert) == (HandshakeOutcome.ALERT, alert)


@pytest.mark.parametrize(
    "greeting",
    [
        b"220 mail.example.test ESMTP\r\n",
        b"* OK IMAP4rev1 ready\r\n",
        b"HTTP/1.1 400 Bad Request\r\n",
        b"-no line end",
        b"\x00\x01binary",
    ],
)
def test_an_answer_that_is_no_tls_is_kept(observe, greeting: bytes) -> None:
    def greet(connection: socket.socket) -> None:
        connection.sendall(greeting)
        connection.recv(4096)

    with serving(greet) as port:
        seen = observe(port)
    assert (seen.outcome, seen.first_bytes) == (HandshakeOutcome.NOT_TLS, greeting)


def test_a_greeting_in_pieces_is_read_to_the_end_of_its_line(observe) -> None:
    def greet(connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(b"22")
        connection.recv(4096)
        for piece in (b"0 mail.exam", b"ple.test\r\n"):
            connection.sendall(piece)
        until_closed(connection)

    with serving(greet) as port:
        seen = observe(port)
    assert seen.first_bytes == b"220 mail.example.test\r\n"


def test_what_is_kept_of_an_endless_line_is_bounded(observe) -> None:
    def babble(connection: socket.socket) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                connection.sendall(b"x" * 65536)

    with serving(babble) as port:
        seen = observe(port)
    assert (seen.outcome, len(seen.first_bytes)) == (HandshakeOutcome.NOT_TLS, 1024)


def test_a_greeting_before_a_reset_is_still_read(observe) -> None:
    """The ClientHello meets a closed socket; what the server said is the evidence."""

    def refuse(connection: socket.socket) -> None:
        connection.sendall(b"554 5.7.1 Go away\r\n")

    with serving(refuse) as port:
        seen = observe(port)
    assert seen.first_bytes == b"554 5.7.1 Go away\r\n"


def test_a_server_that_closes(observe) -> None:
    with serving(lambda connection: connection.recv(4096)) as port:
        seen = observe(port)
    assert (seen.outcome, seen.first_bytes) == (HandshakeOutcome.CLOSED, b"")


def test_a_server_that_closes_in_the_middle(observe) -> None:
    def half(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(b"\x16\x03\x03\x00\x7a\x02")

    with serving(half) as port:
        seen = observe(port)
    assert (seen.outcome, seen.first_bytes[:1]) == (HandshakeOutcome.CLOSED, b"\x16")


def test_a_server_that_resets(observe) -> None:
    def handle(connection: socket.socket) -> None:
        connection.recv(4096)
        reset(connection)

    with serving(handle) as port:
        seen = observe(port)
    assert seen.outcome is HandshakeOutcome.CLOSED
    assert seen.error


def test_a_server_that_says_goodbye_instead(observe) -> None:
    def handle(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(bytes.fromhex("15 0303 0002 01 00"))

    with serving(handle) as port:
        assert observe(port).outcome is HandshakeOutcome.CLOSED


def test_a_silent_server(observe) -> None:
    with serving(until_closed) as port:
        seen = observe(port, seconds=0.1)
    assert (seen.outcome, seen.first_bytes) == (HandshakeOutcome.TIMED_OUT, b"")
    assert seen.elapsed_ms >= 100


def test_a_client_certificate_is_asked_for_in_tls_1_2(
    observe, good_server: ssl.SSLContext, authority: Issued
) -> None:
    good_server.maximum_version = ssl.TLSVersion.TLSv1_2
    good_server.verify_mode = ssl.CERT_REQUIRED
    good_server.load_verify_locations(cadata=authority.pem)
    with serving(tls_server(good_server)) as port:
        seen = observe(port)
    assert (seen.outcome, seen.alert) == (HandshakeOutcome.ALERT, "handshake_failure")
    assert seen.client_certificate_requested


def test_a_context_that_leaves_out_a_check_makes_no_stream(
    talk, good_server: ssl.SSLContext, judging_context: ssl.SSLContext
) -> None:
    unverified = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    unverified.check_hostname = False
    unverified.verify_mode = ssl.CERT_NONE

    async def shake_hands(connection: Connection) -> None:
        for lax in (unverified, judging_context, verifying_context(check_times=False)):
            with pytest.raises(ValueError, match="leaves out a check"):
                await start_tls(connection, HOST, lax, Deadline.after(5))

    with serving(until_closed) as port:
        talk(port, shake_hands)


def test_cancelled_in_a_handshake(talk, context: ssl.SSLContext) -> None:
    async def cancel(connection: Connection) -> None:
        shaking = asyncio.create_task(start_tls(connection, HOST, context, Deadline.after(60)))
        await asyncio.sleep(0.05)
        shaking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await shaking

    with serving(until_closed) as port:
        talk(port, cancel)


def test_verification_in_a_thread_of_its_own(
    observe_certificate, good: Issued, authority: Issued
) -> None:
    """truststore, as it is used where the operating system verifies."""
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=authority.pem)
    seen = observe_certificate(good, using=context)
    assert (seen.outcome, seen.private_root) == (HandshakeOutcome.VERIFIED, True)
    seen = observe_certificate(issue(None), using=context)
    assert (seen.outcome, seen.chain_trusted) == (HandshakeOutcome.UNVERIFIED, False)
