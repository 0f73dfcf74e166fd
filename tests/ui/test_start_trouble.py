"""Where no window can open: one sentence, and no abort."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailcheck_gui.ui.start_trouble import missing_library, reason

linux_only = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems always have a screen"
)


def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the window program without the screen of the person who runs the tests."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "mailcheck_gui", "--practice"],
        env={**kept, "MAILCHECK_HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@linux_only
@pytest.mark.parametrize("screen", [{}, {"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "none"}])
def test_no_screen_is_one_sentence(tmp_path: Path, screen: dict[str, str]) -> None:
    done = run(tmp_path, XDG_RUNTIME_DIR=str(tmp_path), **screen)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "mailcheck-gui: There is no screen here for a window."
        " The terminal program is called mailcheck.\n"
    )


@linux_only
def test_a_plugin_that_does_not_exist_is_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, QT_QPA_PLATFORM="nonesuch")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "A part of Mailcheck is missing" in done.stderr


@linux_only
def test_a_missing_library_comes_first(tmp_path: Path) -> None:
    (tmp_path / "libqxcb.so").write_text("no library")
    sentence, status = reason(["could not connect to display :1"], tmp_path)
    assert "needs a library that is missing" in sentence.english()
    assert status == 3


def test_other_words_of_qt_have_an_end_as_well(tmp_path: Path) -> None:
    sentence, status = reason(["something else"], tmp_path)
    assert (sentence.english(), status) == ("Qt cannot open a window here.", 3)


def test_no_library_is_missing_where_no_plugin_is(tmp_path: Path) -> None:
    assert missing_library(tmp_path) == ""


@linux_only
def test_a_library_that_qt_links_and_nobody_has_is_named(tmp_path: Path) -> None:
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text(
        'raise ImportError("libGL.so.1: cannot open shared object file: No such file")'
    )
    done = run(tmp_path, PYTHONPATH=str(tmp_path))
    assert done.returncode == 3
    assert done.stderr == (
        "mailcheck-gui: The window needs a part that is missing here: libGL.so.1.\n"
    )
