"""How soon settings are found for an address, beside Thunderbird's order and time-outs.

    python benchmarks/discovery.py        (as root on Debian 12: see docs/lab.md)

In the lab at a round trip of 40 ms, each search in a fresh program. Judged are the first good
answer from an autoconfig file, at most six round trips from the start of the search, and the end
of every search without a silent source, at most 2.5 seconds: by then every server that any source
named has been probed. Ends with status 1 when a target is missed. Beside it: a small
re-implementation of Thunderbird's order (`thunderbird_order.py`), which proves nothing of what a
file names, and the hosts that both end with.
"""

from __future__ import annotations

import json
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mail_lab import Bench, bench

ROUND_TRIP_MS = 40.0
MOST_ROUND_TRIPS = 6.0
MOST_SETTLED_MS = 2500.0
RUNS = 7
HERE = Path(__file__).resolve().parent
AUTOCONFIG = "autoconfig-host.test"
DOMAINS = (
    (AUTOCONFIG, "an autoconfig file"),
    ("ispdb.test", "Mozilla's database alone"),
    ("srv.test", "service records alone"),
    ("guess.test", "usual names alone"),
    ("pop-only.test", "POP3 alone"),
    ("stale.test", "a stale file, live servers"),
    ("company.test", "mail at a known provider"),
    ("nothing-at-all.test", "nothing at all"),
)


@dataclass(frozen=True, slots=True)
class Times:
    """Medians of one domain in milliseconds; None for what did not happen."""

    named: float | None
    proven: float | None
    settled: float
    best: list[str]


def main() -> int:
    """Measure, print, judge."""
    missed = False
    with bench(ROUND_TRIP_MS) as place:
        for domain, story in DOMAINS:
            mine = mailcheck(place, domain)
            print(f"{story} ({domain})")
            print(f"  mailcheck:    named {_ms(mine.named)}, proven {_ms(mine.proven)}, "
                  f"settled {_ms(mine.settled)}: {_hosts(mine.best)}")  # fmt: skip
            other, hosts = thunderbird(place, domain)
            ratio = other / mine.settled
            print(f"  Thunderbird:  {_ms(other)}, {ratio:.1f} x mailcheck: {_hosts(hosts)}")
            missed |= mine.settled > MOST_SETTLED_MS
            if domain == AUTOCONFIG:
                missed |= not _judge_first_answer(mine.named)
    return int(missed)


def mailcheck(place: Bench, domain: str) -> Times:
    """Return the medians of several searches."""
    runs = [_run(place, "find_timing.py", f"anna.muster@{domain}") for _ in range(RUNS)]
    return Times(
        _median(runs, "named"), _median(runs, "proven"),
        statistics.median(float(run["settled"]) for run in runs), runs[0]["best"],
    )  # fmt: skip


def thunderbird(place: Bench, domain: str) -> tuple[float, list[str]]:
    """Return how long Thunderbird's order takes, and the hosts that it ends with."""
    runs = [_run(place, "thunderbird_order.py", domain) for _ in range(3)]
    return statistics.median(float(run["ms"]) for run in runs), runs[0]["best"]


def _judge_first_answer(named: float | None) -> bool:
    if named is None:
        return False
    trips = named / ROUND_TRIP_MS
    print(f"  first answer: {trips:.1f} round trips (most {MOST_ROUND_TRIPS:.0f})")
    return trips <= MOST_ROUND_TRIPS


def _run(place: Bench, program: str, argument: str) -> dict[str, Any]:
    finished = place.run([sys.executable, str(HERE / program), argument])
    if finished.status != 0:
        sys.exit(f"{program} failed: {finished.output[-2000:]}")
    found: dict[str, Any] = json.loads(finished.output.splitlines()[-1])
    return found


def _median(runs: list[dict[str, Any]], moment: str) -> float | None:
    times = [float(run[moment]) for run in runs if moment in run]
    return statistics.median(times) if len(times) == len(runs) else None


def _ms(time: float | None) -> str:
    return "never" if time is None else f"{time:.0f} ms"


def _hosts(hosts: list[str]) -> str:
    return ", ".join(hosts) or "nothing"


if __name__ == "__main__":
    sys.exit(main())
