"""One program at a time: two windows, or a window and a terminal, change the same file in turn."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_PATIENCE_SECONDS: Final = 5.0
"""Others hold the lock for one write, milliseconds; longer means that one of them is stopped."""

_PAUSE_SECONDS: Final = 0.01


@contextmanager
def exclusive(folder: Path, patience: float = _PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the lock of a folder, which is made where it is missing. Other users keep out anyway.

    The system lets go of the lock where a program ends without doing so.

    Raises:
        OSError: the folder cannot be made, or another program held the lock all the time.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = _open(folder)
    try:
        _take(handle, time.monotonic() + patience)
        yield
    finally:
        os.close(handle)  # lets go of the lock as well


if sys.platform == "win32":
    import msvcrt

    def _open(folder: Path) -> int:
        """Open a file for the lock: Windows locks no folders. It stays, and is empty."""
        return os.open(folder / "lock", os.O_RDWR | os.O_CREAT)

    def _lock(handle: int) -> None:
        """Lock the first byte. Not every C library says why it could not: another has the lock."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES)) from error

else:
    import fcntl

    def _open(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _take(handle: int, until: float) -> None:
    while True:
        try:
            return _lock(handle)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise
        if time.monotonic() >= until:
            raise OSError(errno.EBUSY, "another Mailcheck is saving")
        time.sleep(_PAUSE_SECONDS)
