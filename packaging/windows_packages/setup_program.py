"""The installer that a person double-clicks: `packaging/windows/mailcheck.nsi`, compiled."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bundling.project import DRAWING, ROOT

from windows_packages.side_picture import draw_side_picture

SCRIPT: Final = ROOT / "packaging" / "windows" / "mailcheck.nsi"
_USUAL_PLACE: Final = r"C:\Program Files (x86)\NSIS"
"""Where NSIS installs itself on Windows, without being on the PATH."""


def compiler() -> str | None:
    """Return the path of makensis, or None where it is not installed."""
    return shutil.which("makensis") or shutil.which("makensis", path=_USUAL_PLACE)


def definitions(bundle: Path, version: str, icon: Path, output: Path) -> dict[str, str]:
    """Return what the script takes from outside."""
    size = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file())
    return {
        "VERSION": version,
        "BUNDLE": str(bundle.absolute()),
        "ICON": str(icon.absolute()),
        "SIZE_KB": str(-(-size // 1024)),
        "OUTPUT": str(output.absolute()),
    }


def build_setup_program(
    bundle: Path, version: str, icon: Path, target: Path, more: Sequence[str] = ()
) -> Path:
    """Compile the installer into `target` and return it; its picture is drawn beside the icon.

    `more` are further definitions, "NAME=VALUE". Raises RuntimeError where NSIS is missing and
    CalledProcessError where the script does not compile.
    """
    program = compiler()
    if program is None:
        raise RuntimeError("the installer needs NSIS: https://nsis.sourceforge.io")
    output = target / f"mailcheck-{version}-setup.exe"
    side = draw_side_picture(DRAWING, icon.with_name("side.bmp"))
    given = {**definitions(bundle, version, icon, output), "SIDE": str(side.absolute())}
    words = [f"-D{name}={value}" for name, value in given.items()] + [f"-D{each}" for each in more]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    command = [program, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, str(SCRIPT)]
    subprocess.run(command, check=True, env=environment)
    return output
