"""The AppImage: the folder that was built, as one file that starts itself."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from releasing.pinned_files import APPIMAGE_RUNTIME, APPIMAGE_TOOL, fetch


def build_appimage(folder: Path, target: Path, tools: Path, when: int) -> Path:
    """Pack an AppDir into the file `target` and return it; x86-64 only.

    `when` is the time of all files inside, in seconds since 1970. Raises ValueError where a tool
    has another content than the pinned one, and CalledProcessError where it does not pack.
    """
    tool = fetch(APPIMAGE_TOOL, tools / "appimagetool")
    runtime = fetch(APPIMAGE_RUNTIME, tools / "runtime")
    environment = {**os.environ, "ARCH": "x86_64", "SOURCE_DATE_EPOCH": str(when)}
    target.parent.mkdir(parents=True, exist_ok=True)
    # The tool is an AppImage itself; a runner has no FUSE to mount it with.
    command: list[str | Path] = [
        *(tool, "--appimage-extract-and-run", "--no-appstream", "--runtime-file", runtime),
        *(folder, target),
    ]
    subprocess.run(command, check=True, env=environment)
    return target
