"""Run the real terminal program as a subprocess behind the fence."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import pytest

from acceptance.certificates import AUTHORITY

HERE = Path(__file__).parent
PROGRAM = Path(sys.executable).with_name("mailcheck.exe" if os.name == "nt" else "mailcheck")
HANG = 60  # seconds after which a run counts as hung: a safety net, not a measurement
WORKERS = 4

OK, PROBLEM, USAGE, OWN_FAILURE, CANCELLED = 0, 1, 2, 3, 130

Json = dict[str, Any]


class Named(Protocol):
    """A row of a table; its name is the id of its test and the folder of its run."""

    @property
    def name(self) -> str:
        """Lower-case words joined by hyphens."""
        ...


Row = TypeVar("Row", bound=Named)
Result = TypeVar("Result")


@dataclass(frozen=True)
class Run:
    """What one run of the program left behind."""

    arguments: tuple[str, ...]
    status: int
    stdout: bytes
    stderr: bytes
    asked: tuple[tuple[str, str], ...]

    @property
    def out(self) -> str:
        """Standard output as text; it has to be UTF-8."""
        return self.stdout.decode("utf-8")

    @property
    def err(self) -> str:
        """Standard error as text; it has to be UTF-8."""
        return self.stderr.decode("utf-8")

    @property
    def resolved(self) -> tuple[str, ...]:
        """The names and literals that were given to the resolver."""
        return tuple(host for kind, host in self.asked if kind == "resolve")

    @property
    def report(self) -> Json:
        """The JSON report: exactly one object on standard output."""
        return parse_single_object(self.out)

    @property
    def codes(self) -> set[str]:
        """The finding codes of the report."""
        return {finding["code"] for finding in self.report["findings"]}

    def describe(self) -> str:
        """The run in short, for the message of a failing test."""
        return (
            f"arguments {self.arguments!r}\nstatus {self.status}\n"
            f"stdout {self.stdout[:1500]!r}\nstderr {self.stderr[:1500]!r}"
        )


def parse_single_object(text: str) -> Json:
    """Parse the one JSON object of *text*; refuse doubled keys, NaN and anything around it."""

    def without_doubles(pairs: Sequence[tuple[str, Any]]) -> Json:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), f"doubled keys in {keys}"
        return dict(pairs)

    def refuse_constant(name: str) -> None:
        raise AssertionError(f"{name} is not JSON")

    value = json.loads(text, object_pairs_hook=without_doubles, parse_constant=refuse_constant)
    assert isinstance(value, dict), "standard output holds no JSON object"
    return value


def environment(folder: Path) -> dict[str, str]:
    """The environment of a run: a home of its own in *folder*, no keychain, the fence.

    The only root is that of the test authority: to load all that a system trusts takes longer
    than most of these runs.
    """
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    roots = folder / "roots.pem"
    AUTHORITY.cert_pem.write_to_path(str(roots))
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("XDG_", "LC_", "PYTHON", "SSL_CERT_", "DBUS_", "MAILCHECK"))
    }
    return {
        **inherited,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home / "roaming"),
        "LOCALAPPDATA": str(home / "local"),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "PYTHONPATH": str(HERE / "fence"),
        "PYTHONIOENCODING": "utf-8",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "ACCEPTANCE_FENCE_LOG": str(folder / "asked.log"),
        "SSL_CERT_FILE": str(roots),
        "SSL_CERT_DIR": str(home),
    }


def asked_for(folder: Path) -> tuple[tuple[str, str], ...]:
    """What the fence saw in the run that lived in *folder*: kind and host."""
    log = folder / "asked.log"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return tuple((kind, host) for kind, host, _port in (line.split("\t") for line in lines))


def run(arguments: Sequence[str], folder: Path, *, stdin: bytes = b"") -> Run:
    """Run the program to its end in *folder* and collect everything."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [str(PROGRAM), *arguments],
        input=stdin,
        capture_output=True,
        timeout=HANG,
        env=environment(folder),
        cwd=folder,
        check=False,
    )
    return Run(tuple(arguments), done.returncode, done.stdout, done.stderr, asked_for(folder))


class Batch(Generic[Result]):
    """Runs of a whole table, a few at a time; each test waits only for its own row."""

    def __init__(self, jobs: Mapping[str, Callable[[], Result]]) -> None:
        self._pool = ThreadPoolExecutor(WORKERS)
        self._runs: dict[str, Future[Result]] = {
            name: self._pool.submit(job) for name, job in jobs.items()
        }

    def __getitem__(self, name: str) -> Result:
        return self._runs[name].result()

    def finished(self) -> list[Result]:
        """All runs, once the last one has ended."""
        return [future.result() for future in self._runs.values()]

    def close(self) -> None:
        """Drop what has not started and wait for the rest."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def only_selected(rows: Sequence[Row], request: pytest.FixtureRequest) -> Sequence[Row]:
    """The rows whose tests were selected, so that -k stays quick; all for a test of the table."""
    items = [
        item
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.module is request.module
    ]
    parameters = [item.callspec.params if hasattr(item, "callspec") else {} for item in items]
    if any("row" not in each for each in parameters):
        return rows
    return [row for row in rows if any(each["row"] is row for each in parameters)]


def start(rows: Iterable[Row], job: Callable[[Row, Path], Result], folder: Path) -> Batch[Result]:
    """Start the *job* of every row, each in a folder of its own below *folder*."""

    def bound(row: Row) -> Callable[[], Result]:
        return lambda: job(row, folder / row.name)

    return Batch({row.name: bound(row) for row in rows})


# --- what is said on standard error ---------------------------------------------------------

_BANNED = re.compile(r"\bplease\b|\binvalid\b|\bfailed\b|error occurred|!", re.IGNORECASE)
_PREFIX = re.compile(r"^mailcheck(?: [a-z]+)?: (?:error: )?")
_USAGE = re.compile(r"^usage:.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
_WORDS_IN_A_SENTENCE = 20


def message(run_: Run) -> str:
    """What standard error says, without usage lines and the program's own name."""
    return _PREFIX.sub("", _USAGE.sub("", run_.err).strip())


def assert_refused(run_: Run, *mentions: str) -> None:
    """Exit 2, nothing on standard output, a sentence on standard error, nobody was asked."""
    assert run_.status == USAGE, run_.describe()
    assert run_.stdout == b"", run_.describe()
    assert message(run_), run_.describe()
    assert_clean_text(run_.err)
    assert not run_.asked, f"{run_.asked}\n{run_.describe()}"
    for mention in mentions:
        assert mention in run_.err, f"{mention!r} is not named\n{run_.describe()}"


def assert_clean_text(text: str) -> None:
    """No traceback and no raw control or direction character."""
    assert "Traceback" not in text, text
    assert "Exception ignored" not in text, text
    raw = sorted({hex(ord(mark)) for mark in text if is_unsafe(mark)})
    assert not raw, f"raw control characters {raw} in {text!r}"


def is_unsafe(mark: str) -> bool:
    """Whether *mark* is a control or bidirectional character other than tab and line end."""
    return mark not in "\t\n\r" and (
        unicodedata.category(mark) == "Cc"
        or mark in "\u200e\u200f\u061c"
        or "\u202a" <= mark <= "\u202e"
        or "\u2066" <= mark <= "\u2069"
    )


def wording_faults(text: str) -> list[str]:
    """Where *text* breaks the rules for words: banned words, more than 20 words a sentence."""
    unquoted = re.sub(r"\"[^\"]*\"|“[^”]*”|'[^']*'", "X", text)
    unquoted = re.sub(r"\S+\.invalid\b", "X", unquoted)
    faults = [f"{found.group()!r} in {text!r}" for found in _BANNED.finditer(unquoted)]
    sentences = re.split(r"(?<=[.?])\s+|\n+", unquoted)
    faults.extend(
        f"{len(sentence.split())} words: {sentence!r}"
        for sentence in sentences
        if len(sentence.split()) > _WORDS_IN_A_SENTENCE
    )
    return faults
