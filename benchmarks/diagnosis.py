"""How soon causes are known where ports are silent, and how long the rules alone take.

    python benchmarks/diagnosis.py        (as root on Debian 12: see docs/lab.md)

In the lab at a round trip of 40 ms, without a sign-in: IMAP on a whole server, and SMTP on port 587
of a server whose port 587 drops every packet; 16 endpoints of two hosts, IPv4 and IPv6. Prints when
the last endpoint that is not silent was known, in round trips from the plan (at most 12), when the
silent configured ones were (at most 8 s, and a margin of 0.5 s for the timer), and what the rules
alone take for these observations (at most 5 ms). Ends with status 1 when a target is missed.
"""

from __future__ import annotations

import json
import statistics
import sys

from mail_lab import Bench, bench

ROUND_TRIP_MS = 40.0
MOST_ROUND_TRIPS = 12.0
MOST_SILENT_S = 8.5
MOST_RULES_MS = 5.0
RUNS = 3

# Runs in the lab: prints the times at which endpoints were known, and what the rules take.
WATCH = """
import asyncio, datetime, json, statistics, time
from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.diagnose import diagnose
from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.engine.check import run_check
from mailcheck_gui.model.account import AccountDraft, Credentials, Protocol, Security, ServerDraft
from mailcheck_gui.model.event import CheckStarted, EndpointKnown
from mailcheck_gui.model.observation import ConnectOutcome
from mailcheck_gui.network.system import SystemNetwork

incoming = ServerDraft(Protocol.IMAP, "imap.example.test", "993", Security.IMPLICIT_TLS)
outgoing = ServerDraft(Protocol.SMTP, "drop587.example.test", "587", Security.STARTTLS)
intake = take_in(AccountDraft(incoming=incoming, outgoing=outgoing), load_providers())
began, known, silent = [], [], []

def take(event):
    now = time.perf_counter()
    if isinstance(event, CheckStarted):
        began.append(now)
    elif isinstance(event, EndpointKnown):
        outcomes = {talk.connect.outcome for talk in event.observation.conversations}
        (silent if ConnectOutcome.SILENT in outcomes else known).append(now)

report = asyncio.run(run_check(intake, Credentials(), SystemNetwork(), take))
now = datetime.datetime.now(datetime.UTC)
case = Case(intake, report.observations, load_thresholds(), load_providers(), now)
rules = []
for _ in range(50):
    start = time.perf_counter()
    diagnose(case)
    rules.append((time.perf_counter() - start) * 1000)
print(json.dumps({
    "known_ms": (max(known) - began[0]) * 1000,
    "silent_ms": (max(silent) - began[0]) * 1000,
    "rules_ms": statistics.median(rules),
    "endpoints": len(report.observations.endpoints),
    "silent": len(silent),
}))
"""


def one_run(place: Bench) -> dict[str, float]:
    """Check once in the lab and return what was measured."""
    finished = place.run([sys.executable, "-c", WATCH])
    try:
        return dict(json.loads(finished.output))
    except ValueError:
        sys.exit(f"the check does not end: {finished.output[-2000:]}")


def main() -> int:
    """Measure, print, judge."""
    with bench(ROUND_TRIP_MS) as place:
        runs = [one_run(place) for _ in range(RUNS)]
    middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    trips, silent_s = middle["known_ms"] / ROUND_TRIP_MS, middle["silent_ms"] / 1000
    print(f"{middle['endpoints']:.0f} endpoints, {middle['silent']:.0f} of them silent")
    print(f"all others known after {trips:.1f} round trips (at most {MOST_ROUND_TRIPS:.0f})")
    print(f"silence final after {silent_s:.2f} s (at most {MOST_SILENT_S})")
    print(f"rules alone {middle['rules_ms']:.2f} ms (at most {MOST_RULES_MS:.0f})")
    within = (
        trips <= MOST_ROUND_TRIPS,
        silent_s <= MOST_SILENT_S,
        middle["rules_ms"] <= MOST_RULES_MS,
    )
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
