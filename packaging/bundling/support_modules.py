"""PySide's support modules, compiled once while the bundle is built.

PySide holds them as source text inside a library and compiles that text at every start, a fifth of
the time to the first picture. It looks first for a folder `files.dir` beside its own files (the
one that it writes itself where SBK_EMBED=0 is set); the bundle brings that folder, compiled.
"""

from __future__ import annotations

import py_compile
import sys
from pathlib import Path
from typing import Final
from zipfile import ZipFile

FOLDER: Final = "shiboken6/files.dir"
"""Where PySide looks, below the folder of the bundle's libraries."""

WRITER: Final = "shibokensupport/signature/lib/pyi_generator.py"
"""What writes `.pyi` files. PySide imports it at every start; no program uses it, so it is empty
in the bundle."""

_OUTSIDE: Final = "signature_bootstrap.py"
"""What finds the others; it stays in the library."""


def compiled_support(work: Path) -> list[tuple[str, str, str]]:
    """Return PyInstaller's rows (name in the bundle, file, kind), compiled into `work`.

    Empty where this PySide keeps its modules in another way: it then starts as it always does.
    The compiled files hold no time and no path of the building machine.
    """
    rows = []
    source = work / "source.py"
    for name, text in sorted(_embedded().items()):
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(b"" if name == WRITER else text)
        target = work / f"{name}c"
        py_compile.compile(
            str(source),
            cfile=str(target),
            dfile=name,
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        rows.append((f"{FOLDER}/{name}c", str(target), "DATA"))
    return rows


def _embedded() -> dict[str, bytes]:
    """Return the modules by their file names, as PySide's own importer holds them."""
    import shiboken6  # noqa: F401 - brings them

    loader = sys.modules.get("shibokensupport.signature.loader")
    archive = getattr(getattr(loader, "__loader__", None), "zfile", None)
    if not isinstance(archive, ZipFile):
        return {}
    names = (name for name in archive.namelist() if name.endswith(".py") and name != _OUTSIDE)
    return {name: archive.read(name) for name in names}
