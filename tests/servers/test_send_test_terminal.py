"""`mailcheck send-test` in this process, against practice servers over sockets."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from engine_stage import HOST, IMAP, SECRET, SMTP, USER, V4, speaking
from recording import forms_of

from mailcheck_gui.cli.main import main
from mailcheck_gui.cli.practice import Practice
from mailcheck_gui.model.account import Credential
from mailcheck_gui.practice.network import PracticeNetwork
from mailcheck_gui.practice.runner import PracticeRunner
from mailcheck_gui.practice.servers import PracticeHost
from mailcheck_gui.storage.folders import HOME_VARIABLE

SERVERS = ("--imap", f"{HOST}:993/ssl", "--smtp", f"{HOST}:465/ssl")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))


def no_practice() -> Practice:
    raise AssertionError("practice was not asked for")


def run(monkeypatch: pytest.MonkeyPatch, password: str, *more: str) -> int:
    stream = io.TextIOWrapper(io.BytesIO(f"{password}\n".encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    ports = ((993, speaking(IMAP, implicit=True)), (465, speaking(SMTP, implicit=True)))
    with PracticeRunner((PracticeHost(HOST, (V4,), ports),)) as runner:
        words = ["send-test", "--email", USER, "--user", USER, *SERVERS, "--password-stdin", *more]
        return main(words, lambda: PracticeNetwork(runner.servers), no_practice)


def test_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, SECRET, "--json") == 0
    out, err = capsys.readouterr()
    trip = json.loads(out)
    assert err == ""
    assert (trip["version"], trip["sent"], trip["removed"], trip["cancelled"]) == (
        1,
        True,
        True,
        False,
    )
    assert trip["seconds"] >= 0
    assert [(step["step"], step["state"]) for step in trip["steps"]] == [
        ("send", "works"),
        ("arrive", "works"),
        ("remove", "works"),
    ]
    assert {line["endpoint"]["port"] for line in trip["transcript"]} == {993, 465}
    assert not [form for form in forms_of(Credential(USER, SECRET)) if form in out.encode()]


def test_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, SECRET) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Test message: Mailcheck test message ")
    assert lines[1] == "Send: The outgoing server took it."
    assert lines[2].startswith("Arrive: It was in the inbox after ")
    assert lines[3] == "Remove: It is removed again."


def test_a_refused_sign_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "another secret") == 1
    assert "did not accept the sign-in" in capsys.readouterr().out


def test_a_side_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"secret\n")))
    words = ["send-test", "--email", USER, *SERVERS[:2], "--password-stdin"]
    with PracticeRunner((PracticeHost(HOST, (V4,), ()),)) as runner:
        assert main(words, lambda: PracticeNetwork(runner.servers), no_practice) == 0
    assert "needs an incoming and an outgoing server" in capsys.readouterr().out
