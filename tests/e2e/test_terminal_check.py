"""`mailcheck check` as a process, through the real network layer, on real sockets."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from report_contract import broken_rules
from terminal import (
    HOST,
    IMAPS,
    PASSWORD,
    SMTPS,
    USER,
    Finished,
    Street,
    Terminal,
    forms_of_the_password,
    street,
)


def both(servers: Street) -> tuple[str, ...]:
    return (
        *("check", "--imap", servers.at(993, "ssl"), "--smtp", servers.at(465, "ssl")),
        *("--user", USER, "--no-neighbours"),
    )


def no_secret_in(done: Finished) -> None:
    for form in forms_of_the_password():
        assert form not in done.out
        assert form not in done.err


def test_healthy_servers_as_json(terminal: Terminal, healthy: Street) -> None:
    arguments = (*both(healthy), "--password-stdin", "--json")
    done = terminal.run(*arguments, typed=f"{PASSWORD}\n")
    document = json.loads(done.out)
    assert (done.status, done.err) == (0, "")
    assert broken_rules(document) == []
    assert document["verdict"] == "ok"
    assert [s["result"] for s in document["sign_in"]] == ["accepted", "accepted"]
    assert {row["port"] for row in document["endpoints"]} == {
        healthy.port(993),
        healthy.port(465),
    }
    assert document["transcript"]
    no_secret_in(done)


def test_a_password_stays_here_without_a_user_name(terminal: Terminal, healthy: Street) -> None:
    arguments = ("check", "--smtp", healthy.at(465, "ssl"), "--no-neighbours", "--json")
    done = terminal.run(*arguments, "--password-stdin", typed=f"{PASSWORD}\n")
    document = json.loads(done.out)
    assert (done.status, document["verdict"]) == (0, "incomplete")
    assert [s["result"] for s in document["sign_in"]] == ["not-tested"]
    (finding,) = (f for f in document["findings"] if f["code"] == "sign-in-not-tested")
    assert finding["explanation"] == "No user name was entered."
    assert "AUTH" not in [line["text"][:4] for line in document["transcript"]]
    no_secret_in(done)


def test_healthy_servers_as_text(terminal: Terminal, healthy: Street) -> None:
    done = terminal.run(*both(healthy), "--password-stdin", typed=f"{PASSWORD}\n")
    assert (done.status, done.err) == (0, "")
    assert "Outgoing mail: SMTP, 127.0.0.1" in done.out
    assert "\x1b" not in done.out
    no_secret_in(done)


def test_starttls_and_a_second_password(terminal: Terminal, healthy: Street) -> None:
    done = terminal.run(
        *("check", "--imap", healthy.at(143, "starttls"), "--smtp", healthy.at(587, "starttls")),
        *("--user", USER, "--no-neighbours", "--password-stdin", "--json"),
        typed=f"{PASSWORD}\nanother one\n",
    )
    document = json.loads(done.out)
    results = {s["role"]: s["result"] for s in document["sign_in"]}  # in the order they ended
    assert results == {"incoming": "accepted", "outgoing": "refused"}
    assert done.status == 1
    no_secret_in(done)


def test_the_wrong_encryption_is_named_and_cured(terminal: Terminal, healthy: Street) -> None:
    done = terminal.run(
        *("check", "--smtp", healthy.at(587, "ssl"), "--user", USER, "--no-neighbours"),
        *("--password-stdin", "--json"),
        typed=f"{PASSWORD}\n",
    )
    document = json.loads(done.out)
    assert (done.status, document["verdict"]) == (1, "error")
    assert "tls-on-starttls-port" in [found["code"] for found in document["findings"]]
    assert document["suggestion"]["status"] == {"incoming": "not-given", "outgoing": "change"}
    (change,) = document["suggestion"]["changes"]
    assert (change["field"], change["to"]) == ("security", "starttls")
    no_secret_in(done)


def test_without_a_password_nothing_is_asked_and_the_verdict_is_incomplete(
    terminal: Terminal, healthy: Street
) -> None:
    done = terminal.run(*both(healthy), "--json")
    document = json.loads(done.out)
    assert (done.status, document["verdict"]) == (0, "incomplete")
    assert {s["result"] for s in document["sign_in"]} == {"not-tested"}


def test_no_password_goes_to_a_server_that_is_not_trusted(
    terminal: Terminal, healthy: Street
) -> None:
    with street(p993=IMAPS, p465=SMTPS) as strangers:
        arguments = (*both(strangers), "--password-stdin", "--json")
        done = terminal.run(*arguments, typed=f"{PASSWORD}\n")
        heard = [
            *strangers.runner.servers.heard(HOST, 993),
            *strangers.runner.servers.heard(HOST, 465),
        ]
    assert done.status == 1
    assert heard
    for conversation in heard:
        received = bytes(conversation.plain + conversation.inside_tls)
        assert not [form for form in forms_of_the_password() if form.encode() in received]
    no_secret_in(done)


def test_settings_file_and_controls(terminal: Terminal, healthy: Street, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    server = {"protocol": "imap", "host": HOST, "port": healthy.port(993), "username": USER}
    document = {"version": 1, "email": USER, "incoming": {**server, "security": "implicit-tls"}}
    path.write_text(json.dumps(document))
    done = terminal.run(
        *("check", "--settings", str(path), "--no-neighbours", "--no-sign-in", "--controls")
    )
    assert done.status == 0
    assert "are asked too. Nothing is sent to them." in done.err
    assert "are asked too" not in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", "--imap", "imap.example.com:0"),
        ("check", "--imap", "imap.example.com:70000"),
        ("check", "--imap", ""),
        ("check", "--imap", f"{'a' * 300}.example.com"),
        ("check", "--imap", "", "--smtp", ""),
        ("check", "--settings", "/nowhere/settings.json"),
        ("check", "--imap", "imap.example.com/tls"),
        ("check", "--imap", "imap.example.com", "--smtp", "smtp.example.com:0"),
        ("check", "--imap", "imap.example.com", "--user", "anna\r\nQUIT"),
        ("check", "--imap", "imap.example.com", "--controls", "--no-controls"),
        ("check", "--imap", "imap.example.com", "--lang", "tlh"),
        ("check", "--account", "nobody"),
        ("check", "--password", PASSWORD),
        ("ports", "0"),
        ("practice", "nothing"),
        ("nonsense",),
    ],
)
def test_what_cannot_be_used_is_said_on_standard_error(
    terminal: Terminal, arguments: tuple[str, ...]
) -> None:
    done = terminal.run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.strip()
    assert "Traceback" not in done.err
    no_secret_in(done)


def test_an_empty_standard_input_is_no_password(terminal: Terminal, healthy: Street) -> None:
    done = terminal.run(*both(healthy), "--password-stdin", "--json")
    assert (done.status, done.out) == (2, "")
    assert "No password arrived" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="pipes do not break in this way on Windows")
def test_a_reader_that_goes_away(terminal: Terminal, healthy: Street) -> None:
    with terminal.start(*both(healthy), "--json") as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0
