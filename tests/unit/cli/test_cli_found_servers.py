"""How a check by the address alone shares its time with the search before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.cli import found_servers
from mailcheck_gui.cli.arguments import parse_arguments
from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.model.account import AccountDraft, Protocol, Security, Server
from mailcheck_gui.model.discovery import Discovery, SettingsCandidate, Source, Trust
from mailcheck_gui.network.system import SystemNetwork
from mailcheck_gui.storage.folders import HOME_VARIABLE

EMAIL = "anna@example.org"
IMAP = Server(Protocol.IMAP, "imap.example.org", "imap.example.org", 993, Security.IMPLICIT_TLS)
BEST = SettingsCandidate(IMAP, None, Source.AUTOCONFIG, Trust.SECURE)
DEFAULT = load_thresholds().run_timeout


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))


def limits(option: str, monkeypatch: pytest.MonkeyPatch) -> tuple[float, float]:
    """What search and check are given where the search uses up all of its time."""
    given: list[float] = []

    def whole_search(_typed: str, _say: object, _seam: object, options: FindOptions) -> Discovery:
        assert options.timeout is not None
        given.append(options.timeout)
        return Discovery(EMAIL, (BEST,), duration_ms=options.timeout * 1000)

    monkeypatch.setattr(found_servers, "search", whole_search)
    arguments = parse_arguments(["check", "--email", EMAIL, *option.split()])
    network = SystemNetwork()
    found = found_servers.find_servers(AccountDraft(EMAIL), arguments, str, network)
    return given[0], found.timeout


@pytest.mark.parametrize(
    ("option", "whole"),
    [
        ("", DEFAULT),
        ("--timeout 60", 60.0),
        ("--timeout 12", 12.0),
        ("--timeout 11.5", 11.5),
        ("--timeout 3", 3.0),
        ("--timeout 2", 2.0),
        ("--timeout 0.2", 0.2),
    ],
)
def test_search_and_check_share_the_time_of_the_whole_run(
    option: str, whole: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, check = limits(option, monkeypatch)
    assert search + check == pytest.approx(whole)
    assert search <= load_thresholds().find_timeout
    assert check >= min(1.0, whole / 2)
