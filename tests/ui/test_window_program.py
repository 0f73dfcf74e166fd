"""The program around the window: arguments, files, crashes, reports on the disk."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from mailcheck_gui import __version__
from mailcheck_gui.app import WindowProgram, parse_arguments
from mailcheck_gui.storage.folders import Folders, user_folders
from mailcheck_gui.storage.preferences import Preferences, Theme, load_preferences
from mailcheck_gui.ui.crash_log import CrashReporter, DiscreetFormatter, close_log, open_log
from mailcheck_gui.ui.save_report import file_name, save_report_as, write_report
from mailcheck_gui.ui.theme import DARK, roles

SECRET = "hunt" + "er2"  # in one piece it would stand in the log as a line of this file


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return user_folders({"MAILCHECK_HOME": str(tmp_path / "home")})


@pytest.fixture
def program(themed: QApplication, folders: Folders) -> Iterator[WindowProgram]:
    interval = sys.getswitchinterval()
    made = WindowProgram(parse_arguments([]), folders)
    yield made
    made.window.close()
    made.close_log()
    sys.setswitchinterval(interval)


def run(program: WindowProgram, then: object) -> int:
    """Run the event loop of the program, do something in it, and close the window."""

    def act() -> None:
        try:
            then()  # type: ignore[operator]
        finally:
            program.window.close()

    QTimer.singleShot(0, act)
    return program.run()


def test_the_arguments_are_those_of_the_contract() -> None:
    arguments = parse_arguments(["--practice", "--account", "Office", "--lang", "en"])
    assert (arguments.practice, arguments.account, arguments.lang) == (True, "Office", "en")


@pytest.mark.parametrize("words", [["--version"], ["--help"]])
def test_version_and_help_end_well(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_arguments(words)
    assert caught.value.code == 0
    assert capsys.readouterr().out


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_arguments(["--version"])
    assert capsys.readouterr().out == f"mailcheck-gui {__version__}\n"


def test_an_unknown_argument_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_arguments(["--password", "secret"])
    assert caught.value.code == 2


def test_a_language_that_does_not_ship_is_a_usage_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_arguments(["--lang", "tlh"])
    assert caught.value.code == 2
    assert "--lang: The texts are there in en" in capsys.readouterr().err


def test_heavy_parts_wait_until_they_are_needed() -> None:
    look = (
        "import sys, mailcheck_gui.app; "
        "print([name for name in ('keyring', 'cryptography', 'httpx', 'dns', 'asyncio', 'ssl',"
        " 'mailcheck_gui.engine.run', 'mailcheck_gui.practice') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_closing_keeps_the_size(program: WindowProgram, folders: Folders) -> None:
    assert run(program, lambda: program.window.resize(1010, 700)) == 0
    kept = load_preferences(folders.preferences_file)
    assert (kept.width, kept.height) == (1010, 700)


def test_a_chosen_theme_is_used_at_once_and_kept(program: WindowProgram, folders: Folders) -> None:
    def choose_dark() -> None:
        program.window.preferences_changed.emit(Preferences(theme=Theme.DARK))
        assert roles().canvas == DARK.canvas

    run(program, choose_dark)
    program.window.preferences_changed.emit(Preferences(theme=Theme.LIGHT))
    assert json.loads(folders.preferences_file.read_text())["theme"] == "light"


needs_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the program's file holds the icon"
)


@needs_linux
def test_without_an_installed_icon_the_program_shows_its_own(program: WindowProgram) -> None:
    assert not QIcon.hasThemeIcon("mailcheck")
    try:
        program._show_icon()
        picture = program.application.windowIcon().pixmap(32, 32).toImage()
        assert picture.pixelColor(16, 2).alpha() == 255
    finally:
        program.application.setWindowIcon(QIcon())


@needs_linux
def test_the_installed_icon_is_shown_once_the_window_is_painted(
    program: WindowProgram, tmp_path: Path, qtbot: QtBot
) -> None:
    picture = QPixmap(16, 16)
    picture.fill("#155cb0")
    assert picture.save(str(tmp_path / "mailcheck.png"))
    before = QIcon.fallbackSearchPaths()
    QIcon.setFallbackSearchPaths([str(tmp_path)])
    program.window.show()
    try:
        program._show_icon()
        assert not program.application.windowIcon().isNull()
    finally:
        QIcon.setFallbackSearchPaths(before)
        program.application.setWindowIcon(QIcon())


def test_damaged_preferences_are_said_when_the_window_opens(
    themed: QApplication, folders: Folders
) -> None:
    folders.config.mkdir(parents=True)
    folders.preferences_file.write_text("not json")
    made = WindowProgram(parse_arguments([]), folders)
    said: list[str] = []
    run(made, lambda: said.append(made.window.notice.sentence()))
    made.close_log()
    assert "The preferences could not be read. The file is kept as" in said[0]
    assert [path.read_text() for path in folders.config.glob("*.damaged-*")] == ["not json"]


def test_a_damaged_accounts_file_is_said_when_the_window_opens(
    themed: QApplication, folders: Folders
) -> None:
    folders.data.mkdir(parents=True)
    folders.accounts_file.write_text("not json")
    made = WindowProgram(parse_arguments([]), folders)
    said: list[str] = []
    run(made, lambda: said.append(made.window.notice.sentence()))
    made.close_log()
    assert "could not be read" in said[0]


def test_what_nobody_caught_is_said_and_logged_without_its_text(
    program: WindowProgram, folders: Folders
) -> None:
    said: list[str] = []

    def break_in_a_thread() -> None:
        def broken() -> None:
            raise LookupError(SECRET)

        thread = threading.Thread(target=broken)
        thread.start()
        thread.join()
        QApplication.processEvents()
        said.append(program.window.notice.sentence())

    run(program, break_in_a_thread)
    assert "LookupError" in said[0]
    text = folders.log_file.read_text()
    assert "LookupError" in text
    assert "in broken" in text
    assert SECRET not in text


def test_the_hooks_are_given_back(program: WindowProgram) -> None:
    before = (sys.excepthook, threading.excepthook)
    run(program, lambda: None)
    assert sys.excepthook is sys.__excepthook__
    assert before[0] is sys.__excepthook__ or before[0] is not None


def test_a_log_folder_that_cannot_be_made_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert open_log(tmp_path / "file" / "mailcheck.log") is None


def test_the_formatter_tells_where_and_not_what() -> None:
    try:
        int(SECRET)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "It broke", None, sys.exc_info())
    text = DiscreetFormatter("%(message)s").format(record)
    assert "It broke" in text
    assert "ValueError" in text
    assert SECRET not in text


def test_what_asyncio_tells_of_a_task_is_logged_without_its_exception(tmp_path: Path) -> None:
    async def broken() -> None:
        raise LookupError(SECRET)

    async def forget_it() -> None:
        task = asyncio.create_task(broken())
        await asyncio.wait([task])
        asyncio.get_running_loop().call_soon(int, SECRET)
        await asyncio.sleep(0)
        del task
        gc.collect()

    log = open_log(tmp_path / "mailcheck.log")
    try:
        asyncio.run(forget_it())
    finally:
        close_log(log)
    text = (tmp_path / "mailcheck.log").read_text()
    assert "asyncio: Task exception was never retrieved" in text
    assert "asyncio: Exception in callback" in text
    assert "in broken" in text
    assert "LookupError" in text
    assert SECRET not in text


def test_ctrl_c_goes_the_usual_way(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = CrashReporter()
    told: list[str] = []
    reporter.crashed.connect(told.append)
    reporter._on_exception(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


# Reports on the disk


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("info@example.com", "mailcheck-info@example.com.txt"),
        ('a/b\\c:d*?"<>|', "mailcheck-a-b-c-d------.txt"),
        ("..", "mailcheck.txt"),
        ("", "mailcheck.txt"),
        ("x" * 500, f"mailcheck-{'x' * 60}.txt"),
    ],
)
def test_a_report_gets_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_report_is_written_as_utf_8(tmp_path: Path) -> None:
    assert write_report(tmp_path / "r.txt", "büro ⟨U+202E⟩\n") == ""
    assert (tmp_path / "r.txt").read_bytes() == "büro ⟨U+202E⟩\n".encode()


def test_a_report_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    sentence = write_report(tmp_path / "none" / "r.txt", "text")
    assert "r.txt" in sentence


def test_the_dialog_writes_where_it_is_told(
    qtbot: QtBot, themed: QApplication, tmp_path: Path
) -> None:
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    complaints: list[str] = []
    dialog = save_report_as(parent, "me", "text\n", complaints.append)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    dialog.fileSelected.emit(str(tmp_path / "r.txt"))
    assert (tmp_path / "r.txt").read_text() == "text\n"
    dialog.fileSelected.emit(str(tmp_path / "none" / "r.txt"))
    assert complaints
    dialog.reject()
