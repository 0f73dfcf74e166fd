"""Time to first paint and memory of the window, against a bare PySide6 window.

    python benchmarks/startup.py        (needs a screen, for example below xvfb-run)

Each start is a new process; the medians of seven alternating starts are compared. Prints ratios
and ends with status 1 when the window needs more than 1.5 times the bare window's time or 25 MB
more memory.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

STARTS = 7
MOST_TIMES = 1.5
MOST_EXTRA_MB = 25.0

# Runs in the measured process: ends it at the first paint of a top-level window.
WATCH = """
import json, os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        is_window = isinstance(watched, QWidget) and watched.isWindow()
        if is_window and event.type() == QEvent.Type.Paint:
            seconds = time.time() - float(os.environ["STARTED_AT"])
            with open("/proc/self/status") as status:
                kilobytes = next(int(l.split()[1]) for l in status if l.startswith("VmRSS"))
            print(json.dumps([seconds, kilobytes / 1024]), flush=True)
            os._exit(0)
        return False

watch = FirstPaint()
run = QApplication.exec
def watched_exec(*_):
    QApplication.instance().installEventFilter(watch)
    return run()
QApplication.exec = watched_exec
"""

BARE = """
from PySide6.QtWidgets import QLabel
application = QApplication([])
window = QLabel("bare")
window.resize(1120, 760)
window.show()
QApplication.exec()
"""

PROGRAM = """
from mailcheck_gui.__main__ import window_main
window_main()
"""


def start(code: str, home: str) -> tuple[float, float]:
    """Start one process and return its seconds to first paint and its megabytes."""
    environment = {**os.environ, "MAILCHECK_HOME": home, "STARTED_AT": str(time.time())}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # installed programs have their bytecode
    done = subprocess.run(
        [sys.executable, "-c", WATCH + code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if not done.stdout.strip():
        sys.exit(f"no paint was seen:\n{done.stderr}")
    seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    return seconds, megabytes


def main() -> int:
    """Measure, print ratios, and tell whether the target was met."""
    with tempfile.TemporaryDirectory() as home:
        for code in (BARE, PROGRAM):  # warm the file caches
            start(code, home)
        pairs = [(start(BARE, home), start(PROGRAM, home)) for _ in range(STARTS)]
    bare_seconds, bare_mb = (statistics.median(p[0][i] for p in pairs) for i in (0, 1))
    seconds, megabytes = (statistics.median(p[1][i] for p in pairs) for i in (0, 1))
    ratio, extra = seconds / bare_seconds, megabytes - bare_mb
    print(f"bare window   {bare_seconds:.3f} s to first paint, {bare_mb:.1f} MB")
    print(f"mailcheck-gui {seconds:.3f} s to first paint, {megabytes:.1f} MB")
    print(
        f"ratio {ratio:.2f} (at most {MOST_TIMES}), +{extra:.1f} MB (at most +{MOST_EXTRA_MB:.0f})"
    )
    return 0 if ratio <= MOST_TIMES and extra <= MOST_EXTRA_MB else 1


if __name__ == "__main__":
    sys.exit(main())
