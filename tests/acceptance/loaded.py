"""Runs of the program in forks of processes that have it loaded (see forking.py)."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from acceptance.harness import HANG, HERE, Run, asked_for, environment, run

CAN_FORK = sys.platform == "linux"  # on macOS a fork may not use the system's frameworks


class LoadedPrograms:
    """As many loaded processes as runs are going on at once; an idle one is used again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._idle: queue.SimpleQueue[subprocess.Popen[str]] = queue.SimpleQueue()

    def run(self, arguments: Sequence[str], folder: Path) -> Run:
        """Run the program to its end in *folder*, with nothing on standard input."""
        if not CAN_FORK:
            return run(arguments, folder)
        for stream in ("stdin", "stdout", "stderr"):
            (folder / stream).touch()
        job = {
            "arguments": arguments,
            "folder": str(folder),
            "environment": environment(folder),
            "seconds": HANG,
        }
        status = self._do(json.dumps(job))
        out, err = (folder / "stdout").read_bytes(), (folder / "stderr").read_bytes()
        return Run(tuple(arguments), status, out, err, asked_for(folder))

    def _do(self, job: str) -> int:
        try:
            process = self._idle.get_nowait()
        except queue.Empty:
            process = self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        print(job, file=process.stdin, flush=True)
        status = int(process.stdout.readline())
        self._idle.put(process)
        return status

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(HERE / "forking.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=environment(self._folder),
        )

    def close(self) -> None:
        """End the processes; none is at work any more."""
        while not self._idle.empty():
            with self._idle.get() as process:
                process.communicate()
