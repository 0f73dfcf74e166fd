"""More of passwords: from standard input only, inside verified TLS only, readable nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from acceptance.harness import Batch, only_selected, start
from acceptance.loaded import LoadedPrograms
from acceptance.sign_in import Heard, SignInRow, assert_row, check_sign_in

HARD = 'w<"X" &\\ y% 1z;2'
ACCENT = 'ß<a "b" &\\ c% d'

ROWS = [
    SignInRow("line-end-of-windows", b"correct horse 43\r\n", "correct horse 43"),
    SignInRow("no-line-end", f"{HARD}".encode(), HARD),
    # Decided: no password is suspicious once the server has accepted it.
    SignInRow("accepted-accent", f"{ACCENT}\n".encode(), ACCENT),
    SignInRow("two-passwords-text", f"{HARD}\n{ACCENT}\n".encode(), HARD, ACCENT, json=False),
    SignInRow("blank-after", b"trailing blank 8 \n", "trailing blank 8 "),
    SignInRow("refused-hard", f"{HARD}\n".encode(), HARD, servers="refused"),
    SignInRow("refused-accent-text", f"{ACCENT}\n".encode(), ACCENT, servers="refused",
              json=False),
    SignInRow("expired", f"{HARD}\n".encode(), HARD, servers="unverified",
              certificate="expired"),
    SignInRow("unknown-issuer-text", f"{HARD}\n".encode(), HARD, servers="unverified",
              certificate="unknown-issuer", json=False),
    SignInRow("plain-text", f"{ACCENT}\n".encode(), ACCENT, servers="plain", json=False),
]  # fmt: skip


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    programs: LoadedPrograms,
) -> Iterator[Batch[Heard]]:
    """Every selected row, run."""
    batch = start(
        only_selected(ROWS, request),
        partial(check_sign_in, programs),
        tmp_path_factory.mktemp("sign-in"),
    )
    yield batch
    batch.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_sign_in(row: SignInRow, runs: Batch[Heard]) -> None:
    """Who heard the password, what came of it, and that it can be read nowhere."""
    assert_row(row, runs[row.name])
