"""How soon the wrong encryption for a port is named, counted from the first packet.

    python benchmarks/mismatch_latency.py        (as root on Debian 12: see docs/lab.md)

In the lab at a round trip of 40 ms: SSL/TLS on 587, STARTTLS on 993. The first packet is the SYN to
the configured port as the wire saw it; named is the moment when the check tells its face that the
encryption is wrong. Ends with status 1 when that takes more than three round trips. Beside it:
common tools with the same settings, ended after ten seconds.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass

from mail_lab import Bench, bench, lacking

ROUND_TRIP_MS = 40.0
MOST_ROUND_TRIPS = 3.0
RUNS = 7
TOOL_LIMIT = 10.0

# Runs in the lab: prints when the check first tells of wrong encryption, in seconds since 1970.
WATCH = """
import asyncio, sys, time
from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.engine.check import run_check
from mailcheck_gui.model.account import AccountDraft, Credentials, Protocol, Security, ServerDraft
from mailcheck_gui.model.event import Step, StepChanged, StepState
from mailcheck_gui.network.system import SystemNetwork

protocol, host, port, security = sys.argv[1:]
server = ServerDraft(Protocol(protocol), host, port, Security(security))
side = "outgoing" if protocol == "smtp" else "incoming"
intake = take_in(AccountDraft(**{side: server}), load_providers())
told = []

def take(event):
    if isinstance(event, StepChanged) and event.step is Step.ENCRYPTION:
        if event.state is StepState.ERROR and not told:
            told.append(time.time())
            print(told[0], flush=True)

asyncio.run(run_check(intake, Credentials(), SystemNetwork(), take))
"""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A wrong pair of port and encryption, and how other tools are asked for the same."""

    name: str
    label: str
    protocol: str
    port: int
    security: str
    tools: tuple[tuple[str, ...], ...]

    @property
    def host(self) -> str:
        """The full name of the server."""
        return f"{self.label}.example.test"


MISMATCHES = (
    Mismatch(
        "SSL/TLS on 587", "smtp", "smtp", 587, "implicit-tls",
        (
            ("openssl", "s_client", "-connect", "smtp.example.test:587"),
            ("swaks", "--server", "smtp.example.test:587", "--tls-on-connect", "--quit-after",
             "EHLO"),
            ("curl", "--silent", "smtps://smtp.example.test:587"),
        ),
    ),
    Mismatch(
        "STARTTLS on 993", "imap", "imap", 993, "starttls",
        (
            ("openssl", "s_client", "-starttls", "imap", "-connect", "imap.example.test:993"),
            ("curl", "--silent", "--ssl-reqd", "imap://imap.example.test:993"),
        ),
    ),
)  # fmt: skip


def main() -> int:
    """Measure, print, judge."""
    missed = False
    with bench(ROUND_TRIP_MS) as place:
        for mismatch in MISMATCHES:
            trips = statistics.median(named_after(place, mismatch) for _ in range(RUNS))
            missed |= trips > MOST_ROUND_TRIPS
            print(f"{mismatch.name}: named after {trips:.2f} round trips (most {MOST_ROUND_TRIPS})")
            for words in mismatch.tools:
                print_tool(place, words, trips)
    return int(missed)


def named_after(place: Bench, mismatch: Mismatch) -> float:
    """Return the round trips from the first packet to the first word of the wrong encryption."""
    begin = time.time()
    words = [sys.executable, "-c", WATCH, mismatch.protocol, mismatch.host]
    finished = place.run([*words, str(mismatch.port), mismatch.security])
    try:
        named = float(finished.output)
    except ValueError:
        sys.exit(f"the check does not name it: {finished.output[-2000:]}")
    first = place.first_syn(mismatch.label, mismatch.port, begin)
    return (named - first) * 1000 / place.round_trip_ms


def print_tool(place: Bench, words: tuple[str, ...], trips: float) -> None:
    """Run another tool with the same settings and print how long it takes to give up."""
    name = " ".join(words[:2]) if words[0] == "openssl" else words[0]
    if reason := lacking(words[0]):
        print(f"  {name:18} {reason}")
        return
    finished = place.run(list(words), limit=TOOL_LIMIT)
    ratio = finished.elapsed_ms / (trips * place.round_trip_ms)
    sign = " " if finished.in_time else ">"
    print(f"  {name:18} {sign}{finished.elapsed_ms:6.0f} ms {sign}{ratio:.0f} x")


if __name__ == "__main__":
    sys.exit(main())
