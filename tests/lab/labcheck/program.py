"""Run the terminal program on the person's computer of the lab, as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from maillab.accounts import Mailbox, mailbox
from maillab.handle import Lab

from labcheck.scenario import Scenario, Secret

_LIMIT = 100.0
_WRONG_PASSWORD = "wrong one "
_RIVAL = Path(__file__).with_name("rival.py")
_FIRST_MAILBOX = 10  # those before are the lab's own tests'


@dataclass(frozen=True, slots=True)
class Examined:
    """A check that is over."""

    scenario: Scenario
    mailbox: Mailbox
    password: str
    status: int
    output: str = field(repr=False)
    complaints: str

    @property
    def report(self) -> dict[str, Any]:
        """The report; everything on standard output must be this one object."""
        try:
            report = json.loads(self.output)
        except ValueError:
            raise AssertionError(f"no report ({self.status}): {self.complaints}") from None
        assert isinstance(report, dict)
        return report

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The report's findings."""
        found: list[dict[str, Any]] = self.report["findings"]
        return found

    def codes(self, severity: str) -> frozenset[str]:
        """Return the codes of the findings of one severity."""
        return frozenset(f["code"] for f in self.findings if f["severity"] == severity)


class Runner:
    """Runs checks at once; each has a mailbox of its own, so that its sign-ins can be told apart.

    Slow checks mostly wait: many run together. Quick ones need the processor: few do.
    """

    def __init__(self, lab: Lab, home: Path, scenarios: list[Scenario]) -> None:
        self._lab = lab
        self._home = home
        self._slow = ThreadPoolExecutor(10)
        self._quick = ThreadPoolExecutor(os.cpu_count() or 1)
        self._runs: dict[str, Future[Examined]] = {}
        for index, scenario in enumerate(scenarios, _FIRST_MAILBOX):
            pool = self._slow if scenario.slow else self._quick
            box = _in_domain(scenario, mailbox(index))
            self._runs[scenario.name] = pool.submit(self._run, scenario, box)

    def result(self, scenario: Scenario) -> Examined:
        """Return a check's outcome; waits for it."""
        return self._runs[scenario.name].result()

    def stop(self) -> None:
        """Start no further check and wait for those that run."""
        self._slow.shutdown(cancel_futures=True)
        self._quick.shutdown(cancel_futures=True)

    def _run(self, scenario: Scenario, box: Mailbox) -> Examined:
        password = {
            Secret.RIGHT: box.password,
            Secret.WRONG: _WRONG_PASSWORD + box.password[::-1],
            Secret.NONE: "",
        }[scenario.secret]
        words = [*_rival(scenario, box), *scenario.wrapper, *command_line(scenario, box)]
        result = run_inside(self._lab, self._home, words, f"{password}\n" if password else "")
        return Examined(scenario, box, password, result.returncode, result.stdout, result.stderr)


def run_inside(
    lab: Lab, home: Path, words: list[str], text: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a program on the person's computer, with `text` as its standard input."""
    return subprocess.run(
        lab.command(words),
        input=text,
        text=True,
        encoding="utf-8",
        capture_output=True,
        check=False,
        timeout=_LIMIT,
        env=environment(lab, home),
    )


def _rival(scenario: Scenario, box: Mailbox) -> list[str]:
    """Return what holds a session open around a command, where the scenario has one."""
    side = scenario.rival
    if side is None:
        return []
    return [sys.executable, str(_RIVAL), side.protocol, side.name, str(side.port), box.address]


def command_line(scenario: Scenario, box: Mailbox) -> list[str]:
    """Return the command for a scenario, without the password."""
    words = [sys.executable, "-m", "mailcheck_gui", "check", "--json", "--email", box.address]
    if scenario.secret is not Secret.NONE:
        words.append("--password-stdin")
    words += scenario.options
    if scenario.incoming or scenario.outgoing:
        words += ["--user", box.address]
    if scenario.incoming:
        words += [f"--{scenario.incoming.protocol}", scenario.incoming.typed]
        words += ["--auth", scenario.incoming.auth]
    if scenario.outgoing:
        words += ["--smtp", scenario.outgoing.typed, "--smtp-auth", scenario.outgoing.auth]
    return words


def _in_domain(scenario: Scenario, box: Mailbox) -> Mailbox:
    """Return a mailbox of the same name in the scenario's domain."""
    return replace(box, address=f"{box.address.partition('@')[0]}@{scenario.domain}")


def environment(lab: Lab, home: Path) -> dict[str, str]:
    """Return an environment without any of the developer's own: the lab's trust, a new home."""
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        **lab.environment(),
    }
