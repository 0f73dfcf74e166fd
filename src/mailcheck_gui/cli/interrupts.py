"""Ctrl+C: the first one stops what runs, a second changes nothing, a third ends the program.

Python's own way raises `KeyboardInterrupt` wherever the program is. Inside an event loop that ends
in tracebacks, and after it in the loss of a report that was about to be written.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    import asyncio
    from types import FrameType

_INSISTING = 3
"""The interrupt that ends the program at once: whoever waits for a report presses no more."""

_STANDARD_ERROR = 2

Result = TypeVar("Result")


class Interrupts:
    """Handles SIGINT once it is installed.

    The first interrupt raises `KeyboardInterrupt`, but cancels the run within `run`, and lets a
    report be written within `held`.
    """

    def __init__(self) -> None:
        self._count = 0
        self._held = False
        self._task: asyncio.Task[Any] | None = None

    def install(self) -> None:
        """Take over from Python, unless whoever started the program had interrupts ignored."""
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self)

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        """Take an interrupt."""
        self._count += 1
        if self._count == _INSISTING:
            _end_at_once()
        if self._count > 1:
            return
        if not self._held:
            raise KeyboardInterrupt
        if self._task is not None:
            with suppress(RuntimeError):  # its loop has just been closed
                self._task.get_loop().call_soon_threadsafe(self._task.cancel)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Within, no interrupt raises anything: a run is cancelled, its report is written."""
        before, self._held = self._held, True
        try:
            yield
        finally:
            self._held = before

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run a coroutine in a new event loop; one that came before cancels it at its beginning.

        Raises `KeyboardInterrupt` where the interrupt left it without a result.
        """
        import asyncio

        async def cancellable() -> Result:
            self._task = asyncio.current_task()
            if self._count and self._task is not None:
                self._task.cancel()
            return await work

        with self.held():
            try:
                return asyncio.run(cancellable())
            except asyncio.CancelledError:
                raise KeyboardInterrupt from None
            finally:
                self._task = None


def _end_at_once() -> None:
    """End without a word more than needed. A line that is drawn anew has hidden the cursor."""
    show_cursor = b"\x1b[?25h" if os.isatty(_STANDARD_ERROR) else b""
    with suppress(OSError):
        os.write(_STANDARD_ERROR, show_cursor + b"mailcheck: Stopped.\n")
    os._exit(130)  # `ExitStatus.CANCELLED`


INTERRUPTS: Final = Interrupts()
"""The one of this process: there is one SIGINT."""
