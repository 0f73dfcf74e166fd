"""The mail lab at a given distance: programs run in it as on a person's computer."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/lab"))

from maillab.accounts import Mailbox, mailbox
from maillab.availability import why_not
from maillab.capture import CaptureReader
from maillab.domains import FAR
from maillab.handle import Lab, up
from maillab.hosts import place
from maillab.networks import default_profile
from maillab.packages import set_up

SYN, ACK = 0x02, 0x10


@dataclass(frozen=True, slots=True)
class Finished:
    """A program that ended, or was ended after its limit. Times in milliseconds."""

    elapsed_ms: float
    output: str
    in_time: bool
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """The lab, a mailbox in it, and how far away its servers are."""

    lab: Lab
    home: str
    round_trip_ms: float
    mailbox: Mailbox

    def first_syn(self, label: str, port: int, after: float) -> float:
        """Return when the wire saw the first SYN to a port of a host, in seconds since 1970."""
        number = place(label).number  # the last byte of both its addresses
        return min(
            packet.at
            for packet in CaptureReader(self.lab.inside("capture.pcap")).packets()
            if packet.at > after
            and packet.flags & (SYN | ACK) == SYN
            and packet.flow.target_port == port
            and packet.flow.target[-1] == number
        )

    @property
    def trust(self) -> str:
        """The file of the lab's authority, for tools that want it named."""
        return self.lab.environment()["SSL_CERT_FILE"]

    def run(self, words: list[str], text: str = "", limit: float = 60.0) -> Finished:
        """Run a command on the person's computer."""
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": self.home}
        begin = time.perf_counter()
        try:
            result = subprocess.run(
                self.lab.command(words),
                input=text,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=limit,
                env=environment | self.lab.environment(),
            )
        except subprocess.TimeoutExpired:
            return Finished(limit * 1000, "", in_time=False)
        elapsed = (time.perf_counter() - begin) * 1000
        return Finished(elapsed, result.stdout, in_time=True, status=result.returncode)


def lacking(tool: str) -> str | None:
    """Return what a tool lacks on this machine to do its part, or None."""
    if shutil.which(tool) is None:
        return f"{tool} is not installed"
    ssl_for_perl = ["perl", "-MNet::SSLeay", "-e", "1"]
    if tool == "swaks" and _fails(ssl_for_perl):
        return "swaks lacks libnet-ssleay-perl"
    return None


def _fails(words: list[str]) -> bool:
    return subprocess.run(words, capture_output=True, check=False).returncode != 0


def _profile(round_trip_ms: float) -> dict[str, dict[str, float]]:
    """Return a wire on which every server is equally far, for searches as well."""
    equally_far = {address: {} for address in place(FAR).addresses}
    return {**default_profile(), **equally_far, "default": {"delay_ms": round_trip_ms / 2}}


@contextmanager
def bench(round_trip_ms: float) -> Iterator[Bench]:
    """Bring the lab up at a distance; take it down. Exits where it cannot run."""
    reason = why_not()
    if reason:
        sys.exit(reason)
    set_up()
    lab = up()
    try:
        lab.delay(_profile(round_trip_ms))
        with tempfile.TemporaryDirectory() as home:
            yield Bench(lab, home, round_trip_ms, mailbox(0))
    finally:
        lab.down()
