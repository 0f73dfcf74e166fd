"""Practice mode from the terminal: the accounts, their reports and their names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from acceptance.contract import TOP, report_wording_faults, violations
from acceptance.harness import OK, OWN_FAILURE, PROBLEM, USAGE, Json, Run, assert_clean_text, run


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All practice accounts, with --json."""
    return run(("practice", "--json"), tmp_path_factory.mktemp("practice"))


def reports_in(value: Any) -> Iterator[Json]:
    """Every report in *value*, alone or in a list, whatever holds them."""
    if isinstance(value, dict) and set(value) >= TOP:
        yield value
    elif isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from reports_in(each)


def test_one_object(practice: Run) -> None:
    """One object with reports in it, or a clean refusal of --json."""
    assert_clean_text(practice.err)
    if practice.status == USAGE:
        assert practice.stdout == b""
        return
    assert practice.status in {OK, PROBLEM}, practice.describe()
    assert list(reports_in(practice.report))


def test_reports(practice: Run) -> None:
    """Each report keeps the contract, and what the eight accounts show is there."""
    if practice.status == USAGE:
        return
    codes: set[str] = set()
    verdicts: set[str] = set()
    for report in reports_in(practice.report):
        status = PROBLEM if report["verdict"] == "error" else OK
        faults = violations(report, status)
        assert not faults, (report["account"], faults)
        codes |= {finding["code"] for finding in report["findings"]}
        verdicts.add(report["verdict"])
    assert "ok" in verdicts
    assert codes >= {"tls-on-starttls-port", "starttls-on-tls-port", "submission-on-port-25",
                     "protocol-port-mismatch", "certificate-expired", "sign-in-failed"}  # fmt: skip


def test_status(practice: Run) -> None:
    """Exit 1 exactly when a verdict is error."""
    if practice.status == USAGE:
        return
    verdicts = {report["verdict"] for report in reports_in(practice.report)}
    assert practice.status == (PROBLEM if "error" in verdicts else OK)


def test_words(practice: Run) -> None:
    """Titles, explanations and remedies keep the rules for words."""
    if practice.status == USAGE:
        return
    faults = {fault for report in reports_in(practice.report)
              for fault in report_wording_faults(report)}  # fmt: skip
    assert not faults, "\n".join(sorted(faults))


def test_no_network(practice: Run) -> None:
    """Practice asks for nothing beyond loopback."""
    beyond = {host for _kind, host in practice.asked
              if not host.startswith("127.") and host not in {"::1", "localhost"}}  # fmt: skip
    assert not beyond, beyond


def test_text(tmp_path: Path) -> None:
    """Without --json there is text, without a crash."""
    done = run(("practice",), tmp_path)
    assert done.status in {OK, PROBLEM}, done.describe()
    assert done.status != OWN_FAILURE
    assert done.out.strip()
    assert_clean_text(done.out)
    assert_clean_text(done.err)
