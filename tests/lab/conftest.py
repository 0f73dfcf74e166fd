"""Fixtures of the lab: it comes up once a session, checks run at once, each test reads its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from labcheck.finding import Finder, Found
from labcheck.program import Examined, Runner
from labcheck.scenario import Scenario
from labcheck.search import Search
from maillab.availability import why_not
from maillab.capture import CaptureReader
from maillab.handle import Lab, up
from maillab.packages import SetupError, set_up

Case = TypeVar("Case", Scenario, Search)

_TIMEOUT = 300  # the first test waits for the download of the servers


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything below this folder."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.lab)
            item.add_marker(pytest.mark.timeout(_TIMEOUT))


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    """The lab, up. Where it cannot run: skipped with the reason; in CI that is a failure."""
    reason = why_not() or _cannot_set_up()
    if reason and os.environ.get("CI") == "true":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    lab = up()
    yield lab
    lab.down()


def _cannot_set_up() -> str | None:
    try:
        set_up()
    except SetupError as error:
        return f"The lab's servers could not be fetched: {error}"
    return None


@pytest.fixture(scope="session")
def capture(lab: Lab) -> CaptureReader:
    """Everything that crossed the wire so far."""
    return CaptureReader(lab.inside("capture.pcap"))


@pytest.fixture(scope="session")
def runner(
    lab: Lab, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Runner]:
    """All checks of the collected tests, started at once."""
    runner = Runner(lab, tmp_path_factory.mktemp("home"), _collected(request, "scenario", Scenario))
    yield runner
    runner.stop()


@pytest.fixture
def examined(scenario: Scenario, runner: Runner) -> Examined:
    """The finished check of one scenario."""
    return runner.result(scenario)


@pytest.fixture(scope="session")
def finder(
    lab: Lab, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Finder]:
    """All searches of the collected tests, started at once."""
    finder = Finder(lab, tmp_path_factory.mktemp("home"), _collected(request, "search", Search))
    yield finder
    finder.stop()


@pytest.fixture
def found(search: Search, finder: Finder) -> Found:
    """One finished search."""
    return finder.result(search)


def _collected(request: pytest.FixtureRequest, name: str, kind: type[Case]) -> list[Case]:
    """Return the values of one parameter of all collected tests, each once."""
    values = [
        item.callspec.params.get(name)
        for item in request.session.items
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
    ]
    return list({str(value): value for value in values if isinstance(value, kind)}.values())
