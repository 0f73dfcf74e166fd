"""`mailcheck-gui --self-test`: the parts that only the window has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mailcheck_gui.cli.installation import DoesNotWork, PartState
from mailcheck_gui.ui import self_test
from mailcheck_gui.ui.self_test import (
    load_icons,
    load_window_systems,
    load_window_translations,
    paint,
    window_parts,
)


def test_every_part_is_tried(qtbot: QtBot) -> None:
    window = QLabel("here")
    qtbot.addWidget(window)
    parts = window_parts(window)
    assert [part for part in parts if part.state is PartState.BROKEN] == []
    assert [part.name.english() for part in parts[-5:]] == [
        *("Window system", "Fonts", "Icons", "Translations of the window", "Window"),
    ]


def test_the_program_tries_its_own_window(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    environment |= {"HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "mailcheck_gui", "--self-test"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "painted" in done.stdout
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.qt_log_ignore("Cannot read file", extend=True)
def test_an_icon_that_is_no_picture_is_named(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / "lock.svg").write_text("<svg")
    with pytest.raises(DoesNotWork, match=r"lock\.svg cannot be drawn"):
        load_icons(tmp_path)


def test_no_icons_at_all_are_told(tmp_path: Path, qapp: QApplication) -> None:
    with pytest.raises(DoesNotWork, match="is empty"):
        load_icons(tmp_path)


def test_a_translation_that_was_not_compiled_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_test, "languages", lambda: ("en", "xx"))
    monkeypatch.setattr(self_test, "RESOURCES", tmp_path)
    with pytest.raises(DoesNotWork, match=r"mailcheck_xx\.qm is missing"):
        load_window_translations()


def test_no_window_system_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    (tmp_path / "platforms").mkdir()
    monkeypatch.setattr(self_test.QLibraryInfo, "path", lambda _: str(tmp_path))
    with pytest.raises(DoesNotWork, match="holds no window system"):
        load_window_systems()


def test_a_window_without_a_size_was_not_painted(qtbot: QtBot) -> None:
    window = QLabel()
    qtbot.addWidget(window)
    window.setFixedSize(0, 0)
    with pytest.raises(DoesNotWork, match="Nothing was painted"):
        paint(window)
