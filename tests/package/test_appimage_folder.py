"""The AppImage's folder: it runs where it lies, and carries what the format asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from frozen import Frozen

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def folder(dist: Path) -> Path:
    found = dist / "Mailcheck.AppDir"
    if not found.is_dir():
        pytest.skip("no AppImage folder was built; run: python3 dev.py package")
    return found


def test_it_has_what_the_format_asks_for(folder: Path) -> None:
    for name in ("AppRun", "mailcheck.desktop", "mailcheck.png", ".DirIcon"):
        assert (folder / name).resolve().is_file()


def test_it_starts_the_window_program(folder: Path, tmp_path: Path) -> None:
    ended = Frozen(folder, tmp_path).run("AppRun", "--self-test")
    assert ended.status == 0, ended
    assert "Window system" in ended.states()


def test_it_starts_the_terminal_program_by_its_name(folder: Path, tmp_path: Path) -> None:
    ended = Frozen(folder, tmp_path).run("AppRun", "ports", "587", ARGV0="mailcheck")
    assert ended.status == 0, ended
    assert "587" in ended.out


def test_it_leaves_to_the_host_what_must_fit_the_host(folder: Path) -> None:
    names = {path.name for path in folder.rglob("*.so*")}
    assert not names & {"libstdc++.so.6", "libX11.so.6", "libfontconfig.so.1"}
    assert "libxcb-cursor.so.0" in names
