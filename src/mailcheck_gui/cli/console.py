"""The standard streams: text in UTF-8, colours on a terminal, streams that are closed or full."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from mailcheck_gui.cli.exit_status import Unusable
from mailcheck_gui.model.finding import message
from mailcheck_gui.reporting.text_report import Line, Tone

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {
    Tone.PLAIN: "",
    Tone.HEADING: "bold",
    Tone.ERROR: "bold red",
    Tone.WARNING: "bold yellow",
    Tone.INFO: "bold blue",
    Tone.WORKS: "bold green",
    Tone.CHANGED: "bold",
    Tone.QUOTE: "dim",
}


def prepare_streams() -> None:
    """Write UTF-8 whatever the locale says; what it cannot hold is written as an escape.

    A window program on Windows has no streams, nor has one that was started with them closed:
    there is nothing to read, and what it writes goes nowhere.
    """
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - until the end
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def rich_console(stream: TextIO) -> Console:
    """Return a console that takes text as it is: no markup, no guessed highlights."""
    from rich.console import Console

    return Console(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=True)


def complain(sentence: str) -> None:
    """Write one sentence on standard error, where that takes it: the status tells it too."""
    with suppress(OSError):
        sys.stderr.write(f"mailcheck: {sentence}\n")


def write_out(text: str) -> None:
    """Write to standard output. Raises `Unusable` where that takes nothing.

    A reader that has gone away is no fault of anyone.
    """
    with _writing():
        sys.stdout.write(text)
        sys.stdout.flush()


def write_lines(lines: Iterable[Line]) -> None:
    """Write a report as `write_out`, in colours where standard output is a terminal."""
    if not sys.stdout.isatty():
        write_out("".join(f"{line.text}\n" for line in lines))
        return
    console = rich_console(sys.stdout)
    with _writing():
        for line in lines:
            console.print(line.text, style=_STYLES[line.tone])


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        _let_go_of_stdout()
    except OSError as error:
        _let_go_of_stdout()
        reason = error.strerror or type(error).__name__
        sentence = message("The output cannot be written ({reason}).", reason=reason)
        raise Unusable(sentence) from error


def _let_go_of_stdout() -> None:
    """Point standard output to nowhere, so that Python's last flush does not complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
