"""Ctrl+C at any moment of the terminal program, and again: loading, checking, writing, ending."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from terminal import Terminal

_WHILE_LOADING = """
import signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "mailcheck_gui.cli.main":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
"""
_WHILE_SHUTTING_DOWN = """
import atexit, signal

atexit.register(signal.raise_signal, signal.SIGINT)
"""
_DURING_A_CHECK = """
import signal
import mailcheck_gui.engine.check as engine

run_check = engine.run_check

async def interrupted(intake, credentials, network, report_event, *more, **options):
    def told(event):
        report_event(event)
        for _ in range({moments}.get(type(event).__name__, 0)):
            signal.raise_signal(signal.SIGINT)

    return await run_check(intake, credentials, network, told, *more, **options)

engine.run_check = interrupted
"""
_BEFORE_THE_REPORT_IS_WRITTEN = """
import signal
import mailcheck_gui.cli.console as console

write_out = console.write_out

def interrupted(text):
    signal.raise_signal(signal.SIGINT)
    write_out(text)

console.write_out = interrupted
"""
_WHILE_SERVERS_START = """
import signal
from mailcheck_gui.practice.servers import PracticeServers

start = PracticeServers.__aenter__
begun = []

async def interrupted(servers):
    begun.append(servers)
    if len(begun) == {nth}:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
    return await start(servers)

PracticeServers.__aenter__ = interrupted
"""
_PROGRAM = """
from mailcheck_gui.__main__ import terminal_main
sys.exit(terminal_main())
"""


_CHECK = ("check", "--imap", "127.0.0.1:1/ssl", "--no-sign-in", "--no-neighbours", "--json")


def interrupted(
    moment: str, *arguments: str, terminal: Terminal | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the program with an interrupt at a moment that it comes to itself."""
    code = f"import sys{moment}{_PROGRAM}"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=terminal.environment() if terminal is not None else None,
    )


def in_a_check(**moments: int) -> str:
    """Return the moment: so many interrupts at each event of the check."""
    return _DURING_A_CHECK.format(moments=moments)


def test_an_interrupt_while_it_loads_is_a_stop() -> None:
    done = interrupted(_WHILE_LOADING, "ports", "465")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "mailcheck: Stopped.\n")


def test_an_interrupt_while_it_shuts_down_changes_nothing() -> None:
    done = interrupted(_WHILE_SHUTTING_DOWN, "ports", "465")
    assert (done.returncode, done.stderr) == (0, "")
    assert "RFC 8314" in done.stdout


def test_an_interrupt_after_a_refusal_changes_nothing() -> None:
    done = interrupted(_WHILE_SHUTTING_DOWN, "ports", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("A port is a number from 1 to 65535.\n")


@pytest.mark.parametrize(
    "moments", [{"CheckStarted": 1}, {"CheckStarted": 2}, {"CheckStarted": 1, "CheckFinished": 1}]
)
def test_a_second_interrupt_leaves_the_report_of_a_check_alone(
    terminal: Terminal, moments: dict[str, int]
) -> None:
    done = interrupted(in_a_check(**moments), *_CHECK, terminal=terminal)
    assert (done.returncode, done.stderr) == (130, "")
    assert json.loads(done.stdout)["cancelled"] is True


@pytest.mark.parametrize("moments", [{"CheckStarted": 2}, {"CheckStarted": 1, "CheckFinished": 1}])
def test_a_second_interrupt_leaves_the_report_of_practice_alone(
    terminal: Terminal, moments: dict[str, int]
) -> None:
    done = interrupted(in_a_check(**moments), "practice", terminal=terminal)
    assert (done.returncode, done.stderr) == (130, "")
    assert "Stopped after" in done.stdout


def test_an_interrupt_after_a_check_leaves_its_report_and_its_status_alone(
    terminal: Terminal,
) -> None:
    done = interrupted(_BEFORE_THE_REPORT_IS_WRITTEN, *_CHECK, terminal=terminal)
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout)["cancelled"] is False


def test_who_insists_is_not_kept_waiting(terminal: Terminal) -> None:
    done = interrupted(in_a_check(CheckStarted=3), *_CHECK, terminal=terminal)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "mailcheck: Stopped.\n")


def test_interrupts_while_the_practice_servers_start(terminal: Terminal) -> None:
    done = interrupted(_WHILE_SERVERS_START.format(nth=1), "practice", terminal=terminal)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "mailcheck: Stopped.\n")


def test_interrupts_between_two_practice_accounts_keep_the_first_report(
    terminal: Terminal,
) -> None:
    done = interrupted(_WHILE_SERVERS_START.format(nth=2), "practice", terminal=terminal)
    assert (done.returncode, done.stderr) == (130, "")
    assert done.stdout.startswith("All fine (all-fine)\n")
    assert done.stdout.count("finished in") == 1


def test_an_interrupt_in_the_self_test_is_a_stop(terminal: Terminal) -> None:
    done = interrupted(in_a_check(CheckStarted=2), "--self-test", terminal=terminal)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "mailcheck: Stopped.\n")
