"""A built disk image, tried as a person does: opened, dragged to a folder, started, removed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from bundling.project import DISPLAY_NAME
from releasing.trial import try_programs

from mac_packages import disk_image
from mac_packages.command import run


def try_image(image: Path) -> None:
    """Open, copy, start and remove.

    Raises CalledProcessError or RuntimeError where something does not work.
    """
    with tempfile.TemporaryDirectory() as folder:
        app = Path(folder) / "Applications with blanks" / f"{DISPLAY_NAME}.app"
        app.parent.mkdir()
        with disk_image.opened(image) as shown:
            run("ditto", shown / app.name, app)
        try_programs(app / "Contents" / "MacOS", Path(folder) / "home")
        shutil.rmtree(app)
