"""A built bundle, started as a process that sees nothing of the person who runs the tests."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 120.0


@dataclass(frozen=True)
class Ended:
    """What is left of a program that has ended."""

    status: int
    out: str
    err: str

    def states(self) -> dict[str, str]:
        """Return the rows of a self-test's table: part and state."""
        found = {}
        for line in (self.out + self.err).splitlines():
            for state in ("ok", "not available", "does not work"):
                if line.startswith(f"{state}  "):
                    name = line.removeprefix(state).strip().partition("  ")[0]
                    found[name] = state
        return found


@dataclass(frozen=True)
class Frozen:
    """The bundle in a folder, with a home of its own."""

    bundle: Path
    home: Path

    def environment(self, **more: str) -> dict[str, str]:
        """Return what a program gets: no screen, no session, no Python of anyone."""
        kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
        return {**kept, "HOME": str(self.home), "LC_ALL": "C.UTF-8", **more}

    def run(self, program: str, *arguments: str, **environment: str) -> Ended:
        """Run a program of the bundle to its end."""
        done = subprocess.run(
            [self.bundle / program, *arguments],
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)
