"""More of what the port guide says about ports: the standards, not the folklore."""

from __future__ import annotations

from pathlib import Path

import pytest

from acceptance.facts import PortRow, assert_row, guide_wording_faults
from acceptance.harness import OK, assert_refused, run

OLD = r"deprecated|obsolete|outdated|discouraged"
UNREGISTERED = (
    r"not registered|unregistered|never registered|nobody registered|no standard|not a standard"
)

ROWS = [
    PortRow(587, (r"STARTTLS", r"RFC (6409|8314)", r"SMTP|send"),
            never=(OLD, r"unsafe|insecure|less secure|not secure|safest|safer|danger")),
    PortRow(2525, (UNREGISTERED, r"465|587", r"provider")),
    PortRow(993, (r"IMAP", r"SSL/\u2060?TLS|implicit TLS", r"RFC 8314"), never=(OLD,)),
    PortRow(110, (r"POP3", r"STARTTLS|STLS", r"995", r"RFC \d{4}"), never=(OLD,)),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_port(row: PortRow, tmp_path: Path) -> None:
    """One port."""
    assert_row(row, run(("ports", row.name), tmp_path))


def test_all_ports_name_both_ways(tmp_path: Path) -> None:
    """Without a number the guide names SSL/TLS and STARTTLS, and calls neither unsafe."""
    done = run(("ports",), tmp_path)
    assert done.status == OK, done.describe()
    assert "STARTTLS" in done.out
    assert "TLS" in done.out.replace("STARTTLS", "")
    assert not guide_wording_faults(done)


@pytest.mark.parametrize("number", ["-1", "65536", "5.5"])
def test_no_port(number: str, tmp_path: Path) -> None:
    """What is no port is refused."""
    assert_refused(run(("ports", number), tmp_path))
