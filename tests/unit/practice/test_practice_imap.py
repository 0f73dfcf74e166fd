from __future__ import annotations

import base64

from bare_client import PASSWORD, USER, BareClient, Desk

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.practice import StartTls

PLAIN = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()


def inside(desk: Desk, **traits: object) -> BareClient:
    client = desk.open(Protocol.IMAP, implicit_tls=True, **traits)
    client.start_tls()
    client.line()
    return client


def test_capabilities_before_and_inside_tls(desk: Desk) -> None:
    client = desk.open(Protocol.IMAP)
    greeting = client.line()
    assert greeting.startswith("* OK [CAPABILITY IMAP4rev1 ")
    assert "STARTTLS" in greeting
    assert "LOGINDISABLED" in greeting
    assert client.ask("a LOGIN x y").startswith("a NO [PRIVACYREQUIRED]")
    assert client.ask("b STARTTLS") == "b OK Begin TLS"
    client.start_tls()
    assert client.ask("c CAPABILITY") == (
        "* CAPABILITY IMAP4rev1 IMAP4rev2 ID LITERAL- SASL-IR AUTH=PLAIN AUTH=LOGIN"
    )
    assert client.line() == "c OK Completed"


def test_login_with_quoted_strings(desk: Desk) -> None:
    client = inside(desk)
    escaped = PASSWORD.replace("\\", "\\\\").replace('"', '\\"')
    assert client.ask(f'a1 LOGIN "{USER}" "{escaped}"').startswith("a1 OK [CAPABILITY ")
    assert client.ask('a2 LOGIN "x" "y"').startswith("a2 BAD")


def test_login_with_literals(desk: Desk) -> None:
    client = inside(desk)
    user, password = USER.encode(), PASSWORD.encode()
    assert client.ask(f"a LOGIN {{{len(user)}}}") == "+ Go on"
    client.send_raw(user + f" {{{len(password)}+}}\r\n".encode() + password + b"\r\n")
    assert client.line().startswith("a OK")


def test_login_that_is_wrong_or_no_login(desk: Desk) -> None:
    client = inside(desk)
    assert client.ask("a LOGIN anna wrong").startswith("a NO [AUTHENTICATIONFAILED]")
    assert client.ask("b LOGIN anna").startswith("b BAD")
    assert client.ask('c LOGIN "anna wrong').startswith("c BAD")
    assert client.ask("no-command").startswith("no-command BAD")
    assert client.ask(" NOOP").startswith("* BAD")


def test_authenticate_with_and_without_initial_response(desk: Desk) -> None:
    client = inside(desk)
    assert client.ask(f"a AUTHENTICATE PLAIN {PLAIN}").startswith("a OK")
    client = inside(desk, sasl_ir=False)
    assert client.ask(f"a AUTHENTICATE PLAIN {PLAIN}").startswith("a BAD")
    assert client.ask("b AUTHENTICATE PLAIN") == "+ "
    assert client.ask(PLAIN).startswith("b OK")


def test_authenticate_cancelled_or_unknown(desk: Desk) -> None:
    client = inside(desk)
    client.ask("a AUTHENTICATE PLAIN")
    assert client.ask("*") == "a BAD Sign-in cancelled"
    assert client.ask("b AUTHENTICATE XOAUTH2").startswith("b NO [CANNOT]")


def test_login_can_be_switched_off(desk: Desk) -> None:
    client = inside(desk, login_command=False)
    assert client.ask("a CAPABILITY").endswith("LOGINDISABLED AUTH=PLAIN AUTH=LOGIN")
    client.line()
    assert client.ask("b LOGIN x y").startswith("b NO")


def test_preauth_ends_the_way_to_tls(desk: Desk) -> None:
    client = desk.open(Protocol.IMAP, preauth=True)
    assert client.line().startswith("* PREAUTH ")
    assert client.ask("a STARTTLS").startswith("a BAD")


def test_a_greeting_without_capabilities_and_stripped_starttls(desk: Desk) -> None:
    client = desk.open(Protocol.IMAP, capabilities_in_greeting=False, starttls=StartTls.STRIPPED)
    assert client.line() == "* OK Mailcheck practice server"
    assert "XXXXXXXX" in client.ask("a CAPABILITY")


def test_a_refusal_that_ends_the_connection(desk: Desk) -> None:
    client = inside(desk, closes_after_refusal=True)
    client.send("a LOGIN anna wrong")
    assert client.rest().startswith(b"a NO [AUTHENTICATIONFAILED]")


def test_a_given_reply_wears_the_tag(desk: Desk) -> None:
    client = inside(desk, sign_in_reply="NO [UNAVAILABLE] Later")
    assert client.ask("x9 LOGIN a b") == "x9 NO [UNAVAILABLE] Later"
    assert client.ask(f"x10 AUTHENTICATE PLAIN {PLAIN}") == "x10 NO [UNAVAILABLE] Later"


def test_logout(desk: Desk) -> None:
    client = inside(desk)
    client.send("z LOGOUT")
    assert client.rest() == b"* BYE Goodbye\r\nz OK Completed\r\n"
