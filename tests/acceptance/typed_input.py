"""One row of the typed-input tables: what is put into a box, and what has to come of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from acceptance.contract import as_ascii, assert_report, is_literal
from acceptance.harness import (
    USAGE,
    Json,
    Run,
    assert_clean_text,
    assert_refused,
    message,
    wording_faults,
)
from acceptance.loaded import LoadedPrograms

Outcome = Literal["usable", "judged", "refused", "usage", "either", "web"]

EMAIL = "anna@example.invalid"
TYPED_CODES = {
    "host-cleaned", "host-invalid", "host-is-web-address", "host-typo", "host-retired",
    "host-is-mx", "servers-swapped", "protocol-port-mismatch", "username-incomplete",
    "provider-needs-preparation", "provider-unsupported", "submission-on-port-25",
}  # fmt: skip
QUICK = ("--no-sign-in", "--no-neighbours", "--timeout", "4", "--json")


@dataclass(frozen=True, eq=False)
class InputRow:
    """What is typed, and what the contract makes of it.

    usable: a report with this host, port and security. judged: a report, only its codes count.
    usage: exit 2. refused: exit 2 or a report with host-invalid; nothing is asked of the network.
    either: usable or refused, but nothing in between. web: exit 2 with a sentence that says so,
    or judged.
    Of the codes about typing only those named may appear; *may* are allowed, *any_of* needs one.
    """

    name: str
    typed: str
    outcome: Outcome = "usable"
    box: Literal["imap", "pop3", "smtp"] = "imap"
    host: str | None = None
    port: int | None = None
    security: str | None = None
    must: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    mention: str = ""
    given: Json | None = None
    email: str = EMAIL
    options: tuple[str, ...] = ()
    by_option: bool = False

    @property
    def role(self) -> str:
        """The side that the box belongs to."""
        return "outgoing" if self.box == "smtp" else "incoming"


def name_of(length: int) -> str:
    """A host name of *length* characters below .invalid, each label as long as allowed."""
    letters = "m" * (length - len(".invalid"))
    labels = [letters[start : start + 63] for start in range(0, len(letters), 64)]
    return ".".join([*labels, "invalid"])


def check_input(programs: LoadedPrograms, row: InputRow, folder: Path) -> Run:
    """Run a check with what *row* types: as an option, or in a settings file."""
    folder.mkdir(parents=True, exist_ok=True)
    if row.by_option:
        typed: tuple[str, ...] = (f"--{row.box}", row.typed, "--email", row.email)
    else:
        server = {"protocol": row.box, "host": row.typed, **(row.given or {})}
        settings = {"version": 1, "email": row.email, row.role: server}
        (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
        typed = ("--settings", "settings.json")
    return programs.run(("check", *typed, *row.options, *QUICK), folder)


def assert_row(row: InputRow, done: Run) -> None:
    """Hold *done* against what *row* expects."""
    assert_clean_text(done.err)
    if row.outcome == "usage":
        assert_refused(done)
    elif row.outcome == "web" and done.status == USAGE:
        assert_refused(done, "web")
    elif row.outcome == "refused" or (row.outcome == "either" and _was_refused(done)):
        _assert_not_used(done)
    else:
        report = done.report
        assert_report(report, done.status)
        _assert_codes(row, done)
        if row.outcome in {"usable", "either"}:
            _assert_server(row, report)
            _assert_resolved(row, done)
        if row.mention:
            assert row.mention in _advice(report), f"{row.mention} is not offered"


def refusal_wording_faults(done: Run) -> list[str]:
    """Where the sentence of a refused run breaks the rules for words."""
    return wording_faults(message(done)) if done.status == USAGE else []


def _was_refused(done: Run) -> bool:
    return done.status == USAGE or "host-invalid" in done.codes


def _assert_not_used(done: Run) -> None:
    if done.status == USAGE:
        assert_refused(done)
        return
    assert_report(done.report, done.status)
    assert "host-invalid" in done.codes, done.describe()
    assert not done.asked, f"asked for {done.asked}"


def _assert_codes(row: InputRow, done: Run) -> None:
    about_typing = done.codes & TYPED_CODES
    assert about_typing >= set(row.must), f"{row.must} expected, found {sorted(done.codes)}"
    assert not row.any_of or about_typing & set(row.any_of), f"none of {row.any_of}"
    allowed = {*row.must, *row.any_of, *row.may}
    assert about_typing <= allowed, f"not expected: {sorted(about_typing - allowed)}"
    if row.must == ("host-cleaned",):
        assert done.report["cleaned"], "host-cleaned, but cleaned is empty"


def _assert_server(row: InputRow, report: Json) -> None:
    server = report["account"][row.role]
    if row.host is not None:
        assert as_ascii(server["host"]) == row.host
        hosts = {end["host"] for end in report["endpoints"] if end["configured"]}
        assert {as_ascii(host) for host in hosts} == {row.host}
    if row.port is not None:
        assert server["port"] == row.port
    if row.security is not None:
        assert server["security"] == row.security


def _assert_resolved(row: InputRow, done: Run) -> None:
    assert all(name.isascii() and "\\" not in name for name in done.resolved), done.resolved
    if row.host is not None and not is_literal(row.host):
        assert row.host in {name.rstrip(".") for name in done.resolved}, done.resolved


def _advice(report: Json) -> str:
    findings = [f"{each['title']} {each['explanation']} {each['remedy']}"
                for each in report["findings"]]  # fmt: skip
    return "\n".join([*findings, json.dumps(report["suggestion"])])
