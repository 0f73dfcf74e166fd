"""The window's tests: a screen or none, no stray Qt warning, no thread that outlives its test."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

os.environ.setdefault("PYSIDE6_OPTION_PYTHON_ENUM", "0x11")  # an unscoped enum is an error
if sys.platform == "linux" and not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QApplication

from mailcheck_gui.ui.fusion_style import use_fusion_style
from mailcheck_gui.ui.theme import DARK, LIGHT, Roles, apply_theme, palette_for

_HARMLESS = "This plugin does not support propagateSizeHints"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform complains about every window; nothing else may be logged."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(_HARMLESS, extend=True))


@pytest.fixture(autouse=True)
def _no_thread_outlives(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a QThread running: at exit it would abort the process."""
    started: list[QThread] = []
    start = QThread.start

    def remember(self: QThread, *args: object) -> None:
        started.append(self)
        start(self, *args)

    monkeypatch.setattr(QThread, "start", remember)
    yield
    left = [thread for thread in started if _is_running(thread)]
    for thread in left:
        thread.wait(5000)
    assert not left, "a QThread outlived its test"


def _is_running(thread: QThread) -> bool:
    try:
        return thread.isRunning()
    except RuntimeError:  # its C++ part is gone, so it has ended
        return False


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def colours(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Roles]:
    """Each colour table in turn, as the application's palette."""
    qapp.setPalette(palette_for(request.param))
    yield request.param
    apply_theme(qapp, Qt.ColorScheme.Light)


@pytest.fixture
def themed(qapp: QApplication) -> QApplication:
    """The application as it is started on Linux."""
    use_fusion_style(qapp)
    apply_theme(qapp, Qt.ColorScheme.Light)
    return qapp


@pytest.fixture
def large_text(themed: QApplication) -> Iterator[QApplication]:
    """Text at 200 percent."""
    before = themed.font()
    font = themed.font()
    font.setPixelSize(26)
    themed.setFont(font)
    yield themed
    themed.setFont(before)
