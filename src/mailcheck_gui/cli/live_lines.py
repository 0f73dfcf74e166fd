"""Lines on standard error that follow a run, each changing in place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from mailcheck_gui.cli.console import rich_console

if TYPE_CHECKING:
    from rich.live import Live

LiveLine = tuple[str, str, str]
"""Mark, style of the mark, text."""

Event = TypeVar("Event")


class LiveLines(AbstractContextManager["LiveLines[Event]"], Generic[Event]):
    """Takes the events of a run. In a file or a pipe nothing is shown of them.

    `lines_after` takes an event and returns the lines as they stand then, None for an event that
    changes none of them.
    """

    def __init__(self, lines_after: Callable[[Event], Iterable[LiveLine] | None]) -> None:
        self._lines_after = lines_after
        self._live: Live | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.live import Live

            # No thread that refreshes: a line is drawn when it changes.
            self._live = Live(console=rich_console(sys.stderr), auto_refresh=False)
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()

    def report(self, event: Event) -> None:
        """Take an event."""
        lines = None if self._live is None else self._lines_after(event)
        if lines is not None:
            self._show(lines)

    def _show(self, lines: Iterable[LiveLine]) -> None:
        from rich.text import Text

        assert self._live is not None
        picture = Text(overflow="ellipsis", no_wrap=True)
        for mark, style, text in lines:
            picture.append(f"{mark} ", style=style)
            picture.append(f"{text}\n")
        self._live.update(picture, refresh=True)
