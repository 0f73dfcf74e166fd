"""A script in a process of its own, with a window system in memory and nothing of the tests."""

from __future__ import annotations

import subprocess
import sys


def lines_of(script: str, *arguments: str) -> list[str]:
    """Return the lines that a script writes; what it complains of is shown where it has none."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout.splitlines() or done.stderr.splitlines()
