"""What holds for all tests: every run keeps the promises, and CI takes no test that did not run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from run_watch import RunWatch, watching

settings.register_profile("dev", max_examples=200, deadline=None)
settings.register_profile("ci", max_examples=2000, derandomize=True, deadline=None)


def _on_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


settings.load_profile("ci" if _on_ci() else "dev")


@pytest.fixture(autouse=True)
def run_watch() -> Iterator[RunWatch]:
    """Hold every run of the engine in every test to the promises that know no exception."""
    with watching() as watch:
        yield watch
    assert watch.problems() == []


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Turn a green run with skipped tests into a red one on CI."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if _on_ci() and skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("")
        reporter.write_line(f"CI: {len(skipped)} skipped tests count as failures", red=True)
