"""Lines on standard error that change in place, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Self

from mailcheck_gui.cli.console import rich_console

if TYPE_CHECKING:
    from rich.live import Live


class LiveLines(AbstractContextManager["LiveLines"]):
    """A picture of lines, each with a mark in a colour; drawn again when it is shown anew."""

    def __init__(self) -> None:
        self._live: Live | None = None

    def __enter__(self) -> Self:
        from rich.live import Live

        # No thread that refreshes: a line is drawn when it changes.
        self._live = Live(console=rich_console(sys.stderr), auto_refresh=False)
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()

    def show(self, lines: Iterable[tuple[str, str, str]]) -> None:
        """Show lines of mark, style of the mark, and text."""
        from rich.text import Text

        if self._live is None:
            return
        picture = Text(overflow="ellipsis", no_wrap=True)
        for mark, style, text in lines:
            picture.append(f"{mark} ", style=style)
            picture.append(f"{text}\n")
        self._live.update(picture, refresh=True)
