"""Preferences: whatever is in the file, the window gets something usable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailcheck_gui.storage.preferences import (
    Preferences,
    Theme,
    load_preferences,
    save_preferences,
)


def test_they_come_back(tmp_path: Path) -> None:
    path = tmp_path / "config" / "preferences.json"
    wanted = Preferences("en", Theme.DARK, 1300, 900, controls=True)
    assert save_preferences(path, wanted) is None
    assert load_preferences(path) == wanted


@pytest.mark.parametrize(
    "switch", ["offline", "third_parties", "share_address", "newer_version", "introduced"]
)
@pytest.mark.parametrize("value", [True, False])
def test_every_switch_comes_back(tmp_path: Path, switch: str, value: bool) -> None:
    path = tmp_path / "preferences.json"
    wanted = replace(Preferences(), **{switch: value})
    assert save_preferences(path, wanted) is None
    assert load_preferences(path) == wanted


@pytest.mark.parametrize("nonsense", ["1", '"yes"', "null", "[true]"])
def test_nothing_is_sent_for_a_switch_that_cannot_be_read(tmp_path: Path, nonsense: str) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(f'{{"share_address": {nonsense}, "newer_version": {nonsense}}}')
    assert load_preferences(path) == Preferences()


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert load_preferences(tmp_path / "none.json") == Preferences()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"theme": "pink", "language": 7, "width": -1, "height": 1e9, "controls": 1}',
        '{"theme": [], "language": {}, "width": true, "height": null}',
    ],
)
def test_nonsense_becomes_the_default(tmp_path: Path, content: str) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(content)
    assert load_preferences(path) == Preferences()


def test_a_part_that_can_be_read_is_used(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text('{"theme": "dark", "width": "wide"}')
    assert load_preferences(path) == Preferences(theme=Theme.DARK)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert save_preferences(blocked / "preferences.json", Preferences()) is not None
