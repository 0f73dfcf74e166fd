"""The lab seen from outside: bring it up, run a command in it, change the weather, take it down."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from maillab.networks import firewall
from maillab.places import IMPORT_ROOT, INSIDE, READY_MARK

_UNSHARE = (
    "unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child",
    "--mount-proc", "--ipc", "--uts", "--net",
)  # fmt: skip
_DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL")
_STOP_LIMIT = 10.0


class LabError(Exception):
    """The lab could not be brought up, or a command in it failed."""


@dataclass(frozen=True, slots=True)
class Lab:
    """A lab that is up. `pid` is its PID 1 as the machine numbers it.

    `process` is the one that holds it, where this program started it.
    """

    pid: int
    process: subprocess.Popen[bytes] | None = None

    def inside(self, path: str) -> Path:
        """Return a file of the lab's own folder, as seen from outside."""
        return Path(f"/proc/{self.pid}/root{INSIDE}") / path

    def command(self, words: list[str], namespace: str = "client") -> list[str]:
        """Return a command that runs `words` in the lab, by default on the person's computer."""
        enter = ["nsenter", "--target", str(self.pid), "--mount", "--pid", "--ipc"]
        network = f"--net=/proc/{self.pid}/root/run/netns/{namespace}"
        return [*enter, network, "--", *words]

    def environment(self) -> dict[str, str]:
        """Return what makes a program in the lab trust the lab's authority."""
        return {"SSL_CERT_FILE": str(INSIDE / "certificates/root.pem")}

    def nft(self, rules: str = "") -> None:
        """Put rules beside the hosts' own faults on the router; none takes them away again."""
        self._run(["nft", "-f", "-"], "router", firewall(rules))

    def delay(self, profile: dict[str, dict[str, float]]) -> None:
        """Replace the wire's profile (see `maillab.wire`)."""
        self.inside("profile.json").write_text(json.dumps(profile), "utf-8")
        self._run(["kill", "-HUP", self.inside("wire.pid").read_text("utf-8")], "router")

    def _run(self, words: list[str], namespace: str, text: str = "") -> None:
        result = subprocess.run(
            self.command(words, namespace), input=text, text=True, capture_output=True, check=False
        )
        if result.returncode:
            raise LabError(f"{words[0]}: {result.stderr.strip()}")

    def down(self) -> None:
        """End the lab; the kernel frees everything it held."""
        handle = os.pidfd_open(self.pid)
        try:
            signal.pidfd_send_signal(handle, signal.SIGTERM)
            _await_end(handle)
        finally:
            os.close(handle)
        if self.process is not None:
            self.process.wait(_STOP_LIMIT)


def up(*, stay: bool = False) -> Lab:
    """Bring a lab up and return when every server listens. Raises LabError.

    It ends with the calling process, however that ends, unless it is to `stay`.
    """
    reader, writer = os.pipe()
    command = (*(() if stay else _DIES_WITH_US), *_UNSHARE, sys.executable, "-m",
               "maillab.supervisor", str(writer))  # fmt: skip
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(writer,),
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(IMPORT_ROOT)},
    )
    os.close(writer)
    with os.fdopen(reader) as pipe:
        outcome = pipe.readline().strip()  # not to the end: `unshare` holds the pipe open too
    if outcome != READY_MARK:
        process.kill()
        raise LabError(outcome or "the lab ended before it was ready")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii")
    return Lab(int(children.split()[0]), process)


def _await_end(handle: int) -> None:
    readable, _, _ = select.select([handle], [], [], _STOP_LIMIT)
    if not readable:
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        select.select([handle], [], [], _STOP_LIMIT)
