from __future__ import annotations

import base64
import hashlib

import pytest
from bare_client import PASSWORD, USER, BareClient, Desk

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.practice import StartTls

PLAIN = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()


def capa(client: BareClient) -> list[str]:
    client.send("CAPA")
    return client.lines_until(lambda line: line == ".")[1:-1]


def inside(desk: Desk, **traits: object) -> BareClient:
    client = desk.open(Protocol.POP3, implicit_tls=True, **traits)
    client.start_tls()
    return client


def test_capabilities_before_and_inside_tls(desk: Desk) -> None:
    client = desk.open(Protocol.POP3)
    assert client.line() == "+OK Mailcheck practice server"
    assert "STLS" in capa(client)
    assert "USER" not in capa(client)
    assert client.ask("USER anna").startswith("-ERR")
    assert client.ask("STLS").startswith("+OK")
    client.start_tls()
    inside_tls = capa(client)
    assert "STLS" not in inside_tls
    assert {"USER", "SASL PLAIN LOGIN", "RESP-CODES"} <= set(inside_tls)


def test_user_and_pass(desk: Desk) -> None:
    client = inside(desk)
    client.line()
    assert client.ask("PASS x").startswith("-ERR USER")
    assert client.ask(f"USER {USER}").startswith("+OK")
    assert client.ask("PASS wrong").startswith("-ERR [AUTH]")
    assert client.ask(f"USER {USER}").startswith("+OK")
    assert client.ask(f"PASS {PASSWORD}").startswith("+OK")
    assert client.ask("STAT") == "+OK 0 0"
    assert client.ask("USER x").startswith("-ERR")


def test_a_session_shows_the_inbox_as_it_was_even_where_it_was_empty(desk: Desk) -> None:
    client = inside(desk)
    client.line()
    client.ask(f"AUTH PLAIN {PLAIN}")
    assert client.ask("STAT") == "+OK 0 0"
    desk.servers.post_office.deliver(b"Subject: later\r\n\r\nHello\r\n")
    assert client.ask("STAT") == "+OK 0 0"
    assert client.ask("DELE 1").startswith("-ERR")


def test_auth_plain_with_and_without_initial_response(desk: Desk) -> None:
    client = inside(desk)
    client.line()
    assert client.ask("AUTH PLAIN") == "+ "
    assert client.ask("*") == "-ERR Sign-in cancelled"
    assert client.ask("AUTH CRAM-MD5").startswith("-ERR Mechanism")
    assert client.ask(f"AUTH PLAIN {PLAIN}").startswith("+OK")


@pytest.mark.parametrize(("password", "answer"), [(PASSWORD, "+OK"), ("wrong", "-ERR [AUTH]")])
def test_apop_answers_the_timestamp(desk: Desk, password: str, answer: str) -> None:
    client = inside(desk, mechanisms=("APOP",))
    timestamp = client.line().rpartition(" ")[2]
    assert timestamp.startswith("<")
    digest = hashlib.md5((timestamp + password).encode()).hexdigest()
    assert client.ask(f"APOP {USER} {digest}").startswith(answer)


def test_apop_without_timestamp(desk: Desk) -> None:
    client = inside(desk)
    client.line()
    assert client.ask("APOP x y").startswith("-ERR APOP")


def test_a_server_without_capa_and_one_without_user(desk: Desk) -> None:
    client = inside(desk, extended=False)
    client.line()
    assert client.ask("CAPA").startswith("-ERR")
    client = inside(desk, login_command=False)
    client.line()
    assert "USER" not in capa(client)
    assert client.ask("USER x").startswith("-ERR USER")


def test_stripped_and_refused_upgrades(desk: Desk) -> None:
    client = desk.open(Protocol.POP3, starttls=StartTls.STRIPPED)
    client.line()
    assert "STLS" not in capa(client)
    assert client.ask("STLS").startswith("-ERR")
    client = desk.open(Protocol.POP3, starttls=StartTls.REFUSED)
    client.line()
    assert "STLS" in capa(client)
    assert client.ask("STLS").startswith("-ERR")


def test_a_given_reply(desk: Desk) -> None:
    client = inside(desk, sign_in_reply="-ERR [IN-USE] Another program reads it")
    client.line()
    client.ask("USER x")
    assert client.ask("PASS y") == "-ERR [IN-USE] Another program reads it"
    assert client.ask(f"AUTH PLAIN {PLAIN}") == "-ERR [IN-USE] Another program reads it"


def test_quit(desk: Desk) -> None:
    client = inside(desk)
    client.line()
    client.send("QUIT")
    assert client.rest() == b"+OK Goodbye\r\n"
