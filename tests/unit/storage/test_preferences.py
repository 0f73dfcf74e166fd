"""Preferences: whatever is in the file, the window gets something usable."""

from __future__ import annotations

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
