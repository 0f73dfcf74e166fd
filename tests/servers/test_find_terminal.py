"""`mailcheck find` and `mailcheck check --email` alone, in this process, against real sockets."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from engine_stage import SECRET, USER, Behind, speaking
from find_contract import broken_find_rules
from find_stage import DOMAIN, IMAP, SMTP, FindStage, MadeUpInternet, autoconfig, web
from report_contract import broken_rules
from run_watch import RunWatch

from mailcheck_gui.cli.main import main
from mailcheck_gui.cli.practice import Practice
from mailcheck_gui.engine import find
from mailcheck_gui.model.dns import DnsRecord, RecordKind
from mailcheck_gui.practice.behaviour import Mailbox
from mailcheck_gui.practice.runner import PracticeRunner
from mailcheck_gui.storage.folders import HOME_VARIABLE, user_folders
from mailcheck_gui.storage.preferences import Preferences, save_preferences

EMAIL = f"annabel@{DOMAIN}"
MAIL = f"mail.{DOMAIN}"
MAILBOX = (Mailbox(EMAIL, SECRET),)
WORKING: dict[int, Behind] = {
    993: speaking(IMAP, implicit=True, mailboxes=MAILBOX),
    465: speaking(SMTP, implicit=True, mailboxes=MAILBOX),
}
NAMED = FindStage({MAIL: WORKING, f"autoconfig.{DOMAIN}": {443: web(autoconfig(MAIL, MAIL))}})
"""A domain whose own file names its servers."""
SRV = {
    (f"_imaps._tcp.{DOMAIN}", RecordKind.SRV): (DnsRecord("in.host.example", port=993),),
    (f"_submissions._tcp.{DOMAIN}", RecordKind.SRV): (DnsRecord("in.host.example", port=465),),
}


class Stopped(find.FindRun):
    """A search that the person stops."""

    async def search(self) -> None:
        await super().search()
        self.note_cancelled()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))


@contextmanager
def internet(stage: FindStage) -> Iterator[MadeUpInternet]:
    with PracticeRunner(stage.practice_hosts()) as runner:
        yield MadeUpInternet(runner.servers, stage)


def no_practice() -> Practice:
    raise AssertionError("practice was not asked for")


def run(stage: FindStage, *argv: str) -> int:
    with internet(stage) as network:
        return main(list(argv), lambda: network, no_practice)


def give(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(f"{password}\n".encode()))
    monkeypatch.setattr(sys, "stdin", stream)


def test_find_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FindStage({MAIL: WORKING}), "find", f"Anna <{EMAIL}>", "--json") == 0
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert err == ""
    assert broken_find_rules(document) == []
    assert document["email"] == EMAIL
    best = document["candidates"][0]
    assert best["incoming"] == {
        "protocol": "imap",
        "host": MAIL,
        "port": 993,
        "security": "implicit-tls",
        "auth": "password",
        "username": EMAIL,
    }
    assert (best["source"], best["trust"]) == ("guess", "unverified")
    assert best["proof"] == {"incoming": "handshake", "outgoing": "handshake"}


def test_find_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FindStage({MAIL: WORKING}), "find", EMAIL) == 0
    out, _ = capsys.readouterr()
    assert out.startswith(f"Settings found for {EMAIL}, with server names that were guessed\n")
    assert "The server names were guessed." in out
    command = " ".join(out.split()).partition(f"mailcheck check --email {EMAIL} ")[2]
    assert command.startswith(f"--imap {MAIL}:993/ssl --smtp {MAIL}:465/ssl")


def test_find_nothing_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FindStage({}), "find", EMAIL, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["candidates"] == []
    assert document["suggestions"][0]["incoming"]["host"] == f"imap.{DOMAIN}"
    assert len({row["source"] for row in document["tried"]}) == 8


def test_find_nothing_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FindStage({}), "find", EMAIL) == 0
    out, _ = capsys.readouterr()
    assert out.startswith(f"No settings found for {EMAIL}\n")
    assert "(not proven)" in out


def test_find_in_a_domain_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FindStage({}, no_domain=True), "find", EMAIL) == 0
    out, _ = capsys.readouterr()
    assert out.startswith(f"There is no domain {DOMAIN}. Check the spelling.\n")
    assert "(not proven)" not in out


def test_check_by_an_address_whose_domain_does_not_exist(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(FindStage({}, no_domain=True), "check", "--email", EMAIL) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"There is no domain {DOMAIN}. Check the spelling." in err


def test_find_offline_asks_nobody(capsys: pytest.CaptureFixture[str], run_watch: RunWatch) -> None:
    assert run(FindStage({}), "find", "anna@gmail.com", "--offline", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["candidates"][0]["proof"]["incoming"] == "documented"
    assert document["preparation"]
    (watched,) = run_watch.searches.searches
    assert (watched.network.names, watched.network.sent) == ([], [])


def test_find_obeys_the_preferences(
    capsys: pytest.CaptureFixture[str], run_watch: RunWatch
) -> None:
    save_preferences(user_folders().preferences_file, Preferences(offline=True))
    assert run(FindStage({MAIL: WORKING}), "find", EMAIL, "--json") == 0
    assert json.loads(capsys.readouterr().out)["candidates"] == []
    assert run(FindStage({MAIL: WORKING}), "check", "--email", EMAIL, "--no-sign-in") == 2
    for watched in run_watch.searches.searches:
        assert (watched.network.names, watched.network.sent) == ([], [])
    assert len(run_watch.searches.searches) == 2


@pytest.mark.parametrize(
    ("kept", "options", "asked"),
    [
        (Preferences(), (), True),
        (Preferences(third_parties=False), (), False),
        (Preferences(), ("--no-third-parties",), False),
    ],
)
def test_find_leaves_third_parties_out(
    kept: Preferences,
    options: tuple[str, ...],
    asked: bool,
    capsys: pytest.CaptureFixture[str],
    run_watch: RunWatch,
) -> None:
    save_preferences(user_folders().preferences_file, kept)
    assert run(FindStage({MAIL: WORKING}), "find", EMAIL, "--json", *options) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["candidates"][0]["incoming"]["host"] == MAIL
    (watched,) = run_watch.searches.searches
    assert ("autoconfig.thunderbird.net" in watched.network.names) is asked


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("annabel", "has no @"),
        ("a@b@shop.example", "more than one @"),
        ("a b@shop.example", "blank"),
        ("a@[192.0.2.1]", "by number"),
        ("a" * 330 + "@shop.example", "more than 320 characters"),
        ("", "missing"),
    ],
)
def test_find_refuses_what_is_no_address(
    email: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(FindStage({}), "find", email) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


def test_find_points_out_a_misspelt_domain(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FindStage({}), "find", "anna@gmial.com") == 0
    assert "Did you mean anna@gmail.com?" in capsys.readouterr().err


def test_a_stopped_search_says_so_and_writes_what_is_known(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "FindRun", Stopped)
    assert run(FindStage({MAIL: WORKING}), "find", EMAIL) == 130
    assert "The search was stopped." in capsys.readouterr().out


def test_a_check_that_is_stopped_in_its_search_reports_that_nothing_is_known(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "FindRun", Stopped)
    assert run(FindStage({MAIL: WORKING}), "check", "--email", EMAIL, "--json") == 130
    document = json.loads(capsys.readouterr().out)
    assert broken_rules(document) == []
    assert (document["cancelled"], document["verdict"]) == (True, "incomplete")
    assert document["account"]["email"] == EMAIL
    assert document["endpoints"] == []


def test_a_stopped_search_of_a_check_is_a_report_for_people_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "FindRun", Stopped)
    assert run(FindStage({MAIL: WORKING}), "check", "--email", EMAIL) == 130
    assert capsys.readouterr().out.startswith("Stopped after ")


def test_check_by_the_address_alone_finds_and_signs_in_once_on_each_side(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, SECRET)
    assert run(NAMED, "check", "--email", EMAIL, "--password-stdin", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert broken_rules(document) == []
    assert document["verdict"] == "ok"
    assert [entry["result"] for entry in document["sign_in"]] == ["accepted", "accepted"]
    assert document["account"]["incoming"]["host"] == MAIL


def test_check_by_the_address_alone_does_not_sign_in_at_unverified_servers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, SECRET)
    stage = FindStage({"in.host.example": WORKING}, records=SRV)
    assert run(stage, "check", "--email", EMAIL, "--password-stdin", "--json") == 0
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert document["verdict"] == "incomplete"
    assert {entry["result"] for entry in document["sign_in"]} == {"not-tested"}
    assert "No password goes to in.host.example" in err
    assert "--imap in.host.example:993/ssl --smtp in.host.example:465/ssl" in err


def test_check_by_the_address_alone_does_not_sign_in_at_a_guess(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, SECRET)
    stage = FindStage({MAIL: WORKING})
    assert run(stage, "check", "--email", EMAIL, "--password-stdin", "--json") == 0
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert document["account"]["incoming"]["host"] == MAIL
    assert {entry["result"] for entry in document["sign_in"]} == {"not-tested"}
    assert f"No password goes to {MAIL}" in err
    assert f"--imap {MAIL}:993/ssl --smtp {MAIL}:465/ssl" in err


def test_check_by_the_address_alone_keeps_the_options_for_signing_in(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, SECRET)
    ports: dict[int, Behind] = {
        993: speaking(IMAP, implicit=True, mailboxes=(Mailbox(USER, SECRET),)),
        465: speaking(SMTP, implicit=True, mailboxes=(Mailbox(USER, SECRET),)),
    }
    stage = FindStage({**NAMED.hosts, MAIL: ports})
    argv = ("check", "--email", EMAIL, "--user", USER, "--password-stdin", "--json")
    assert run(stage, *argv, "--timeout", "20") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["account"]["incoming"]["username"] == USER
    assert document["sign_in"][0]["result"] == "accepted"


def test_check_by_the_address_alone_says_where_nothing_was_found(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stage = FindStage({f"www.{DOMAIN}": {443: web("hello")}})
    assert run(stage, "check", "--email", EMAIL) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"No settings were found for {EMAIL}." in err


def test_check_with_a_server_does_not_search(
    capsys: pytest.CaptureFixture[str], run_watch: RunWatch
) -> None:
    stage = FindStage({MAIL: WORKING})
    assert run(stage, "check", "--email", EMAIL, "--imap", MAIL, "--no-sign-in", "--json") == 0
    assert json.loads(capsys.readouterr().out)["account"]["incoming"]["host"] == MAIL
    assert run_watch.searches.searches == []


def test_check_by_the_address_alone_says_that_a_token_is_wanted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, SECRET)
    stage = FindStage({"imap.gmail.com": WORKING, "smtp.gmail.com": WORKING})
    run(stage, "check", "--email", "annabel@gmail.com", "--no-sign-in", "--json")
    # These servers take passwords only, which the probe has told.
    assert "which takes a token" not in capsys.readouterr().err
    run(FindStage({}), "check", "--email", "annabel@gmail.com", "--no-sign-in", "--json")
    assert "add --auth password" in capsys.readouterr().err
