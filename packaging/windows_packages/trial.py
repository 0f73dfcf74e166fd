"""Built installers, tried without windows on a Windows that can be thrown away afterwards."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

from bundling.project import DISPLAY_NAME
from releasing.trial import try_programs

PATIENCE: Final = 60.0
"""Seconds for an uninstaller: it goes on in a copy of itself after the first one has ended."""


def try_setup(setup: Path) -> None:
    """Install for this person, try, and uninstall.

    Raises CalledProcessError or RuntimeError where something does not work.
    """
    folder = Path(os.environ["LOCALAPPDATA"]) / "Programs" / DISPLAY_NAME
    menu = Path(os.environ["APPDATA"]) / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    subprocess.run([str(setup), "/S"], check=True)
    _try_installed(folder)
    subprocess.run([str(folder / "mailcheck-uninstall.exe"), "/S"], check=True)
    _wait_until_gone(folder, menu / f"{DISPLAY_NAME}.lnk")


def try_msi(msi: Path) -> None:
    """Install for all users, try, and uninstall; as an administrator. Raises like `try_setup`."""
    folder = Path(os.environ["PROGRAMW6432"]) / DISPLAY_NAME
    subprocess.run(["msiexec", "/i", str(msi), "/qn", "/norestart"], check=True)
    _try_installed(folder)
    subprocess.run(["msiexec", "/x", str(msi), "/qn", "/norestart"], check=True)
    _wait_until_gone(folder / "mailcheck.exe")


def _try_installed(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        try_programs(folder, Path(home), ".exe")


def _wait_until_gone(*paths: Path) -> None:
    """Wait for the end of an uninstallation. Raises RuntimeError where something is left."""
    end = time.monotonic() + PATIENCE
    while left := [path for path in paths if path.exists()]:
        if time.monotonic() > end:
            raise RuntimeError(f"left behind: {', '.join(map(str, left))}")
        time.sleep(0.5)
