"""One row of the wire tables: a scripted server, the settings typed for it, and the findings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from acceptance.certificates import HOST, Certificate, server_context
from acceptance.contract import assert_report
from acceptance.harness import Run, assert_clean_text
from acceptance.loaded import LoadedPrograms
from acceptance.loopback import Dialogue, LoopbackServer, closed_port

EMAIL = "anna@example.invalid"


@dataclass(frozen=True, eq=False)
class WireRow:
    """A server on loopback and what a check of it has to say.

    No *dialogue*: nothing listens. One of *any_of* is needed; *quotes* have to stand in the
    evidence of a code named here, whatever the case of the \\xNN in them.
    """

    name: str
    dialogue: Dialogue | None
    box: Literal["imap", "pop3", "smtp"]
    mode: Literal["ssl", "starttls", "none"]
    must: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    certificate: Certificate | None = None
    quotes: tuple[str, ...] = ()
    verdict: str = "error"
    status: tuple[str, ...] = ("no-cure",)

    @property
    def role(self) -> str:
        """The side that is checked."""
        return "outgoing" if self.box == "smtp" else "incoming"


def check_wire(programs: LoadedPrograms, row: WireRow, folder: Path) -> Run:
    """Start the server of *row* and check it without sign-in."""
    if row.dialogue is None:
        with closed_port() as port:
            return _check(programs, row, port, folder)
    tls = server_context(row.certificate) if row.certificate else None
    with LoopbackServer(row.dialogue, tls) as server:
        return _check(programs, row, server.port, folder)


def _check(programs: LoadedPrograms, row: WireRow, port: int, folder: Path) -> Run:
    place = f"{HOST}:{port}/{row.mode}"
    quick = ("--no-sign-in", "--no-neighbours", "--timeout", "15", "--json")
    return programs.run(("check", "--email", EMAIL, f"--{row.box}", place, *quick), folder)


def assert_row(row: WireRow, done: Run) -> None:
    """Hold *done* against what *row* expects."""
    assert_clean_text(done.err)
    report = done.report
    assert_report(report, done.status)
    assert done.codes >= set(row.must), f"{row.must} expected, found {sorted(done.codes)}"
    assert not row.any_of or done.codes & set(row.any_of), f"none of {row.any_of}"
    assert not done.codes & set(row.must_not), f"{row.must_not} not expected"
    assert report["verdict"] == row.verdict, report["findings"]
    assert report["suggestion"]["status"][row.role] in row.status, report["suggestion"]
    named = {*row.must, *row.any_of}
    quoted = [each["evidence"].get("quote") or "" for each in report["findings"]
              if each["code"] in named]  # fmt: skip
    for quote in row.quotes:
        assert any(quote.lower() in each.lower() for each in quoted), f"{quote!r} not in {quoted}"
    assert _listens(report) == (row.dialogue is not None), report["endpoints"]


def _listens(report: dict[str, list[dict[str, str]]]) -> bool:
    states = {end["state"] for end in report["endpoints"]}
    assert states, json.dumps(report)
    return states != {"closed"}
