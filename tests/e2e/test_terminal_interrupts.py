"""Ctrl+C at the edges of the terminal program: while it loads, and while it shuts down."""

from __future__ import annotations

import subprocess
import sys

_WHILE_LOADING = """
import signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "mailcheck_gui.cli.main":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
"""
_WHILE_SHUTTING_DOWN = """
import atexit, signal

atexit.register(signal.raise_signal, signal.SIGINT)
"""
_PROGRAM = """
from mailcheck_gui.__main__ import terminal_main
sys.exit(terminal_main())
"""


def interrupted(moment: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program with an interrupt at a moment that it comes to itself."""
    code = f"import sys{moment}{_PROGRAM}"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )


def test_an_interrupt_while_it_loads_is_a_stop() -> None:
    done = interrupted(_WHILE_LOADING, "ports", "465")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "mailcheck: Stopped.\n")


def test_an_interrupt_while_it_shuts_down_changes_nothing() -> None:
    done = interrupted(_WHILE_SHUTTING_DOWN, "ports", "465")
    assert (done.returncode, done.stderr) == (0, "")
    assert "RFC 8314" in done.stdout


def test_an_interrupt_after_a_refusal_changes_nothing() -> None:
    done = interrupted(_WHILE_SHUTTING_DOWN, "ports", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("A port is a number from 1 to 65535.\n")
