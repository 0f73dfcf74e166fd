"""Why no window can open here, in one sentence in place of Qt's abort.

Qt ends the process from inside of `QApplication` where it finds no screen, or misses a plugin or
a library. It tells its message handler before.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from mailcheck_gui.model.finding import Message

_NO_SCREEN: Final = ("could not connect to display", "Failed to create wl_display")
_NO_PLUGIN: Final = "Could not find the Qt platform plugin"

UNUSABLE: Final = 2
OUR_FAULT: Final = 3


@contextmanager
def told_in_words() -> Iterator[None]:
    """End the process with a sentence where Qt would abort; keep Qt's other words as they are."""
    said: list[str] = []

    def on_message(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            end(said)
        said.append(text)

    before = qInstallMessageHandler(on_message)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
        for text in said:
            _write(text)


def end(said: Sequence[str]) -> None:
    """Say why, and end at once: Qt is in no state to be left in any other way."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    sentence, status = reason(said, folder)
    _write(f"mailcheck-gui: {sentence.english()}")
    os._exit(status)


def reason(said: Sequence[str], folder: Path) -> tuple[Message, int]:
    """Return the sentence and the exit status for what Qt said, with its plugins in a folder."""
    from mailcheck_gui.model.finding import message  # a window that opens needs none of this

    words = "\n".join(said)
    library = missing_library(folder)
    if library:
        return message(
            "The window needs a library that is missing: {name}.", name=library
        ), OUR_FAULT
    if any(sign in words for sign in _NO_SCREEN):
        return message(
            "There is no screen here for a window. The terminal program is called mailcheck."
        ), UNUSABLE
    if _NO_PLUGIN in words:
        return message(
            "A part of Mailcheck is missing in {folder}. Install Mailcheck again.", folder=folder
        ), OUR_FAULT
    return message("Qt cannot open a window here."), OUR_FAULT


def missing_library(folder: Path) -> str:
    """Return the first library that a window system's plugin misses; "" where all are there."""
    import ctypes

    for plugin in sorted(folder.glob("libq[xw]*.so")):
        try:
            ctypes.CDLL(str(plugin))
        except OSError as error:
            return str(error).partition(":")[0]
    return ""


def _write(line: str) -> None:
    if sys.stderr is not None:  # a window program on Windows has none
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
