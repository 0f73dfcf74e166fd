"""The disk image: an app beside a link to the folder of programs, to drag it there."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bundling.project import DISPLAY_NAME

from mac_packages.command import run

ATTEMPTS: Final = 3
PAUSE: Final = 5.0
"""Seconds before the next attempt to make an image."""


def lay_out(app: Path, folder: Path) -> Path:
    """Put into `folder` what the window of the image shows, and return it."""
    shutil.copytree(app, folder / app.name, symlinks=True)  # links inside are part of signatures
    (folder / "Applications").symlink_to("/Applications")
    return folder


def build_image(app: Path, target: Path) -> Path:
    """Write a compressed, read-only image and return it. Raises CalledProcessError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = lay_out(app, Path(folder))
        _create(source, target)
    run("hdiutil", "verify", target)
    return target


def _create(source: Path, target: Path) -> None:
    """Make the image of a folder.

    A virus scanner of macOS may hold the new volume for some seconds ("Resource busy"), so that is
    tried again.
    """
    # HFS+ is read by every macOS; the format is the one that all of them decompress.
    layout = ("-volname", DISPLAY_NAME, "-fs", "HFS+", "-format", "UDZO", "-ov")
    for _ in range(ATTEMPTS - 1):
        try:
            run("hdiutil", "create", *layout, "-srcfolder", source, target)
        except subprocess.CalledProcessError:
            time.sleep(PAUSE)
        else:
            return
    run("hdiutil", "create", *layout, "-srcfolder", source, target)


@contextmanager
def opened(image: Path) -> Iterator[Path]:
    """Open an image as a double click does, without a window, and give the folder it appears in."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "image"
        run("hdiutil", "attach", image, "-readonly", "-nobrowse", "-mountpoint", place)
        try:
            yield place
        finally:
            run("hdiutil", "detach", place, "-force")
