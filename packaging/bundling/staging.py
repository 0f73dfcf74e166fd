"""The package as it is installed, laid out in a folder of its own for PyInstaller.

In the repository the resources lie beside `src`, and translations are not compiled. PyInstaller
reads imports by path and does not follow editable installations, so the package is put together
first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from bundling.project import ROOT

PACKAGE: Final = "mailcheck_gui"
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", "*.qm")
_SOURCES = shutil.ignore_patterns("__pycache__", "*.pyc", "*.qm", "providers")
"""Of the resources also what is compiled into another file: the catalogue."""


def stage(folder: Path, root: Path = ROOT) -> Path:
    """Lay out the package in `folder`, anew, and return the place of the package."""
    shutil.rmtree(folder, ignore_errors=True)
    package = folder / PACKAGE
    shutil.copytree(root / "src" / PACKAGE, package, ignore=_LEFT_OUT)
    shutil.copytree(root / "resources", package / "resources", ignore=_SOURCES)
    for source in sorted((package / "resources" / "translations").glob("*.ts")):
        compile_translation(source)
    return package


def compile_translation(source: Path) -> Path:
    """Compile a `.ts` file to the `.qm` file beside it. Raises CalledProcessError."""
    target = source.with_suffix(".qm")
    folder = Path(sys.executable).parent
    program = shutil.which("pyside6-lrelease", path=str(folder)) or "pyside6-lrelease"
    subprocess.run([program, "-silent", str(source), "-qm", str(target)], check=True)
    return target


def modules(package: Path) -> list[str]:
    """Return the dotted names of all modules of the staged package, sorted.

    Parts are imported when they are first needed, some by name; none may be missing.
    """
    names = []
    for path in package.rglob("*.py"):
        parts = path.relative_to(package.parent).with_suffix("").parts
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return sorted(names)


def resource_files(package: Path) -> list[tuple[str, str]]:
    """Return (file, folder inside the bundle) of all resources, sorted."""
    found = [path for path in (package / "resources").rglob("*") if path.is_file()]
    return [
        (str(path), os.path.relpath(path.parent, package.parent))
        for path in sorted(found)
        if path.suffix != ".py"
    ]
