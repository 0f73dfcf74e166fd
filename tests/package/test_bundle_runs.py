"""The built bundle: both programs try themselves, wherever they lie and whatever is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from desktop_session import (
    Desktop,
    missing_programs,
    run_desktop,
    run_secret_service,
    wait_for,
)
from frozen import Frozen

pytestmark = pytest.mark.timeout(300)

PROGRAMS = ("mailcheck", "mailcheck-gui")
IN_BOTH = {
    "Modules",
    "Libraries",
    "Facts",
    "Translations",
    "Trusted certificates",
    "Practice check",
}
WITH_A_WINDOW = {"Window system", "Fonts", "Icons", "Translations of the window", "Window"}
MISSING = missing_programs()

needs_a_session = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")


@pytest.fixture
def frozen(dist: Path, tmp_path: Path) -> Frozen:
    home = tmp_path / "home"
    home.mkdir()
    return Frozen(dist / "mailcheck", home)


@pytest.fixture
def copy(frozen: Frozen, tmp_path: Path) -> Frozen:
    """A copy that a test may damage, below a path with blanks and letters of many kinds."""
    place = tmp_path / "Büro & Söhne" / "почта ✉"
    shutil.copytree(frozen.bundle, place, symlinks=True, copy_function=os.link)
    return Frozen(place, frozen.home)


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_part_of_the_bundle_works_without_a_screen(frozen: Frozen, program: str) -> None:
    ended = frozen.run(program, "--self-test")
    assert (ended.status, ended.err) == (0, "")
    states = ended.states()
    assert states.pop("Keychain") == "not available"
    assert set(states) == IN_BOTH | (WITH_A_WINDOW if program == "mailcheck-gui" else set())
    assert set(states.values()) == {"ok"}
    assert "passed its self-test" in ended.out
    assert list(frozen.home.iterdir()) == []


@needs_a_session
@pytest.mark.xserver
@pytest.mark.secret_service
def test_the_window_program_tries_itself_on_a_real_screen_with_a_real_keychain(
    frozen: Frozen,
) -> None:
    with run_desktop() as desktop:
        done = subprocess.run(
            [frozen.bundle / "mailcheck-gui", "--self-test"],
            env=desktop.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert "this run: xcb" in done.stdout
    assert "not available" not in done.stdout


@needs_a_session
@pytest.mark.xserver
@pytest.mark.secret_service
def test_two_windows_open_at_once_on_the_same_files(frozen: Frozen) -> None:
    with run_desktop() as desktop:
        for _ in range(2):
            program = subprocess.Popen(
                [frozen.bundle / "mailcheck-gui", "--practice"],
                env=desktop.environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            desktop.programs.append(program)
        wait_for(lambda: len(windows_on(desktop)) == 2, "two windows")
        assert [program.poll() for program in desktop.programs] == [None, None]


def windows_on(desktop: Desktop) -> list[str]:
    """Return the windows that are shown."""
    words = ["xdotool", "search", "--onlyvisible", "--class", "mailcheck"]
    done = subprocess.run(
        words, env=desktop.environment, capture_output=True, text=True, check=False
    )
    return done.stdout.split()


@needs_a_session
@pytest.mark.secret_service
def test_the_terminal_program_keeps_and_forgets_in_a_real_keychain(frozen: Frozen) -> None:
    with run_secret_service() as address:
        ended = frozen.run("mailcheck", "--self-test", DBUS_SESSION_BUS_ADDRESS=address)
    assert ended.states()["Keychain"] == "ok", ended


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_path_with_blanks_and_other_letters_is_a_path(copy: Frozen, program: str) -> None:
    ended = copy.run(program, "--self-test")
    assert ended.status == 0, ended


@pytest.mark.skipif(shutil.which("faketime") is None, reason="not installed: faketime")
@pytest.mark.parametrize("day", ["1999-12-31", "2071-01-01"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_wrong_clock_stops_nothing(frozen: Frozen, program: str, day: str) -> None:
    command = ["faketime", day, str(frozen.bundle / program), "--self-test"]
    done = subprocess.run(
        command,
        env=frozen.environment(FAKETIME_DONT_FAKE_MONOTONIC="1"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_bundle_starts_through_a_link(frozen: Frozen, tmp_path: Path) -> None:
    link = tmp_path / "mailcheck"
    link.symlink_to(frozen.bundle / "mailcheck")
    done = subprocess.run([link, "ports", "587"], capture_output=True, text=True, check=True)
    assert "587" in done.stdout


def test_no_screen_is_said_in_one_sentence(frozen: Frozen) -> None:
    ended = frozen.run("mailcheck-gui")
    assert ended.status == 2
    assert ended.err.startswith("mailcheck-gui: There is no screen here for a window.")
    assert ended.err.count("\n") == 1


def test_a_screen_that_is_not_there_is_said_in_one_sentence(frozen: Frozen) -> None:
    ended = frozen.run("mailcheck-gui", DISPLAY=":4711")
    assert (ended.status, ended.err.count("\n")) == (2, 1)


def test_missing_plugins_of_qt_are_said_in_one_sentence(copy: Frozen) -> None:
    plugins = copy.bundle / "_internal/PySide6/Qt/plugins/platforms"
    shutil.rmtree(plugins)
    plugins.mkdir()
    ended = copy.run("mailcheck-gui", DISPLAY=":4711")
    assert (ended.status, ended.err.count("\n")) == (3, 1)
    assert "A part of Mailcheck is missing" in ended.err


def test_a_missing_library_is_named(copy: Frozen) -> None:
    next((copy.bundle / "_internal/PySide6/Qt/lib").glob("libQt6Widgets.so*")).unlink()
    ended = copy.run("mailcheck-gui", "--self-test")
    assert ended.status == 3
    assert ended.err.startswith("mailcheck-gui: The window needs a part that is missing here: lib")
    assert ended.err.count("\n") == 1


def test_a_damaged_bundle_is_told_by_the_self_test(copy: Frozen) -> None:
    (copy.bundle / "_internal/mailcheck_gui/resources/thresholds.toml").unlink()
    ended = copy.run("mailcheck", "--self-test")
    assert (ended.status, ended.out) == (3, "")
    assert ended.states()["Facts"] == "does not work"


def test_a_trimmed_bundle_carries_nothing_that_is_not_used(frozen: Frozen) -> None:
    names = [path.name for path in frozen.bundle.rglob("*")]
    assert not [name for name in names if "Network" in name or "gtk" in name or "Qml" in name]
    assert not [
        path for path in frozen.bundle.rglob("*") if path.is_symlink() and not path.exists()
    ]
    size = sum(path.lstat().st_size for path in frozen.bundle.rglob("*") if not path.is_dir())
    assert size <= 145_000_000


def test_the_bundle_names_the_licence_of_every_library(frozen: Frozen) -> None:
    folder = frozen.bundle / "_internal/licences"
    overview = (folder / "licences.txt").read_text("utf-8")
    for name in ("cryptography", "PySide6_Essentials", "cffi", "keyring"):
        assert f"\n{name} " in f"\n{overview}"
    assert (folder / "certifi").is_dir()
