"""Passwords: read from standard input only, sent inside verified TLS only, readable nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from acceptance.harness import Batch, only_selected, start
from acceptance.loaded import LoadedPrograms
from acceptance.sign_in import Heard, SignInRow, assert_row, check_sign_in

HARD = 'k"L & m\\n < 0p%q'
UMLAUT = 'é"r & s\\t < u+v'

ROWS = [
    SignInRow("accepted", b"correct horse 42\n", "correct horse 42"),
    SignInRow("accepted-hard", f"{HARD}\n".encode(), HARD),
    SignInRow("accepted-umlaut-text", f"{UMLAUT}\n".encode(), UMLAUT, json=False),
    SignInRow("two-passwords", b"first pass word\nsecond pass word\n", "first pass word",
              "second pass word"),
    # Decided: no password is suspicious once the server has accepted it.
    SignInRow("blank-before", b" leading blank 7\n", " leading blank 7"),
    SignInRow("blank-before-refused", b" leading blank 7\n", " leading blank 7",
              servers="refused", suspicious=True),
    SignInRow("refused-umlaut", f"{UMLAUT}\n".encode(), UMLAUT, servers="refused",
              suspicious=True),
    SignInRow("refused-hard-text", f"{HARD}\n".encode(), HARD, servers="refused", json=False),
    SignInRow("other-name", f"{HARD}\n".encode(), HARD, servers="unverified",
              certificate="other-name"),
    SignInRow("plain", f"{HARD}\n".encode(), HARD, servers="plain"),
    SignInRow("starttls-refused", f"{UMLAUT}\n".encode(), UMLAUT, servers="no-starttls",
              suspicious=True),
]  # fmt: skip


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    programs: LoadedPrograms,
) -> Iterator[Batch[Heard]]:
    """Every selected row, run."""
    rows = only_selected(ROWS, request)
    batch = start(rows, partial(check_sign_in, programs), tmp_path_factory.mktemp("sign-in"))
    yield batch
    batch.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_sign_in(row: SignInRow, runs: Batch[Heard]) -> None:
    """Who heard the password, what came of it, and that it can be read nowhere."""
    assert_row(row, runs[row.name])
