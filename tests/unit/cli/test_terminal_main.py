"""The terminal program in this process: commands, exit statuses, and its own faults."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailcheck_gui.__main__ import _practice
from mailcheck_gui.cli.exit_status import ExitStatus, status_of
from mailcheck_gui.cli.main import main
from mailcheck_gui.cli.practice import Practice
from mailcheck_gui.model.account import Account
from mailcheck_gui.model.finding import Suggestion
from mailcheck_gui.model.observation import (
    ConnectObservation,
    ConnectOutcome,
    NameObservation,
    NameOutcome,
    NetworkFacts,
    Observations,
)
from mailcheck_gui.model.report import Report, Verdict
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network
from mailcheck_gui.practice import PRACTICE_HOSTS, PracticeNetwork, PracticeServers
from mailcheck_gui.storage.folders import HOME_VARIABLE, user_folders
from mailcheck_gui.storage.preferences import Preferences, save_preferences


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))


class EmptyNetwork(PracticeNetwork):
    """A network in which no name exists, so that nothing has to be started."""

    def __init__(self) -> None:
        super().__init__(PracticeServers(()))


def no_practice() -> Practice:
    raise AssertionError("practice was not asked for")


def run(*argv: str, network: object = EmptyNetwork, practice: object = no_practice) -> int:
    return main(list(argv), network, practice)  # type: ignore[arg-type]


def test_a_check_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--imap", "imap.nowhere.example", "--no-sign-in", "--json") == 1
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert err == ""
    assert document["findings"][0]["code"] == "name-not-found"


def test_a_check_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--imap", "imap.nowhere.example", "--no-sign-in", "--controls") == 1
    out, err = capsys.readouterr()
    assert out.startswith("Receiving mail does not work\n")
    assert err.startswith("mailcheck: Where a port gives no good answer, servers of Google, ")
    assert err.count("\n") == 1


def test_controls_that_were_agreed_to_in_the_window_are_asked_and_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    save_preferences(user_folders().preferences_file, Preferences(controls=True))
    argv = ("check", "--imap", "imap.nowhere.example", "--no-sign-in")
    assert run(*argv) == 1
    assert "servers of Google, " in capsys.readouterr().err
    assert run(*argv, "--no-controls") == 1
    assert capsys.readouterr().err == ""


def test_practice_with_one_account(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("practice", "all fine", practice=_practice) == 0
    out, _ = capsys.readouterr()
    assert out.startswith("All fine (all-fine)\n")
    assert "Everything works" in out


def test_practice_with_an_unknown_account(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("practice", "none", practice=_practice) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "all-fine, tls-on-587" in err


def test_practice_with_all_accounts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = [a for a in _practice().accounts if a.id in ("all-fine", "wrong-password")]
    practice = Practice(accounts, _practice().open_network)
    assert run("practice", practice=lambda: practice) == 1
    out, _ = capsys.readouterr()
    assert out.index("All fine (all-fine)") < out.index("Wrong password (wrong-password)")


def test_the_self_test(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--self-test", practice=_practice) == 0
    assert "passed its self-test" in capsys.readouterr().out


def test_a_self_test_that_finds_something(capsys: pytest.CaptureFixture[str]) -> None:
    broken = Practice(_practice().accounts[1:], _practice().open_network)
    assert run("--self-test", practice=lambda: broken) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "ends with error in place of ok" in err


def test_our_own_fault_is_told_without_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> Network:
        raise RuntimeError("with a secret")

    assert run("check", "--imap", "imap.nowhere.example", "--no-sign-in", network=broken) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "RuntimeError in broken" in err
    assert "secret" not in err


def test_a_fault_in_the_middle_of_a_check_leaves_standard_output_empty(
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Broken(EmptyNetwork):
        async def resolve(self, host: str, deadline: Deadline) -> NameObservation:
            raise ZeroDivisionError(host)

    assert run("check", "--imap", "imap.nowhere.example", "--no-sign-in", network=Broken) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "(ZeroDivisionError in resolve, " in err
    assert err.rstrip().endswith("Your settings were not judged.")


def test_stopped_before_the_check(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted() -> Network:
        raise KeyboardInterrupt

    assert (
        run("check", "--imap", "imap.nowhere.example", "--no-sign-in", network=interrupted) == 130
    )
    assert capsys.readouterr() == ("", "mailcheck: Stopped.\n")


def test_nothing_to_check_names_the_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--imap", "imap.example.com:70000", "--smtp", "") == 2
    out, err = capsys.readouterr()
    assert out == ""
    first, second = err.splitlines()
    assert first.startswith("mailcheck: incoming.port: The port 70000 ")
    assert second.startswith("mailcheck: outgoing.host: ")


@pytest.mark.parametrize(
    ("argv", "place"),
    [
        (("--imap", "imap.example.com", "--smtp", "smtp.example.com:0"), "outgoing.port"),
        (("--imap", "imap.example.com:70000", "--smtp", "smtp.example.com"), "incoming.port"),
        (("--imap", "imap.example.com:imaps", "--smtp", "smtp.example.com"), "incoming.port"),
        (
            ("--imap", "imap.gmail.com", "--smtp", "smtp.gmail.com", "--smtp-user", "a\r\nQUIT"),
            "outgoing.username",
        ),
        (("--imap", "imap.example.com", "--email", "a\x00@example.com"), "email"),
    ],
)
def test_one_slip_stops_both_sides(
    capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], place: str
) -> None:
    class Watched(EmptyNetwork):
        async def resolve(self, host: str, deadline: Deadline) -> NameObservation:
            raise AssertionError(host)

    assert run("check", *argv, "--no-sign-in", "--json", network=Watched) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"mailcheck: {place}: ")


def test_an_unusable_host_beside_a_good_one_is_a_finding(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ("--imap", "imap.nowhere.example", "--smtp", "two..dots.example")
    assert run("check", *arguments, "--no-sign-in", "--json") == 1
    codes = {finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert codes >= {"name-not-found", "host-invalid"}


def test_an_address_that_nothing_leads_to(capsys: pytest.CaptureFixture[str]) -> None:
    class Offline(EmptyNetwork):
        async def resolve(self, host: str, deadline: Deadline) -> NameObservation:
            return NameObservation(host, NameOutcome.FOUND, ("203.0.113.1",))

        async def connect(self, address: str, port: int, deadline: Deadline) -> ConnectObservation:
            return ConnectObservation(ConnectOutcome.NO_ROUTE)

        async def facts(self) -> NetworkFacts:
            return NetworkFacts(has_ipv4_route=False, has_ipv6_route=False)

    assert run("check", "--imap", "imap.nowhere.example", "--no-sign-in", network=Offline) == 1
    assert capsys.readouterr().out.startswith("This computer is not connected\n")


@pytest.mark.parametrize(
    ("verdict", "cancelled", "status"),
    [
        (Verdict.OK, False, 0),
        (Verdict.WARNING, False, 0),
        (Verdict.INCOMPLETE, False, 0),
        (Verdict.ERROR, False, 1),
        (Verdict.ERROR, True, 130),
        (Verdict.OK, True, 130),
    ],
)
def test_exit_statuses(verdict: Verdict, cancelled: bool, status: int) -> None:
    now = datetime.now(UTC)
    report = Report(
        Account(), (), verdict, (), Suggestion(), Observations(now), (), now, 1.0, cancelled
    )
    assert status_of(report) == status
    assert ExitStatus(status) == status


def test_practice_hosts_have_servers_for_every_account() -> None:
    names = {host.name for host in PRACTICE_HOSTS}
    for account in _practice().accounts:
        for side in (account.draft.incoming, account.draft.outgoing):
            assert side is not None
            assert side.host in names


def test_remove_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "config" / "preferences.json"
    kept.parent.mkdir()
    kept.write_text("{}", "utf-8")
    assert run("--remove-data", "--yes") == 0
    assert capsys.readouterr().out == "Removed: 0 accounts, 0 passwords, the preferences.\n"
    assert not kept.exists()


def test_remove_data_asks_nobody_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--remove-data") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "--yes" in err
