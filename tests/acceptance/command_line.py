"""Rows and helpers for the command line: usage errors, broken pipes, interrupts."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from acceptance.certificates import HOST
from acceptance.harness import (
    HANG,
    PROGRAM,
    Run,
    asked_for,
    assert_clean_text,
    assert_refused,
    environment,
    message,
    wording_faults,
)
from acceptance.loaded import LoadedPrograms
from acceptance.loopback import LoopbackServer, mute
from acceptance.wire import EMAIL


@dataclass(frozen=True, eq=False)
class UsageRow:
    """Arguments that are refused, what has to be named, and what must not be repeated."""

    name: str
    arguments: tuple[str, ...]
    mentions: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    stdin: bytes = b""


def refuse(programs: LoadedPrograms, row: UsageRow, folder: Path) -> Run:
    """Run with the arguments of *row*."""
    return programs.run(row.arguments, folder, stdin=row.stdin)


def assert_usage(row: UsageRow, done: Run) -> None:
    """Exit 2, a sentence on standard error, nothing asked, nothing repeated."""
    assert_refused(done, *row.mentions)
    assert_clean_text(done.err)
    for secret in row.hidden:
        assert secret not in done.err, f"{secret!r} is repeated: {done.err!r}"


def usage_wording_faults(done: Run) -> list[str]:
    """Where the message breaks the rules for words."""
    return wording_faults(message(done))


def run_without_reader(arguments: Sequence[str], folder: Path) -> tuple[int, str]:
    """Run with nobody reading standard output; the exit status and standard error."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [str(PROGRAM), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=subprocess.PIPE,
            timeout=HANG,
            env=environment(folder),
            cwd=folder,
            check=False,
        )
    finally:
        os.close(writer)
    return done.returncode, done.stderr.decode()


def interrupt(folder: Path, box: str, *options: str) -> Run:
    """Press Ctrl-C once a server that says nothing has taken the call."""
    with LoopbackServer(mute) as server:
        arguments = (
            "check", "--email", EMAIL, f"--{box}", f"{HOST}:{server.port}/starttls",
            "--no-sign-in", "--no-neighbours", "--timeout", "40", *options,
        )  # fmt: skip
        with subprocess.Popen(
            [str(PROGRAM), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(folder),
            cwd=folder,
        ) as process:
            assert server.accepted.wait(HANG), "the server was never called"
            process.send_signal(signal.SIGINT)
            stdout, stderr = process.communicate(timeout=HANG)
        return Run(arguments, process.returncode, stdout, stderr, asked_for(folder))
