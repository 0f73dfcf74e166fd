"""What goes wrong inside Mailcheck: written to a small log without secrets, and never silent."""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from copy import copy
from functools import cached_property
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

_LOG_BYTES = 256 * 1024
_LOG_FILES = 2

_log = logging.getLogger("mailcheck_gui")


class DiscreetFormatter(logging.Formatter):
    """Writes where an exception came from, and not its text: that could quote what was typed."""

    def format(self, record: logging.LogRecord) -> str:
        """Format anew: another handler may have left its own, talkative text in the record."""
        record = copy(record)
        record.exc_text = None
        if record.name == "asyncio":
            record.msg, record.args = _subject(record.getMessage()), None
        return super().format(record)

    def formatException(self, ei: object) -> str:
        """Return the frames and the type."""
        assert isinstance(ei, tuple)
        kind, _, frames = ei
        name = kind.__name__ if isinstance(kind, type) else "unknown"
        return "".join(traceback.format_tb(frames)) + name


def _subject(told: str) -> str:
    """Return what asyncio tells about, without the reprs: they hold arguments and exceptions."""
    return re.split(r"[(<\n]", told, maxsplit=1)[0].strip()


class LateLog(logging.Handler):
    """A rotating file that is opened with its first record: most sessions never have one.

    `logging.handlers` brings in sockets and pickles, which the first picture need not wait for.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(logging.WARNING)
        self._path = path

    @cached_property
    def _file(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        handler = RotatingFileHandler(
            self._path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8", delay=True
        )
        handler.setFormatter(DiscreetFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        return handler

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record to the file."""
        self._file.handle(record)

    def close(self) -> None:
        """Close the file, where one was opened."""
        if "_file" in self.__dict__:
            self._file.close()
        super().close()


def open_log(path: Path) -> logging.Handler | None:
    """Send warnings and worse to a file; None where its folder cannot be made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    handler = LateLog(path)
    logging.getLogger().addHandler(handler)
    return handler


def close_log(handler: logging.Handler | None) -> None:
    """Take a log away again."""
    if handler is not None:
        logging.getLogger().removeHandler(handler)
        handler.close()


class CrashReporter(QObject):
    """Takes over Python's hooks; `crashed` carries the type's name into the window's thread."""

    crashed = Signal(str)

    def install(self) -> None:
        """Catch what nobody caught, in the main thread and in all others."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, frames: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, frames)
            return
        _log.error("Nobody caught this:", exc_info=(kind, error, frames))
        self.crashed.emit(kind.__name__)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        error = args.exc_value or args.exc_type()
        self._on_exception(args.exc_type, error, args.exc_traceback)
