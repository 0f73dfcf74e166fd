"""The parts of an installation: what works, what this computer lacks, what is broken."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from mailcheck_gui.__main__ import _practice
from mailcheck_gui.cli import installation
from mailcheck_gui.cli.exit_status import ExitStatus
from mailcheck_gui.cli.installation import (
    DoesNotWork,
    NotAvailable,
    Part,
    PartState,
    core_parts,
    keychain_part,
    try_keychain,
    try_part,
)
from mailcheck_gui.cli.practice import Practice
from mailcheck_gui.cli.self_test import part_rows, tell_parts
from mailcheck_gui.model.finding import message
from mailcheck_gui.reporting.wording import untranslated
from mailcheck_gui.storage.credentials import KeychainStore, MemoryStore, StoreAnswer, StoreState
from mailcheck_gui.storage.saved_account import KeychainEntry

NAME = message("Part")
FINE = Part(NAME, PartState.OK, message("seen"))
ABSENT = Part(message("Other"), PartState.NOT_AVAILABLE, message("There is none."))
BROKEN = Part(message("Third"), PartState.BROKEN, message("It is gone."))


class Unreadable(KeyringBackend):
    """Takes a secret, and breaks when it is asked for it."""

    priority = 0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: set[str] = set()

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept.add(service)

    def get_password(self, service: str, username: str) -> str | None:
        raise OSError("it is gone")

    def delete_password(self, service: str, username: str) -> None:
        self.kept.remove(service)


KeyringBackend._classes.discard(Unreadable)  # keyring must not choose it in other tests


class Forgetful(MemoryStore):
    """Takes everything and has nothing."""

    def read(self, entry: KeychainEntry) -> StoreAnswer:
        return StoreAnswer(StoreState.AVAILABLE)


class Clinging(MemoryStore):
    """Does not let go."""

    def delete(self, entry: KeychainEntry) -> StoreAnswer:
        return StoreAnswer(StoreState.BROKEN)


class Absent(MemoryStore):
    """Is in some state that keeps nothing."""

    def __init__(self, state: StoreState) -> None:
        super().__init__()
        self._state = state

    def write(self, entry: KeychainEntry, secret: str) -> StoreAnswer:
        return StoreAnswer(self._state)


class Waiting(MemoryStore):
    """Waits for somebody to unlock it."""

    def __init__(self) -> None:
        super().__init__()
        self.unlocked = threading.Event()

    def write(self, entry: KeychainEntry, secret: str) -> StoreAnswer:
        self.unlocked.wait(60)
        return super().write(entry, secret)


def test_this_installation_holds_together() -> None:
    parts = core_parts(_practice(), with_qt=False)
    assert [part for part in parts if part.state is PartState.BROKEN] == []
    assert len(parts) == 7


def test_the_terminal_loads_no_module_of_the_window() -> None:
    import subprocess

    code = (
        "import sys; from mailcheck_gui.cli.installation import QT_PARTS, load_modules\n"
        "load_modules(QT_PARTS); print('PySide6' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("raised", "state", "words"),
    [
        (NotAvailable(message("There is none.")), PartState.NOT_AVAILABLE, "There is none."),
        (DoesNotWork(message("It is gone.")), PartState.BROKEN, "It is gone."),
        (ModuleNotFoundError("no", name="dns.x"), PartState.BROKEN, "dns.x is missing."),
        (ValueError("a secret"), PartState.BROKEN, "ValueError in attempt, line "),
    ],
)
def test_whatever_a_part_raises_becomes_a_state(
    raised: Exception, state: PartState, words: str
) -> None:
    def attempt() -> object:
        raise raised

    part = try_part(NAME, attempt)  # type: ignore[arg-type]
    assert part.state is state
    assert part.detail.english().startswith(words)
    assert "secret" not in part.detail.english()


def test_a_keychain_keeps_reads_and_forgets() -> None:
    store = MemoryStore()
    assert try_keychain(store).english() == "kept, read and forgot an entry"
    assert store._secrets == {}


@pytest.mark.parametrize("store", [Forgetful(), Clinging()])
def test_a_keychain_that_does_not_is_broken(store: MemoryStore) -> None:
    with pytest.raises(DoesNotWork):
        try_keychain(store)


def test_a_keychain_that_cannot_be_read_keeps_no_throw_away_secret() -> None:
    back_end = Unreadable()
    part = keychain_part(KeychainStore(lambda: back_end))
    assert part.state is PartState.NOT_AVAILABLE
    assert back_end.kept == set()


@pytest.mark.parametrize("state", [StoreState.NONE, StoreState.LOCKED, StoreState.BROKEN])
def test_no_keychain_is_a_lack_of_this_computer(state: StoreState) -> None:
    with pytest.raises(NotAvailable) as raised:
        try_keychain(Absent(state), "linux")
    assert raised.value.sentence.english().endswith(".")


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_a_keychain_that_is_always_there_and_not_found_is_a_fault(system: str) -> None:
    with pytest.raises(DoesNotWork, match="not found"):
        try_keychain(Absent(StoreState.NONE), system)
    with pytest.raises(NotAvailable):
        try_keychain(Absent(StoreState.LOCKED), system)


def test_a_keychain_that_waits_for_somebody_is_left_behind() -> None:
    store = Waiting()
    part = keychain_part(store, seconds=0.01)
    store.unlocked.set()
    assert part.state is PartState.NOT_AVAILABLE
    assert "waits for somebody" in part.detail.english()


def test_a_practice_account_that_is_not_fine_is_told() -> None:
    broken = Practice(_practice().accounts[1:], _practice().open_network)
    part = try_part(NAME, lambda: installation.check_practice(broken))
    assert part.state is PartState.BROKEN
    assert part.detail.english() == "It ends with error in place of ok."


def test_missing_facts_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "load_providers", lambda: ())
    part = try_part(NAME, installation.load_facts)
    assert (part.state, part.detail.english()) == (PartState.BROKEN, "providers is empty.")


def test_a_computer_without_roots_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import ssl

    from mailcheck_gui.network import trust

    monkeypatch.setattr(trust, "VERIFIED_BY_SYSTEM", False)
    monkeypatch.setattr(trust, "system_context", lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    paths = ssl.get_default_verify_paths()._replace(capath=None)
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: paths)
    assert try_part(NAME, installation.load_trust).state is PartState.BROKEN


def test_the_table_stands_in_columns() -> None:
    assert part_rows([FINE, ABSENT], untranslated) == [
        "ok             Part   seen",
        "not available  Other  There is none.",
    ]


def test_what_a_computer_lacks_does_not_fail(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell_parts([FINE, ABSENT], untranslated) is ExitStatus.FINE
    out, err = capsys.readouterr()
    assert out.splitlines()[-1].endswith("passed its self-test.")
    assert err == ""


def test_a_broken_part_fails_and_leaves_standard_output_empty(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert tell_parts([FINE, BROKEN], untranslated) is ExitStatus.OUR_FAULT
    out, err = capsys.readouterr()
    assert out == ""
    assert "did not pass its self-test." in err
    assert "does not work  Third  It is gone." in err
