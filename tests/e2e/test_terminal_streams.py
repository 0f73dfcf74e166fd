"""The terminal program with standard streams that are closed, or that take nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from terminal import HOST, USER, Finished, Street, Terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a shell of Unix closes the streams")

needs_full_device = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has a device that is always full"
)


def run_with(terminal: Terminal, redirections: str, *arguments: str) -> Finished:
    """Run the program with redirections that are written as for a shell."""
    command = ["sh", "-c", f'exec "$0" "$@" {redirections}', terminal.program(), *arguments]
    done = subprocess.run(
        command, capture_output=True, env=terminal.environment(), timeout=60, check=False
    )
    return Finished(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("explain", "-"), "There is no text to explain."),
        (("--remove-data",), "Add --yes to remove everything without a question."),
        (
            ("check", "--imap", HOST, "--email", USER, "--password-stdin"),
            "No password arrived on standard input.",
        ),
    ],
)
def test_a_closed_standard_input_is_an_empty_one(
    terminal: Terminal, arguments: tuple[str, ...], sentence: str
) -> None:
    done = run_with(terminal, "0<&-", *arguments)
    assert done == Finished(2, "", f"mailcheck: {sentence}\n")


def test_a_standard_input_that_only_takes_is_told(terminal: Terminal) -> None:
    done = run_with(
        terminal, "0>/dev/null", "check", "--imap", HOST, "--email", USER, "--password-stdin"
    )
    sentence = "The password on standard input cannot be read."
    assert done == Finished(2, "", f"mailcheck: {sentence}\n")


def test_nobody_is_asked_for_a_password_on_a_closed_standard_input(
    terminal: Terminal, healthy: Street
) -> None:
    server = healthy.at(993, "ssl")
    done = run_with(terminal, "0<&-", "check", "--imap", server, "--email", USER)
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize("number", [1, 2])
def test_a_closed_output_changes_no_status(terminal: Terminal, number: int) -> None:
    assert run_with(terminal, f"{number}>&-", "ports", "465").status == 0
    assert run_with(terminal, f"{number}>&-", "practice", "none").status == 2


@needs_full_device
@pytest.mark.parametrize(
    "arguments", [("ports", "465"), ("--help",), ("check", "--help"), ("--version",)], ids=" ".join
)
def test_an_output_that_takes_nothing_is_told_with_its_reason(
    terminal: Terminal, arguments: tuple[str, ...]
) -> None:
    done = run_with(terminal, ">/dev/full", *arguments)
    sentence = "The output cannot be written (No space left on device)."
    assert done == Finished(2, "", f"mailcheck: {sentence}\n")


@needs_full_device
def test_where_no_sentence_can_be_written_the_status_still_tells(terminal: Terminal) -> None:
    done = run_with(terminal, "2>/dev/full", "practice", "none")
    assert done == Finished(2, "", "")
    assert run_with(terminal, ">/dev/full 2>/dev/full", "ports").status == 2
