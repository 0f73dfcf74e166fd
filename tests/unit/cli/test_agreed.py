"""The switches of the window hold in the terminal too; options only add to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailcheck_gui.cli.agreed import agreed_find_options, agreed_preferences, may_ask_issuers
from mailcheck_gui.cli.arguments import Arguments, parse_arguments
from mailcheck_gui.engine.find_options import FindOptions
from mailcheck_gui.model.discovery import Source
from mailcheck_gui.storage.folders import HOME_VARIABLE, user_folders
from mailcheck_gui.storage.preferences import Preferences, load_preferences, save_preferences


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))


def keep(preferences: Preferences) -> None:
    assert save_preferences(user_folders().preferences_file, preferences) is None


def given(line: str) -> Arguments:
    return parse_arguments(line.split())


FIND = "find anna@example.com"
CHECK = "check --email anna@example.com"


def test_without_preferences_and_options_a_search_shares_only_the_domain() -> None:
    assert agreed_find_options(given(FIND)) == FindOptions()


@pytest.mark.parametrize("line", [FIND, CHECK])
def test_each_preference_reaches_the_search(line: str) -> None:
    keep(replace(Preferences(), offline=True))
    assert agreed_find_options(given(line)).offline
    keep(replace(Preferences(), share_address=True))
    assert agreed_find_options(given(line), 3.0) == FindOptions(share_address=True, timeout=3.0)
    keep(replace(Preferences(), third_parties=False))
    options = agreed_find_options(given(line))
    assert not options.allows(Source.ISPDB)
    assert options.allows(Source.AUTOCONFIG)


@pytest.mark.parametrize("line", [FIND, CHECK])
def test_an_option_leaves_third_parties_out_of_one_run(line: str) -> None:
    keep(Preferences())
    assert not agreed_find_options(given(f"{line} --no-third-parties")).allows(Source.ISPDB)
    assert agreed_find_options(given(line)).allows(Source.ISPDB)
    assert load_preferences(user_folders().preferences_file) == Preferences()


def test_offline_for_one_run() -> None:
    assert agreed_find_options(given(f"{FIND} --offline")).offline


@pytest.mark.parametrize(
    ("kept", "options", "asked"),
    [
        (False, "", False),
        (False, "--controls", True),
        (True, "", True),
        (True, "--no-controls", False),
        (True, "--no-third-parties", False),
    ],
)
def test_controls_are_asked_where_the_person_agreed(kept: bool, options: str, asked: bool) -> None:
    keep(replace(Preferences(), controls=kept))
    assert agreed_preferences(given(f"{CHECK} {options}")).controls is asked


@pytest.mark.parametrize(
    ("options", "asked"),
    [("", True), ("--controls", True), ("--no-controls", False), ("--no-third-parties", False)],
)
def test_issuers_are_asked_unless_the_run_forbids_it(options: str, asked: bool) -> None:
    assert may_ask_issuers(given(f"{CHECK} {options}")) is asked
