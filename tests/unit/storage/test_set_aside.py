"""Files that cannot be understood are kept, and the person is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailcheck_gui.storage.preferences import load_preferences, save_preferences
from mailcheck_gui.storage.set_aside import set_aside_preferences


@pytest.mark.parametrize("content", [b"", b"not json", b"[1]", b'{"a": 1', b"\xff\xfe"])
def test_damaged_preferences_are_kept_aside_and_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(content)
    problem = set_aside_preferences(path)
    assert problem is not None
    (kept,) = tmp_path.glob("preferences.damaged-*.json")
    assert kept.read_bytes() == content
    assert kept.name in problem.sentence.english()
    assert not path.exists()


def test_sound_preferences_stay(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    save_preferences(path, load_preferences(path))
    before = path.read_bytes()
    assert set_aside_preferences(path) is None
    assert path.read_bytes() == before


def test_no_preferences_are_no_problem(tmp_path: Path) -> None:
    assert set_aside_preferences(tmp_path / "preferences.json") is None


def test_preferences_that_may_not_be_read_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.mkdir()
    assert set_aside_preferences(path) is None
    assert path.is_dir()
