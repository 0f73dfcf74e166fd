"""Runs of the program in forks of processes that have it loaded (see forking.py)."""

from __future__ import annotations

import itertools
import json
import queue
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from acceptance.harness import HANG, HERE, Run, asked_for, environment, run

CAN_FORK = sys.platform == "linux"  # on macOS a fork may not use the system's frameworks


class LoadedPrograms:
    """As many loaded processes as runs are going on at once; an idle one is used again.

    What goes in and comes out of a run is kept in *folder*, away from what the run itself leaves.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()
        self._idle: queue.SimpleQueue[subprocess.Popen[str]] = queue.SimpleQueue()

    def run(self, arguments: Sequence[str], folder: Path, *, stdin: bytes = b"") -> Run:
        """Run the program to its end in *folder* and collect everything."""
        if not CAN_FORK:
            return run(arguments, folder, stdin=stdin)
        folder.mkdir(parents=True, exist_ok=True)
        number = next(self._numbers)
        streams = [self._folder / f"{number}.{name}" for name in ("in", "out", "err")]
        for stream, content in zip(streams, (stdin, b"", b""), strict=True):
            stream.write_bytes(content)
        job = {
            "arguments": arguments,
            "folder": str(folder),
            "streams": [str(stream) for stream in streams],
            "environment": environment(folder),
            "seconds": HANG,
        }
        status = self._do(json.dumps(job))
        out, err = (stream.read_bytes() for stream in streams[1:])
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
