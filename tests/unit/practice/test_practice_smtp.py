from __future__ import annotations

import base64
import hmac

import pytest
from bare_client import HOST, PASSWORD, USER, BareClient, Desk

from mailcheck_gui.model.account import Protocol
from mailcheck_gui.practice import StartTls

PLAIN = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def unb64(text: str) -> str:
    return base64.b64decode(text).decode()


def ehlo(client: BareClient) -> list[str]:
    client.send("EHLO [203.0.113.250]")
    return [line[4:] for line in client.lines_until(lambda line: line[3] == " ")]


def inside(desk: Desk, **traits: object) -> BareClient:
    client = desk.open(Protocol.SMTP, **traits)
    client.line()
    ehlo(client)
    assert client.ask("STARTTLS").startswith("220 ")
    client.start_tls()
    return client


def test_auth_is_listed_only_inside_tls(desk: Desk) -> None:
    client = desk.open(Protocol.SMTP)
    assert client.line() == f"220 {HOST} ESMTP Mailcheck practice server"
    before = ehlo(client)
    assert "STARTTLS" in before
    assert not [word for word in before if word.startswith("AUTH")]
    assert client.ask("AUTH PLAIN").startswith("530 5.7.0")
    assert client.ask("STARTTLS").startswith("220 ")
    client.start_tls()
    after = ehlo(client)
    assert "STARTTLS" not in after
    assert "AUTH PLAIN LOGIN" in after


def test_plain_in_one_step_and_in_two(desk: Desk) -> None:
    client = inside(desk)
    ehlo(client)
    assert client.ask(f"AUTH PLAIN {PLAIN}").startswith("235 2.7.0")
    assert client.ask(f"AUTH PLAIN {PLAIN}").startswith("503")
    other = desk.connect()
    other.line()
    ehlo(other)
    other.ask("STARTTLS")
    other.start_tls()
    ehlo(other)
    assert other.ask("AUTH PLAIN") == "334 "
    assert other.ask(PLAIN).startswith("235")


def test_login_asks_for_name_and_password(desk: Desk) -> None:
    client = inside(desk)
    ehlo(client)
    assert unb64(client.ask("AUTH LOGIN")[4:]) == "Username:"
    assert unb64(client.ask(b64(USER))[4:]) == "Password:"
    assert client.ask(b64(PASSWORD)).startswith("235")


def test_login_takes_the_name_as_initial_response(desk: Desk) -> None:
    client = inside(desk)
    ehlo(client)
    assert unb64(client.ask(f"AUTH LOGIN {b64(USER)}")[4:]) == "Password:"
    assert client.ask(b64("wrong")).startswith("535 5.7.8")


def test_cram_md5(desk: Desk) -> None:
    client = inside(desk, mechanisms=("CRAM-MD5",))
    ehlo(client)
    challenge = base64.b64decode(client.ask("AUTH CRAM-MD5")[4:])
    digest = hmac.new(PASSWORD.encode(), challenge, "md5").hexdigest()
    assert client.ask(b64(f"{USER} {digest}")).startswith("235")


def test_cram_md5_never_repeats_its_challenge_and_takes_no_initial_response(desk: Desk) -> None:
    client = inside(desk, mechanisms=("CRAM-MD5",))
    ehlo(client)
    first = client.ask("AUTH CRAM-MD5")
    assert client.ask("*").startswith("501")
    assert client.ask("AUTH CRAM-MD5") != first
    assert client.ask(b64(f"{USER} 0123")).startswith("535")
    assert client.ask(f"AUTH CRAM-MD5 {b64(USER)}").startswith("501")


def test_xoauth2_explains_a_refusal_before_it_ends(desk: Desk) -> None:
    client = inside(desk, mechanisms=("XOAUTH2",))
    ehlo(client)
    wrong = b64(f"user={USER}\x01auth=Bearer wrong\x01\x01")
    assert '"status": "401"' in unb64(client.ask(f"AUTH XOAUTH2 {wrong}")[4:])
    assert client.ask("").startswith("535")
    right = b64(f"user={USER}\x01auth=Bearer {PASSWORD}\x01\x01")
    assert client.ask(f"AUTH XOAUTH2 {right}").startswith("235")


@pytest.mark.parametrize(
    ("response", "answer"),
    [("*", "501 5.7.0"), ("not base64!", "501 5.5.2"), (b64("no-nul"), "501 5.5.2")],
)
def test_responses_that_end_an_exchange(desk: Desk, response: str, answer: str) -> None:
    client = inside(desk)
    ehlo(client)
    client.ask("AUTH PLAIN")
    assert client.ask(response).startswith(answer)


def test_what_was_said_before_tls_is_forgotten(desk: Desk) -> None:
    client = inside(desk)
    assert client.ask(f"AUTH PLAIN {PLAIN}").startswith("503 5.5.1 Say EHLO")


def test_commands_behind_starttls_are_not_taken_over_into_tls(desk: Desk) -> None:
    client = desk.open(Protocol.SMTP)
    client.line()
    ehlo(client)
    client.send_raw(b"STARTTLS\r\nNOOP\r\n")
    assert client.line().startswith("220 ")
    client.start_tls()
    assert client.ask("QUIT").startswith("221")


def test_refused_and_stripped_upgrades(desk: Desk) -> None:
    client = desk.open(Protocol.SMTP, starttls=StartTls.REFUSED)
    client.line()
    assert "STARTTLS" in ehlo(client)
    assert client.ask("STARTTLS").startswith("454 4.7.0")
    client = desk.open(Protocol.SMTP, starttls=StartTls.STRIPPED, masked_greeting=True)
    assert set(client.line()[4:]) == {"*"}
    assert "XXXXXXXA" in ehlo(client)
    assert client.ask("STARTTLS").startswith("503")


def test_injection_comes_in_the_same_breath_as_the_go_ahead(desk: Desk) -> None:
    client = desk.open(Protocol.SMTP, starttls=StartTls.INJECTED)
    client.line()
    ehlo(client)
    assert client.ask("STARTTLS").startswith("220 ")
    assert client.line() == "250 2.0.0 OK"


def test_helo_only(desk: Desk) -> None:
    client = desk.open(Protocol.SMTP, extended=False)
    client.line()
    assert client.ask("EHLO x").startswith("502")
    assert client.ask("HELO x") == f"250 {HOST}"


def test_mistakes(desk: Desk) -> None:
    client = inside(desk)
    assert client.ask("EHLO").startswith("501")
    ehlo(client)
    assert client.ask("AUTH SCRAM-SHA-256").startswith("504")
    assert client.ask("MAIL FROM:<a@b.example>").startswith("530 5.7.0")
    assert client.ask("STARTTLS").startswith("503")
    for _ in range(16):
        assert client.ask("FOO").startswith("500")
    client.send("FOO")
    assert client.rest().startswith(b"500")


def test_a_reply_instead_of_a_real_check(desk: Desk) -> None:
    client = inside(desk, sign_in_reply="454 4.7.0 Try again later")
    ehlo(client)
    assert client.ask(f"AUTH PLAIN {PLAIN}") == "454 4.7.0 Try again later"


def test_what_was_heard_is_kept_apart_by_encryption(desk: Desk) -> None:
    client = inside(desk)
    ehlo(client)
    client.ask(f"AUTH PLAIN {PLAIN}")
    client.ask("QUIT")
    (heard,) = desk.servers.heard(HOST, 4242)
    assert b"STARTTLS" in heard.plain
    assert PLAIN.encode() not in heard.plain
    assert PLAIN.encode() in heard.inside_tls
