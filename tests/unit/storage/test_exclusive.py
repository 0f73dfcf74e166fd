"""Two programs that save at once do it in turn, and lose nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mailcheck_gui.storage.exclusive import exclusive
from mailcheck_gui.storage.profiles import ProfileStore
from mailcheck_gui.storage.saved_account import SavedAccount

SAVER = """
import sys
from pathlib import Path
from mailcheck_gui.model.account import AccountDraft
from mailcheck_gui.storage.profiles import ProfileStore
from mailcheck_gui.storage.saved_account import SavedAccount
store = ProfileStore(Path(sys.argv[1]))
sys.stdin.readline()
for number in range(6):
    name = f"{sys.argv[2]}-{number}"
    assert store.save(SavedAccount(name, name, AccountDraft())) is None
"""

HOLDER = """
import sys
from pathlib import Path
from mailcheck_gui.storage.exclusive import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def _start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_programs_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "data" / "accounts.json"
    savers = [_start(SAVER, str(path), name) for name in ("one", "two", "three")]
    for saver in savers:
        assert saver.stdin is not None
        saver.stdin.write("now\n")
        saver.stdin.flush()
    assert [saver.communicate()[1] for saver in savers] == ["", "", ""]
    found = {account.id for account in ProfileStore(path).load().accounts}
    assert found == {f"{name}-{number}" for name in ("one", "two", "three") for number in range(6)}


def test_a_program_that_holds_on_is_said_and_nothing_is_changed(tmp_path: Path) -> None:
    holder = _start(HOLDER, str(tmp_path))
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(OSError, match="another Mailcheck is saving"), exclusive(tmp_path, 0.0):
        pytest.fail("two held the same lock")
    holder.communicate("let go\n")
    with exclusive(tmp_path, 0.0):
        assert holder.returncode == 0


def test_the_lock_of_a_program_that_died_is_free(tmp_path: Path) -> None:
    holder = _start(HOLDER, str(tmp_path))
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.communicate()
    with exclusive(tmp_path, 5.0):
        assert holder.returncode != 0


def test_the_problem_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_folder: Path) -> object:
        raise OSError(16, "another Mailcheck is saving")

    monkeypatch.setattr("mailcheck_gui.storage.exclusive.exclusive", busy)
    problem = ProfileStore(tmp_path / "accounts.json").remove("some")
    assert problem is not None
    assert problem.sentence.english() == (
        "The file could not be written (another Mailcheck is saving), so nothing was saved."
    )


def test_a_lock_leaves_nothing_behind_but_the_accounts(tmp_path: Path) -> None:
    from mailcheck_gui.model.account import AccountDraft

    store = ProfileStore(tmp_path / "data" / "accounts.json")
    store.save(SavedAccount("a", "a", AccountDraft()))
    left = {path.name for path in (tmp_path / "data").iterdir()}
    assert left - {"lock"} == {"accounts.json"}
    assert sys.platform == "win32" or "lock" not in left
