"""Executes the spec as PyInstaller would on macOS, and prints what it asked PyInstaller for.

    build/environment/bin/python tests/package/spec_for_macos.py WORK-FOLDER

Nothing is built: what builds is replaced by what writes its arguments down. Started by the Python
of the packages' environment, which has PyInstaller.
"""

import json
import plistlib
import sys
from pathlib import Path
from types import SimpleNamespace

# Imported while this still is the real system.
import PyInstaller.depend.bindepend
import PyInstaller.utils.hooks  # noqa: F401
import PySide6.QtSvg  # noqa: F401

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
work = Path(sys.argv[1])
asked = {}


def analysis(scripts, **_):
    """Stand in for the search for imports: two scripts, and nothing else."""
    rows = [(Path(name).stem, name, "PYSOURCE") for name in scripts]
    return SimpleNamespace(scripts=rows, binaries=[], datas=[], pure=[])


def noted(kind):
    """Return what writes down how it was called."""

    def call(*_, **words):
        asked.setdefault(kind, []).append(
            {k: v for k, v in words.items() if k != "exclude_binaries"}
        )
        return kind

    return call


names = {
    "SPECPATH": str(PACKAGING),
    "workpath": str(work),
    "Analysis": analysis,
    **{kind: noted(kind) for kind in ("PYZ", "EXE", "COLLECT", "BUNDLE")},
}
spec = PACKAGING / "mailcheck.spec"
sys.platform = "darwin"
exec(compile(spec.read_text("utf-8"), spec, "exec"), names)
for program in asked["EXE"]:
    program["entitlements"] = plistlib.loads(Path(program["entitlements_file"]).read_bytes())
json.dump(asked, sys.stdout)
