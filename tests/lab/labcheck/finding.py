"""Run searches for settings in the lab, and the assertions that all of them share."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from maillab.capture import CaptureReader
from maillab.handle import Lab
from maillab.sign_ins import attempts

from labcheck.contract import SEARCH, violations
from labcheck.leaks import leaks
from labcheck.program import run_inside
from labcheck.scenario import Side
from labcheck.search import SIDE_KEYS, Search, Tried, Wanted

_SLOW_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A search that is over."""

    search: Search
    status: int
    output: str = field(repr=False)
    complaints: str

    @property
    def result(self) -> dict[str, Any]:
        """The one object on standard output."""
        try:
            result = json.loads(self.output)
        except ValueError:
            raise AssertionError(f"no result ({self.status}): {self.complaints}") from None
        assert isinstance(result, dict)
        return result


class Finder:
    """Runs searches at once: those that mostly wait together, the others as processors allow."""

    def __init__(self, lab: Lab, home: Path, searches: list[Search]) -> None:
        self._lab = lab
        self._home = home
        self._pools = {
            True: ThreadPoolExecutor(_SLOW_AT_ONCE),
            False: ThreadPoolExecutor(os.cpu_count() or 1),
        }
        self._runs: dict[str, Future[Found]] = {
            str(search): self._pools[search.slow].submit(self._run, search) for search in searches
        }

    def result(self, search: Search) -> Found:
        """Return a search's outcome; waits for it."""
        return self._runs[str(search)].result()

    def stop(self) -> None:
        """Start no further search and wait for those that run."""
        for pool in self._pools.values():
            pool.shutdown(cancel_futures=True)

    def _run(self, search: Search) -> Found:
        command = [sys.executable, "-m", "mailcheck_gui", "find", search.address, "--json"]
        words = [*search.wrapper, *command, *search.options]
        ended = run_inside(self._lab, self._home, words)
        return Found(search, ended.returncode, ended.stdout, ended.stderr)


class FindExamination:
    """Mixed into each group's class, which is parametrised with its searches."""

    def test_best(self, found: Found) -> None:
        """The best candidate is the expected one, with its source, trust and proof."""
        candidates = found.result["candidates"]
        best = _wanted(candidates[0]) if candidates else None
        assert best == found.search.best

    def test_suggestions(self, found: Found) -> None:
        """Where nothing was found in a domain there is something to begin with, without proof."""
        result = found.result
        wanted = not result["candidates"] and not found.search.unregistered
        assert bool(result.get("suggestions")) is wanted
        assert all(
            set(entry) == {"incoming", "outgoing"} for entry in result.get("suggestions", [])
        )

    def test_tried(self, found: Found) -> None:
        """What was asked, and what it said."""
        rows = found.result["tried"]
        assert [entry for entry in found.search.tried if not _is_among(entry, rows)] == []

    def test_never_plain(self, found: Found) -> None:
        """Plain text is no candidate and no suggestion."""
        result = found.result
        pairs = (*result["candidates"], *result.get("suggestions", []))
        servers = [pair[side] for pair in pairs for side in ("incoming", "outgoing")]
        assert [s for s in servers if s is not None and s["security"] == "none"] == []

    def test_contract(self, found: Found) -> None:
        """The JSON has the shape that others build on; a search has no verdict."""
        assert violations(found.result, SEARCH, "search") == []
        assert (found.status, found.complaints) == (0, "")

    def test_nobody_learns_the_name(self, found: Found, lab: Lab, capture: CaptureReader) -> None:
        """The part before the @ is in no packet, in no request over https, in no sign-in."""
        name = found.search.local_part
        requests = lab.inside("logs/scripted.log").read_text("utf-8", "replace")
        assert leaks(capture, name) == []
        assert name not in requests
        assert not +attempts(lab, found.search.address)


def _wanted(candidate: dict[str, Any]) -> Wanted | None:
    """Return a candidate in the words of the expectation."""
    proofs = set(candidate["proof"].values())
    return Wanted(
        _side(candidate["incoming"]),
        _side(candidate["outgoing"]),
        candidate["source"],
        candidate["trust"],
        "/".join(sorted(str(proof) for proof in proofs)),
        candidate.get("outgoing_from", {}).get("source", ""),
    )


def _side(server: dict[str, Any]) -> Side:
    security = {"implicit-tls": "ssl"}.get(server["security"], server["security"])
    protocol, host, port = (server[key] for key in SIDE_KEYS[:3])
    return Side(protocol, host, port, security, server["auth"])


def _is_among(expected: Tried, rows: list[dict[str, Any]]) -> bool:
    return any(
        (row["source"], row["state"]) == (expected.source, expected.state)
        and expected.words in f"{row['outcome']} {row['asked']}"
        for row in rows
    )
