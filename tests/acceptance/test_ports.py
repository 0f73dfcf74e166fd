"""What the port guide says about ports: the standards, not the folklore."""

from __future__ import annotations

from pathlib import Path

import pytest

from acceptance.facts import PortRow, assert_row, guide_wording_faults
from acceptance.harness import OK, assert_refused
from acceptance.loaded import LoadedPrograms

OLD = r"deprecated|obsolete|outdated|discouraged"
NOT_FOR_PROGRAMS = (
    r"not (meant )?for mail programs|no port for mail programs|mail programs do not|"
    r"not (be )?used? (by|in) mail programs"
)

ROWS = [
    PortRow(465, (r"SSL/\u2060?TLS|implicit TLS", r"RFC 8314", r"prefer|recommend", r"SMTP|send"),
            never=(OLD, r"should (no longer|not) be used", r"STARTTLS (on|at) (port )?465")),
    PortRow(25, (r"between (mail )?servers|from server to server|relay", NOT_FOR_PROGRAMS,
                 r"block", r"465|587", r"RFC \d{4}")),
    PortRow(143, (r"IMAP", r"STARTTLS", r"993", r"RFC \d{4}"), never=(OLD,)),
    PortRow(995, (r"POP3", r"SSL/\u2060?TLS|implicit TLS", r"RFC 8314"), never=(OLD,)),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_port(row: PortRow, programs: LoadedPrograms, tmp_path: Path) -> None:
    """One port."""
    assert_row(row, programs.run(("ports", row.name), tmp_path))


def test_all_ports(programs: LoadedPrograms, tmp_path: Path) -> None:
    """Without a number the guide holds all eight ports."""
    done = programs.run(("ports",), tmp_path)
    assert done.status == OK, done.describe()
    words = set(done.out.replace(",", " ").replace(":", " ").split())
    assert {"25", "110", "143", "465", "587", "993", "995", "2525"} <= words
    assert not guide_wording_faults(done)


@pytest.mark.parametrize("number", ["0", "70000", "submission"])
def test_no_port(number: str, programs: LoadedPrograms, tmp_path: Path) -> None:
    """What is no port is refused."""
    assert_refused(programs.run(("ports", number), tmp_path))
