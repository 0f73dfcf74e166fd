"""The command line: usage errors, version, pipes, Ctrl-C."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from acceptance.command_line import (
    UsageRow,
    assert_usage,
    interrupt,
    refuse,
    run_without_reader,
    usage_wording_faults,
)
from acceptance.contract import assert_report
from acceptance.harness import (
    CANCELLED,
    OK,
    OWN_FAILURE,
    Batch,
    Run,
    assert_clean_text,
    only_selected,
    run,
    start,
)
from acceptance.loaded import LoadedPrograms

SERVER = ("--imap", "mail.example.invalid")

ROWS = [
    UsageRow("unknown-command", ("repair",), ("repair",)),
    UsageRow("unknown-option", ("check", *SERVER, "--insecure"), ("--insecure",)),
    UsageRow("no-server", ("check", "--json")),
    UsageRow("imap-and-pop3", ("check", *SERVER, "--pop3", "mail.example.invalid")),
    UsageRow("option-without-value", ("check", "--imap"), ("--imap",)),
    UsageRow("empty-host", ("check", "--imap", "")),
    UsageRow("port-only", ("check", "--imap", ":993")),
    UsageRow("mode-unknown", ("check", "--imap", "mail.example.invalid:993/tls"), ("tls",)),
    UsageRow("auth-unknown", ("check", *SERVER, "--auth", "plain"), ("--auth",)),
    UsageRow("timeout-word", ("check", *SERVER, "--timeout", "soon"), ("--timeout",)),
    UsageRow("timeout-negative", ("check", *SERVER, "--timeout", "-1")),
    UsageRow("timeout-not-a-number", ("check", *SERVER, "--timeout", "nan")),
    UsageRow("both-controls", ("check", *SERVER, "--controls", "--no-controls")),
    UsageRow("port-0-beside-a-good-side", ("check", *SERVER, "--smtp", "mail.example.invalid:0"),
             ("port",)),
    UsageRow("line-break-beside-a-good-side", ("check", *SERVER, "--smtp", "mail.example.invalid",
             "--smtp-user", "anna\r\nQUIT"), ("username",)),
    UsageRow("language-unknown", ("check", *SERVER, "--lang", "tlh"), ("--lang",)),
    UsageRow("account-unknown", ("check", "--account", "Nobody"), ("Nobody",)),
    UsageRow("settings-missing", ("check", "--settings", "nowhere.json"), ("nowhere.json",)),
    UsageRow("password-as-argument", ("check", *SERVER, "--password", "Tr0ub4dor"),
             hidden=("Tr0ub4dor",)),
    UsageRow("line-break-in-user", ("check", *SERVER, "--user", "anna\r\nQUIT")),
    UsageRow("escape-in-host", ("check", "--imap", "mail\x1b[31m.example.invalid")),
    UsageRow("password-not-utf-8", ("check", *SERVER, "--email", "anna@example.invalid",
             "--password-stdin"), stdin=b"p\xe4ssword 12\n"),
    UsageRow("practice-unknown", ("practice", "no-such-account"), ("no-such-account",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    programs: LoadedPrograms,
) -> Iterator[Batch[Run]]:
    """Every selected row, run."""
    rows = only_selected(ROWS, request)
    batch = start(rows, partial(refuse, programs), tmp_path_factory.mktemp("usage"))
    yield batch
    batch.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_usage(row: UsageRow, runs: Batch[Run]) -> None:
    """Refused with exit 2, and nothing asked of the network."""
    assert_usage(row, runs[row.name])


def test_words_of_refusals(runs: Batch[Run]) -> None:
    """One plain sentence for each refusal, by the rules for words."""
    faults = [fault for done in runs.finished() for fault in usage_wording_faults(done)]
    assert not faults, "\n".join(faults)


def test_version(tmp_path: Path) -> None:
    """The version is that of the report."""
    done = run(("--version",), tmp_path)
    assert done.status == OK, done.describe()
    assert re.fullmatch(r"mailcheck \d+\.\d+\.\d+\S*", done.out.strip(), re.IGNORECASE)
    checked = run(("check", *SERVER, "--no-sign-in", "--no-neighbours", "--json"), tmp_path)
    assert_report(checked.report, checked.status)
    assert checked.report["program"].lower() == done.out.strip().lower()


def test_self_test(tmp_path: Path) -> None:
    """The program tests itself without a network."""
    done = run(("--self-test",), tmp_path)
    assert done.status == OK, done.describe()
    assert_clean_text(done.out)
    assert_clean_text(done.err)


def test_no_reader(tmp_path: Path) -> None:
    """A reader that has gone is not a crash."""
    status, said = run_without_reader(("ports",), tmp_path)
    assert_clean_text(said)
    assert "BrokenPipe" not in said
    assert status != OWN_FAILURE, said


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for a child alone")
def test_interrupt_json(tmp_path: Path) -> None:
    """Ctrl-C ends with 130 and the report so far."""
    done = interrupt(tmp_path, "imap", "--json")
    assert done.status == CANCELLED, done.describe()
    assert_clean_text(done.err)
    assert done.report["cancelled"] is True
    assert_report(done.report, done.status)


def test_text_report(tmp_path: Path) -> None:
    """Without --json the report is text: what is wrong, the host, no colour codes, no progress."""
    done = run(("check", *SERVER, "--no-sign-in", "--no-neighbours"), tmp_path)
    assert done.status == 1, done.describe()
    assert_clean_text(done.out)
    assert done.stderr == b"", "steps are for terminals"
    assert "mail.example.invalid" in done.out
