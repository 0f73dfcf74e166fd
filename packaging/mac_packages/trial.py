"""A built disk image, tried as a person does: opened, dragged to a folder, started, removed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from bundling.project import DISPLAY_NAME, TERMINAL_PROGRAM, WINDOW_PROGRAM

from mac_packages import disk_image
from mac_packages.command import run

CALLS: Final = (
    (TERMINAL_PROGRAM, "--self-test"),
    (WINDOW_PROGRAM, "--self-test"),
    (TERMINAL_PROGRAM, "practice", "all-fine"),
)
"""What every package has to be able to do, wherever it lies."""


def try_image(image: Path) -> None:
    """Open, copy, start and remove. Raises CalledProcessError where something does not work."""
    with tempfile.TemporaryDirectory() as folder:
        app = Path(folder) / "Applications with blanks" / f"{DISPLAY_NAME}.app"
        app.parent.mkdir()
        with disk_image.opened(image) as shown:
            run("ditto", shown / app.name, app)
        environment = {**os.environ, "MAILCHECK_HOME": f"{folder}/home"}
        for program, *arguments in CALLS:
            words = [str(app / "Contents" / "MacOS" / program), *arguments]
            print(f"$ {program} {' '.join(arguments)}", flush=True)
            subprocess.run(words, check=True, env=environment)
        shutil.rmtree(app)
