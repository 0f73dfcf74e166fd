"""Certificates, missteps, foreign services, and that nothing is left after the end."""

from __future__ import annotations

import asyncio
import gc
import socket
import ssl
import threading
from pathlib import Path

import pytest
from bare_client import ADDRESS, HOST, BareClient, Desk

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.model.observation import ConnectOutcome, NameOutcome, Stage
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connected, Network
from mailcheck_gui.practice import (
    PRACTICE_HOSTS,
    CertificateKind,
    Door,
    Fault,
    Foreign,
    Misstep,
    PracticeHost,
    PracticeNetwork,
    PracticeRunner,
    PracticeServers,
    ServerBehaviour,
    practice_accounts,
)
from mailcheck_gui.practice.authority import PracticeAuthority, server_context

V_EXPIRED, V_NOT_YET, V_SELF_SIGNED, V_UNKNOWN_ISSUER, V_NAME = 10, 9, 18, 20, 62


@pytest.mark.parametrize(
    ("traits", "code"),
    [
        ({"certificate": CertificateKind.EXPIRED}, V_EXPIRED),
        ({"certificate": CertificateKind.NOT_YET_VALID}, V_NOT_YET),
        ({"certificate": CertificateKind.SELF_SIGNED}, V_SELF_SIGNED),
        ({"certificate": CertificateKind.OTHER_AUTHORITY}, V_UNKNOWN_ISSUER),
        ({"certificate_names": ("other.practice.example",)}, V_NAME),
    ],
)
def test_faulty_certificates(desk: Desk, traits: dict[str, object], code: int) -> None:
    client = desk.open(Protocol.IMAP, implicit_tls=True, **traits)
    with pytest.raises(ssl.SSLCertVerificationError) as caught:
        client.start_tls()
    assert caught.value.verify_code == code


def test_good_certificates(desk: Desk) -> None:
    for kind in (CertificateKind.GOOD, CertificateKind.EXPIRES_SOON):
        client = desk.open(Protocol.IMAP, implicit_tls=True, certificate=kind)
        client.start_tls()
        assert client.line().startswith("* OK")


def test_a_certificate_for_an_address() -> None:
    authority = PracticeAuthority()
    identity = authority.issue(CertificateKind.GOOD, (HOST, "2001:db8::1"))
    assert "KEY" not in repr(identity)
    assert server_context(identity).cert_store_stats()["x509"] == 0


def test_no_key_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with PracticeRunner():
        assert list(tmp_path.iterdir()) == []


def test_old_tls_is_refused_by_todays_clients(desk: Desk) -> None:
    client = desk.open(Protocol.IMAP, implicit_tls=True, oldest_tls_only=True)
    with pytest.raises(ssl.SSLError, match=r"(?i)protocol.version|unsupported"):
        client.start_tls()


def test_a_client_certificate_is_demanded(desk: Desk) -> None:
    client = desk.open(Protocol.IMAP, implicit_tls=True, wants_client_certificate=True)
    client.start_tls()  # TLS 1.3: the client learns of it with the first read
    with pytest.raises(ssl.SSLError, match=r"(?i)certificate.required"):
        client.line()


def test_silence_at_the_greeting(desk: Desk) -> None:
    fault = Fault(Stage.GREETING, Misstep.SILENCE)
    client = desk.open(Protocol.SMTP, faults=(fault,))
    client.send("EHLO x")
    client._socket.settimeout(0.2)
    with pytest.raises(TimeoutError):
        client.line()


def first_line(desk: Desk, **traits: object) -> str:
    return desk.open(Protocol.SMTP, **traits).line()


@pytest.mark.parametrize("stage", [Stage.CONNECT, Stage.GREETING])
def test_reset(desk: Desk, stage: Stage) -> None:
    with pytest.raises(ConnectionResetError):  # the connection attempt itself may get it
        first_line(desk, faults=(Fault(stage, Misstep.RESET),))


def go_on_to_tls(client: BareClient) -> None:
    client.send("EHLO x")
    client.lines_until(lambda line: line[3] == " ")
    client.ask("STARTTLS")
    client.start_tls()


@pytest.mark.parametrize("stage", [Stage.CAPABILITIES, Stage.STARTTLS, Stage.HANDSHAKE])
def test_close_at_a_stage(desk: Desk, stage: Stage) -> None:
    client = desk.open(Protocol.SMTP, faults=(Fault(stage, Misstep.CLOSE),))
    client.line()
    with pytest.raises((EOFError, ssl.SSLError, ConnectionError)):
        go_on_to_tls(client)


def test_stages_inside_tls_are_stages_of_their_own(desk: Desk) -> None:
    fault = Fault(Stage.TLS_CAPABILITIES, Misstep.CLOSE)
    client = desk.open(Protocol.SMTP, faults=(fault,))
    client.line()
    go_on_to_tls(client)
    client.send("EHLO x")
    with pytest.raises(EOFError):
        client.line()


def test_a_refusing_greeting_is_the_last_word(desk: Desk) -> None:
    client = desk.open(Protocol.SMTP, refusal="421 4.7.0 Too many connections")
    assert client.rest() == b"421 4.7.0 Too many connections\r\n"


def test_foreign_services(desk: Desk) -> None:
    client = desk.open(Protocol.IMAP, foreign=Foreign.HTTP)
    client.send_raw(b"\x16\x03\x01")
    assert client.rest().startswith(b"HTTP/1.1 400 ")
    client = desk.open(Protocol.IMAP, foreign=Foreign.SSH)
    assert client.line() == "SSH-2.0-Practice_1.0"
    client = desk.open(Protocol.IMAP, foreign=Foreign.GARBAGE)
    client.send_raw(b"x")


def test_an_endless_line_ends_the_conversation(desk: Desk) -> None:
    client = desk.open(Protocol.SMTP)
    client.line()
    client.send_raw(b"x" * 20_000)
    with pytest.raises((ConnectionError, EOFError)):
        client.line()


def test_names_and_doors() -> None:
    hosts = (
        PracticeHost(
            HOST,
            (ADDRESS, "2001:db8::99"),
            ((25, Door.BLOCKED), (465, Door.UNREACHABLE), (993, ServerBehaviour(Protocol.IMAP))),
            dead_addresses=frozenset({"2001:db8::99"}),
        ),
    )

    async def look() -> None:
        async with PracticeServers(hosts) as servers:
            network: Network = PracticeNetwork(servers)
            soon = Deadline.after(0.05)
            found = await network.resolve(HOST, soon)
            assert found.outcome is NameOutcome.FOUND
            assert found.addresses == (ADDRESS, "2001:db8::99")
            missing = await network.resolve("imap.example.com", soon)
            assert missing.outcome is NameOutcome.NOT_FOUND
            literal = await network.resolve("2001:DB8::99", soon)
            assert (literal.outcome, literal.addresses) == (NameOutcome.LITERAL, ("2001:db8::99",))
            for address, port, outcome in (
                (ADDRESS, 25, ConnectOutcome.SILENT),
                (ADDRESS, 465, ConnectOutcome.UNREACHABLE),
                (ADDRESS, 587, ConnectOutcome.CLOSED),
                ("2001:db8::99", 993, ConnectOutcome.SILENT),
                ("192.0.2.1", 993, ConnectOutcome.UNREACHABLE),
            ):
                seen = await network.connect(address, port, Deadline.after(0.05))
                assert not isinstance(seen, Connected)
                assert seen.outcome is outcome
            opened = await network.connect(ADDRESS, 993, Deadline.after(5))
            assert isinstance(opened, Connected)
            assert (await opened.connection.receive(Deadline.after(5))).startswith(b"* OK")
            await opened.connection.close()

    asyncio.run(look())


def test_the_runner_leaves_neither_thread_nor_open_conversation() -> None:
    before = set(threading.enumerate())
    runner = PracticeRunner(
        (PracticeHost(HOST, (ADDRESS,), ((143, ServerBehaviour(Protocol.IMAP)),)),)
    )
    runner.start()
    runner.start()  # twice is once
    place = runner.servers.place(ADDRESS, 143)
    with socket.create_connection(("127.0.0.1", place.loopback_port or 0), timeout=5) as client:
        assert client.recv(100)
        runner.stop()
        runner.stop()
        while client.recv(100):
            pass  # ends, as the server has closed
    assert set(threading.enumerate()) == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", place.loopback_port or 0), timeout=5)
    with runner:  # and again
        assert runner.running
    assert not runner.running
    gc.collect()  # an unclosed socket would warn here, and warnings are errors


def test_a_start_that_does_not_succeed_is_told() -> None:
    before = set(threading.enumerate())
    runner = PracticeRunner()

    async def refuse() -> None:
        raise OSError("no loopback")

    runner.servers.start = refuse  # type: ignore[method-assign]
    with pytest.raises(OSError, match="no loopback"):
        runner.start()
    assert not runner.running
    assert set(threading.enumerate()) == before


def test_practice_accounts_use_only_documentation_addresses_and_known_hosts() -> None:
    names = {host.name for host in PRACTICE_HOSTS}
    for host in PRACTICE_HOSTS:
        assert all(address.startswith(("203.0.113.", "2001:db8::")) for address in host.addresses)
    accounts = practice_accounts()
    assert len({account.id for account in accounts}) == len(accounts) == 8
    for account in accounts:
        assert account.draft.incoming is not None
        assert account.draft.outgoing is not None
        assert {account.draft.incoming.host, account.draft.outgoing.host} <= names
        assert len(account.description.english().split()) <= 20
