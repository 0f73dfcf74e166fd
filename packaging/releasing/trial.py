"""What every installed package has to be able to do, on whatever system it was installed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from bundling.project import TERMINAL_PROGRAM, WINDOW_PROGRAM

CALLS: Final = (
    (TERMINAL_PROGRAM, "--self-test"),
    (WINDOW_PROGRAM, "--self-test"),
    (TERMINAL_PROGRAM, "practice", "all-fine"),
)

OPEN_FOR: Final = 10.0
"""Seconds that the window has to stay open: long enough to have shown what it starts with."""


def try_programs(folder: Path, home: Path, suffix: str = "", open_for: float = OPEN_FOR) -> None:
    """Call both programs of a folder, then open the window.

    `home` takes the place of the person's own folder. Raises CalledProcessError where a program
    ends with another status than 0, and RuntimeError where the window does not stay open.
    """
    environment = {**os.environ, "MAILCHECK_HOME": str(home)}
    for program, *arguments in CALLS:
        print(f"$ {program} {' '.join(arguments)}", flush=True)
        words = [str(folder / f"{program}{suffix}"), *arguments]
        subprocess.run(words, check=True, env=environment)
    open_window(folder / f"{WINDOW_PROGRAM}{suffix}", environment, open_for)


def open_window(program: Path, environment: dict[str, str], seconds: float) -> None:
    """Start the window in practice mode and end it. Raises RuntimeError where it ended itself."""
    started = subprocess.Popen([str(program), "--practice"], env=environment)
    try:
        status = started.wait(seconds)
    except subprocess.TimeoutExpired:
        print(f"{program.name} opened and stayed open")
        return
    finally:
        started.kill()
        started.wait()
    raise RuntimeError(f"{program.name} did not stay open; it ended with status {status}")
