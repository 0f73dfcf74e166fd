"""Calls of the tools that come with macOS."""

from __future__ import annotations

import subprocess
from pathlib import Path


def run(*words: str | Path) -> str:
    """Run a tool that has to succeed and return what it wrote. Raises CalledProcessError."""
    command = [str(word) for word in words]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
