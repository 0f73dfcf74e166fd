"""The real program again and again: each run is a fork of one process that has it loaded.

Most of a short run is spent on starting Python and importing. A fork has its own environment,
folder, streams and exit, as a process of its own has. This program reads jobs, one JSON object a
line, and answers each with the exit status once the run has ended.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys
from typing import Any

import sitecustomize  # the fence: this process is started behind it

from mailcheck_gui.__main__ import terminal_main
from mailcheck_gui.diagnosis.explain import explain

_LOADED = (
    "mailcheck_gui.cli.check", "mailcheck_gui.cli.explain", "mailcheck_gui.cli.find",
    "mailcheck_gui.network.system", "dns.resolver", "certifi",
)  # fmt: skip
_MODES = (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY)


def main() -> None:
    """Take jobs until nobody has any more; in a fork, become the program."""
    for name in _LOADED:
        importlib.import_module(name)
    explain("read the entries of all error texts once, for every fork")
    gc.collect()
    gc.freeze()  # else every fork's collector would copy the memory that all of them share
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(job)
            sys.exit(terminal_main())
        _, how = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(how), flush=True)  # noqa: T201 - the answer


def _become(job: dict[str, Any]) -> None:
    signal.alarm(job["seconds"])  # a safety net: no run may hang
    os.environ.clear()
    os.environ.update(job["environment"])
    os.chdir(job["folder"])
    for number, (stream, mode) in enumerate(zip(job["streams"], _MODES, strict=True)):
        opened = os.open(stream, mode)
        os.dup2(opened, number)
        os.close(opened)
    sitecustomize.log_to(os.environ["ACCEPTANCE_FENCE_LOG"])
    sys.argv = ["mailcheck", *job["arguments"]]


if __name__ == "__main__":
    main()
