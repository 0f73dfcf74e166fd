"""Where nothing can be written: a sentence, nothing lost, and a window that works on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailcheck_gui.model.account import AccountDraft
from mailcheck_gui.storage.folders import user_folders
from mailcheck_gui.storage.profiles import ProfileStore
from mailcheck_gui.storage.saved_account import SavedAccount

pytestmark = [
    pytest.mark.timeout(180),
    pytest.mark.skipif(
        not sys.platform.startswith("linux") or os.geteuid() != 0,
        reason="a small disk of its own needs Linux and root",
    ),
]

PROGRAM = Path(__file__).with_name("hard_place.py")

# $1 is the home, $2 the interpreter, $3 the program; the mounts end with the process.
SMALL_DISK = """
set -eu
mkdir "$1.disk"
mount -t tmpfs -o size=256k none "$1.disk"
cp -a "$1" "$1.disk/home"
"""
FULL = SMALL_DISK + 'cat /dev/zero >"$1.disk/fill" 2>/dev/null || true\n'
READ_ONLY = SMALL_DISK + 'mount -o remount,ro "$1.disk"\n'
RUN = """
"$2" "$3" "$1.disk/home"
cat "$1.disk/home/data/accounts.json" >&2
"""


def run(script: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the program in a mount namespace; standard error ends with the saved accounts."""
    return subprocess.run(
        ["unshare", "--mount", "sh", "-c", script + RUN, "sh", home, sys.executable, PROGRAM],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        pytest.param(FULL, "The disk is full, so nothing was saved.", id="full"),
        pytest.param(
            READ_ONLY,
            "Mailcheck may not write to this folder, so nothing was saved.",
            id="read-only",
        ),
    ],
)
def test_nothing_is_lost_and_everything_is_said(tmp_path: Path, script: str, sentence: str) -> None:
    accounts_file = user_folders({"MAILCHECK_HOME": str(tmp_path / "home")}).accounts_file
    kept = SavedAccount("kept", "Office", AccountDraft(email="info@example.com"))
    assert ProfileStore(accounts_file).save(kept) is None
    done = run(script, tmp_path / "home")
    assert done.stdout.splitlines() == [
        f"account: {sentence}",
        f"preferences: {sentence}",
        "known: ['Office']",
        "status: 0",
    ]
    assert done.stderr == accounts_file.read_text("utf-8")
