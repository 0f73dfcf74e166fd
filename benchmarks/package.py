"""Sizes of what people install, and the time from start to first paint of the frozen window.

    python3 dev.py package
    xvfb-run -a .venv/bin/python benchmarks/package.py        (needs a screen)

A bare frozen PySide6 window is built beside it with PyInstaller's usual settings; both report
their first paint (the same moment as in startup.py) through Qt's own log, so nothing is added.
The medians of nine alternating starts are compared. Ends with status 1 when the bundle has more
than 145 MB, the Debian package more than 40 MB, or the window needs more than 1.6 times the bare
window's time. Mail programs of this Debian stand beside the sizes, as apt knows them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
BUILDER = ROOT / "build" / "environment" / "bin" / "python"
STARTS = 9
MOST_TIMES = 1.6
MOST_BUNDLE_MB = 145.0
MOST_PACKAGE_MB = 40.0
MOST_SETUP_MB = 30.0
CARRIES_ITS_OWN = ("thunderbird",)
SHARES_THE_SYSTEMS = ("geary", "claws-mail")
"""Mail programs to compare with: with a tool kit of their own, and on the one that is there."""

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
window = QLabel("bare")
window.resize(1120, 760)
window.show()
sys.exit(application.exec())
"""


def megabytes(place: Path) -> float:
    """Return the size of a file, or of all files below a folder."""
    files = place.rglob("*") if place.is_dir() else [place]
    return sum(path.lstat().st_size for path in files if not path.is_dir()) / 1e6


def build_bare() -> Path:
    """Build the bare window once and return its program."""
    folder = ROOT / "build" / "bare"
    program = folder / "dist" / "bare" / "bare"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        script = folder / "bare.py"
        script.write_text(BARE, "utf-8")
        command = [
            *(str(BUILDER), "-m", "PyInstaller", "--noconfirm", "--windowed", "--onedir"),
            *("--log-level", "ERROR", "--distpath", str(folder / "dist")),
            *("--workpath", str(folder / "work"), "--specpath", str(folder), str(script)),
        ]
        subprocess.run(command, check=True)
    return program


def seconds_to_paint(program: Path, home: str) -> float:
    """Start a program and return the seconds until Qt begins to draw its window."""
    environment = {
        **os.environ,
        "MAILCHECK_HOME": home,
        "QT_LOGGING_RULES": "qt.widgets.painting=true",
    }
    began = time.monotonic()
    started = subprocess.Popen(
        [program], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert started.stderr is not None
    with started:
        for line in started.stderr:
            if "Drawing" in line:
                took = time.monotonic() - began
                started.kill()
                return took
    sys.exit(f"{program.name} ended without a picture")


def starts(programs: tuple[Path, Path]) -> tuple[float, float]:
    """Return the median seconds to first paint of two programs, started in turn."""
    with tempfile.TemporaryDirectory() as home:
        for program in programs:  # warm the file caches
            seconds_to_paint(program, home)
        pairs = [[seconds_to_paint(each, home) for each in programs] for _ in range(STARTS)]
    first, second = (statistics.median(column) for column in zip(*pairs, strict=True))
    return first, second


def packaged(name: str) -> str:
    """Return what apt says of the size of a package on this system."""
    done = subprocess.run(
        ["apt-cache", "show", "--no-all-versions", name],
        capture_output=True,
        text=True,
        check=False,
    )
    fields = dict(line.split(": ", 1) for line in done.stdout.splitlines() if ": " in line)
    if "Size" not in fields:
        return f"{name:12} not known to apt here"
    installed, download = int(fields["Installed-Size"]) / 976.6, int(fields["Size"]) / 1e6
    return f"{name:12} {installed:6.1f} MB installed, {download:5.1f} MB package (apt-cache show)"


def windows_sizes() -> bool:
    """Print the size of each Windows installer, and tell whether all are small enough."""
    sizes = [megabytes(path) for path in sorted(DIST.rglob("mailcheck-*-setup.exe"))]
    for size in sizes:
        print(f"Windows      {size:6.1f} MB installer (at most {MOST_SETUP_MB:.0f})")
    return all(size <= MOST_SETUP_MB for size in sizes)


def main() -> int:
    """Measure, print, and tell whether the targets were met."""
    if not (DIST / "mailcheck").is_dir() or not BUILDER.exists():
        sys.exit("nothing was built; run: python3 dev.py package")
    bundle = megabytes(DIST / "mailcheck")
    package = megabytes(next(DIST.glob("mailcheck_*.deb")))
    bare = build_bare()
    bare_seconds, seconds = starts((bare, DIST / "mailcheck" / "mailcheck-gui"))
    ratio = seconds / bare_seconds
    print(f"bundle       {bundle:6.1f} MB on disk (at most {MOST_BUNDLE_MB:.0f})")
    print(f"Debian       {package:6.1f} MB package (at most {MOST_PACKAGE_MB:.0f})")
    windows_small = windows_sizes()
    print(f"bare window  {megabytes(bare.parent):6.1f} MB on disk, PyInstaller's usual settings")
    for name in CARRIES_ITS_OWN:
        print(f"{packaged(name)}, its own tool kit")
    for name in SHARES_THE_SYSTEMS:
        print(f"{packaged(name)}, GTK not counted")
    print(f"first paint  {seconds:.3f} s, bare {bare_seconds:.3f} s")
    print(f"ratio        {ratio:.2f} (at most {MOST_TIMES})")
    small = bundle <= MOST_BUNDLE_MB and package <= MOST_PACKAGE_MB and windows_small
    return 0 if small and ratio <= MOST_TIMES else 1


if __name__ == "__main__":
    sys.exit(main())
