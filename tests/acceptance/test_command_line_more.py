"""More of the command line: usage errors, help, pipes, Ctrl-C."""

from __future__ import annotations

import os
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

SERVER = ("--smtp", "mail.example.invalid")

ROWS = [
    UsageRow("unknown-option-first", ("--insecure",), ("--insecure",)),
    UsageRow("unverified-tls", ("check", *SERVER, "--no-verify"), ("--no-verify",)),
    UsageRow("nothing-but-a-user", ("check", "--user", "anna")),
    UsageRow("imap-and-pop3-reversed", ("check", "--pop3", "mail.example.invalid", "--imap",
             "mail.example.invalid")),
    UsageRow("option-without-value", ("check", "--smtp"), ("--smtp",)),
    UsageRow("empty-smtp", ("check", "--smtp", "")),
    UsageRow("mode-only", ("check", "--smtp", "/ssl")),
    UsageRow("mode-empty", ("check", "--smtp", "mail.example.invalid:465/")),
    UsageRow("smtp-auth-unknown", ("check", *SERVER, "--smtp-auth", "ntlm"), ("--smtp-auth",)),
    UsageRow("timeout-empty", ("check", *SERVER, "--timeout", "")),
    UsageRow("timeout-zero", ("check", *SERVER, "--timeout", "0")),
    UsageRow("timeout-endless", ("check", *SERVER, "--timeout", "inf")),
    # Decided: a stray word is not repeated, as it may be a piece of a password.
    UsageRow("stray-word", ("check", *SERVER, "now")),
    UsageRow("account-with-path", ("check", "--account", "../../etc/passwd")),
    UsageRow("settings-empty-name", ("check", "--settings", "")),
    UsageRow("password-with-equals", ("check", *SERVER, "--password=Tr0ub4dor"),
             hidden=("Tr0ub4dor",)),
    UsageRow("line-break-in-email", ("check", *SERVER, "--email", "anna@example.invalid\nQUIT")),
    UsageRow("direction-mark-in-host", ("check", "--smtp", "mail\u202e.example.invalid")),
    UsageRow("nul-in-password", ("check", *SERVER, "--email", "anna@example.invalid",
             "--password-stdin"), stdin=b"pass\0word 12\n"),
    UsageRow("ports-word", ("ports", "imap")),
]  # fmt: skip


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    programs: LoadedPrograms,
) -> Iterator[Batch[Run]]:
    """Every selected row, run."""
    batch = start(
        only_selected(ROWS, request), partial(refuse, programs), tmp_path_factory.mktemp("usage")
    )
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


@pytest.mark.parametrize("command", ["", "check", "ports", "practice"])
def test_help(command: str, tmp_path: Path) -> None:
    """Help goes to standard output and never offers to do without verified TLS."""
    done = run((*command.split(), "--help"), tmp_path)
    assert done.status == OK, done.describe()
    assert done.stderr == b""
    words = done.out.lower()
    assert "insecure" not in words
    assert "no-verify" not in words
    assert "--password " not in words


def test_language(tmp_path: Path) -> None:
    """English can be asked for."""
    done = run(("ports", "465", "--lang", "en"), tmp_path)
    assert done.status == OK, done.describe()
    assert "RFC 8314" in done.out


def test_no_reader_of_a_report(tmp_path: Path) -> None:
    """A reader that has gone is not a crash, with a report neither."""
    arguments = ("check", *SERVER, "--no-sign-in", "--no-neighbours", "--json")
    status, said = run_without_reader(arguments, tmp_path)
    assert_clean_text(said)
    assert "BrokenPipe" not in said
    assert status != OWN_FAILURE, said


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for a child alone")
def test_interrupt_json_smtp(tmp_path: Path) -> None:
    """Ctrl-C ends with 130 and the report so far, for sending too."""
    done = interrupt(tmp_path, "smtp", "--json")
    assert done.status == CANCELLED, done.describe()
    assert done.report["cancelled"] is True
    assert_report(done.report, done.status)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for a child alone")
def test_interrupt_text(tmp_path: Path) -> None:
    """Ctrl-C ends with 130 and the text so far."""
    done = interrupt(tmp_path, "imap")
    assert done.status == CANCELLED, done.describe()
    assert done.stdout.strip()
    assert_clean_text(done.out)
    assert_clean_text(done.err)
