"""Watches every run and search of a test: what it sent, and what its report says."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from find_watch import SearchWatch, watched_search
from promises import broken_promises
from recording import RecordingNetwork, TlsTalk, WatchedRun, bears, forms_of, watched
from report_contract import broken_rules

from mailcheck_gui.engine import check, find, message_trip
from mailcheck_gui.engine.assignment import Assignment
from mailcheck_gui.engine.message_trip import TripRun
from mailcheck_gui.engine.run import CheckRun
from mailcheck_gui.model.account import Credential, Credentials
from mailcheck_gui.model.report import Report
from mailcheck_gui.network.seam import Network
from mailcheck_gui.reporting.json_report import report_to_object
from mailcheck_gui.reporting.text_report import report_to_text


class RunWatch:
    """The runs of one test, and what they broke."""

    def __init__(self) -> None:
        self.runs: list[WatchedRun] = []
        self.searches = SearchWatch()
        self.strays: list[TlsTalk] = []  # TLS sessions whose context no watched network made
        self._reports: list[tuple[Report, Credentials]] = []

    def over(
        self, network: Network, credentials: Credentials, hosts: frozenset[str]
    ) -> RecordingNetwork:
        """Return a network that a run is watched through."""
        recording = RecordingNetwork(network)
        self.runs.append(WatchedRun(credentials, hosts, recording))
        return recording

    def take(self, report: Report, credentials: Credentials) -> None:
        """Take the report of a run."""
        self._reports.append((report, credentials))

    def problems(self) -> list[str]:
        """Return every promise that the runs so far have broken."""
        found = [problem for run in self.runs for problem in run.problems()]
        found += [f"a credential to {t.host}, past the network" for t in self._astray()]
        for report, credentials in self._reports:
            found += broken_promises(report)
            found += broken_rules(report_to_object(report))
            found += _leaks(report, credentials)
        return [*found, *self.searches.problems()]

    def _astray(self) -> Iterator[TlsTalk]:
        given = {credential for run in self.runs for credential in run.given}
        for talk in self.strays:
            said = b"".join(talk.messages)
            if any(bears(talk, said, credential) for credential in given):
                yield talk

    def forget(self) -> None:
        """Forget what was seen so far, for a test that plants a leak."""
        self.runs.clear()
        self.searches.forget()
        self.strays.clear()
        self._reports.clear()


_watching: list[RunWatch] = []


def keep_watch(run: WatchedRun) -> None:
    """Add a run that does not go through the engine to the watch of this test."""
    _watching[-1].runs.append(run)


def _leaks(report: Report, credentials: Credentials) -> list[str]:
    """Return where a secret stands in a report, shown in any way."""
    document = json.dumps(report_to_object(report), ensure_ascii=False)
    shown = (document + report_to_text(report) + repr(report)).encode("utf-8", "replace")
    given: tuple[Credential | None, ...] = (credentials.incoming, credentials.outgoing)
    forms = [form for credential in given if credential for form in forms_of(credential)]
    return ["a secret in the report"] if any(form in shown for form in forms) else []


@contextmanager
def watching() -> Iterator[RunWatch]:
    """Lead every run of the engine, whoever starts it, through a watch."""
    watch = RunWatch()
    _watching.append(watch)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "CheckRun", _watched_run(watch))
        patch.setattr(find, "FindRun", watched_search(watch.searches))
        patch.setattr(message_trip, "TripRun", _watched_trip(watch))
        patch.setattr(ssl.SSLContext, "sslobject_class", watched(ssl.SSLObject, watch.strays))
        yield watch
    _watching.remove(watch)


def _watched_run(watch: RunWatch) -> Callable[..., CheckRun]:
    class Watched(CheckRun):
        def __init__(
            self, assignment: Assignment, network: Network, *rest: Any, **more: Any
        ) -> None:
            self._given = assignment.credentials
            hosts = assignment.hosts
            super().__init__(assignment, watch.over(network, self._given, hosts), *rest, **more)

        def report(self) -> Report:
            report = super().report()
            watch.take(report, self._given)
            return report

    return Watched


def _watched_trip(watch: RunWatch) -> Callable[..., TripRun]:
    class Watched(TripRun):
        def __init__(
            self, assignment: Assignment, network: Network, *rest: Any, **more: Any
        ) -> None:
            watched_network = watch.over(network, assignment.credentials, assignment.hosts)
            super().__init__(assignment, watched_network, *rest, **more)

    return Watched
