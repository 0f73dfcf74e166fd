"""Saved accounts: kept whole, changed one at a time, never lost when something goes wrong."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailcheck_gui.model.account import AccountDraft, Protocol, Role, ServerDraft
from mailcheck_gui.model.finding import message
from mailcheck_gui.model.report import Verdict
from mailcheck_gui.storage import json_file
from mailcheck_gui.storage.profile_document import Document
from mailcheck_gui.storage.profiles import ProfileStore
from mailcheck_gui.storage.saved_account import (
    KeychainEntry,
    LastCheck,
    SavedAccount,
    new_account_id,
)

CHECK = LastCheck(
    Verdict.ERROR,
    datetime(2026, 3, 1, 10, 42, tzinfo=UTC),
    (Role.OUTGOING,),
    message("Port {port} starts without encryption.", port=587),
)


def account(name: str = "Office", **changes: object) -> SavedAccount:
    identifier = str(changes.pop("id", new_account_id()))
    draft = AccountDraft(
        email="büro@example.com",
        incoming=ServerDraft(Protocol.IMAP, " imap.example.com", "99x"),
        outgoing=ServerDraft(Protocol.SMTP, "smtp.example.com", "587", username="a\ud800b"),
    )
    return SavedAccount(
        identifier,
        name,
        draft,
        keychain=(KeychainEntry.of(identifier, Role.INCOMING, "büro@example.com"),),
        last_check=CHECK,
        unconfirmed=("mail.example.net",),
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "accounts.json"


def test_nothing_saved_is_no_problem(path: Path) -> None:
    found = ProfileStore(path).load()
    assert found.accounts == ()
    assert found.problem is None


def test_accounts_come_back_as_they_were_saved_in_their_order(path: Path) -> None:
    first, second = account("first"), account("second")
    store = ProfileStore(path)
    assert store.save(first) is None
    assert store.save(second) is None
    assert ProfileStore(path).load().accounts == (first, second)


def test_saving_again_replaces_and_keeps_the_place(path: Path) -> None:
    store = ProfileStore(path)
    first, second = account("first"), account("second")
    for each in (first, second):
        store.save(each)
    changed = account("changed", id=first.id)
    store.save(changed)
    assert store.load().accounts == (changed, second)


def test_rename_keeps_everything_else(path: Path) -> None:
    store = ProfileStore(path)
    saved = account("old")
    store.save(saved)
    assert store.rename(saved.id, "new") is None
    (found,) = store.load().accounts
    assert found.name == "new"
    assert (found.id, found.keychain, found.draft) == (saved.id, saved.keychain, saved.draft)


def test_remove_leaves_the_others(path: Path) -> None:
    store = ProfileStore(path)
    first, second = account("first"), account("second")
    store.save(first)
    store.save(second)
    assert store.remove(first.id) is None
    assert store.remove("not there") is None
    assert store.load().accounts == (second,)


def test_two_windows_do_not_undo_each_other(path: Path) -> None:
    one, other = ProfileStore(path), ProfileStore(path)
    first, second = account("first"), account("second")
    one.load()
    other.load()
    one.save(first)
    other.save(second)
    assert one.load().accounts == (first, second)


def test_a_keychain_entry_names_account_and_side() -> None:
    entry = KeychainEntry.of("ab12", Role.OUTGOING, "me")
    assert entry.service == "mailcheck/ab12/outgoing"
    assert entry.role is Role.OUTGOING
    saved = SavedAccount("ab12", "", AccountDraft(), keychain=(entry,))
    assert saved.entry(Role.OUTGOING) == entry
    assert saved.entry(Role.INCOMING) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps other users out by ACL")
def test_a_password_in_a_pasted_address_is_not_written(path: Path) -> None:
    pasted = AccountDraft(
        "anna:S3cret@example.com",
        ServerDraft(Protocol.IMAP, "imap://anna:S3cret@imap.example.com", "993"),
        ServerDraft(Protocol.SMTP, "anna@example.com:S3cret@smtp.example.com:587"),
    )
    store = ProfileStore(path)
    assert store.save(replace(account(), draft=pasted)) is None
    assert "S3cret" not in path.read_text(encoding="utf-8")
    (found,) = store.load().accounts
    assert found.draft.incoming is not None
    assert found.draft.incoming.host == "imap://anna:***@imap.example.com"


def test_only_the_user_may_read_the_file(path: Path) -> None:
    ProfileStore(path).save(account())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"\x00" * 100,
        b'{"accounts": []}',
        b'{"version": 0, "accounts": []}',
        b'{"version": 1}',
        b'{"version": 1, "accounts": {}}',
        b'{"version": 1, "accounts": [{}]}',
        b'{"version": 1, "accounts": [1]}',
    ],
)
def test_a_damaged_file_is_kept_aside_and_said(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    now = datetime(2026, 3, 1, 10, 42, 5, tzinfo=UTC)
    store = ProfileStore(path, now=lambda: now)
    problem = store.load().problem
    aside = path.with_name("accounts.damaged-20260301-104205.json")
    assert problem is not None
    assert aside.name in problem.sentence.english()
    assert aside.read_bytes() == content
    assert store.save(account()) is None
    assert len(store.load().accounts) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda a: a.update(settings={"email": "x", "surprise": 1}),
        lambda a: a.update(keychain=[{"service": "mailcheck/x/sideways", "username": ""}]),
        lambda a: a["last_check"].update(verdict="great"),
        lambda a: a["last_check"].update(at="yesterday"),
        lambda a: a["last_check"].update(at="0001-01-01T00:00:00+05:00"),
        lambda a: a["last_check"].update(at="9999-12-31T23:59:59-05:00"),
        lambda a: a["last_check"].update(at="2026-03-01T10:42:00"),
        lambda a: a["last_check"]["headline"].update(values={}),
        lambda a: a["last_check"]["headline"].update(template="{port.real.secret}"),
        lambda a: a.pop("id"),
    ],
)
def test_what_mailcheck_never_writes_counts_as_damaged(path: Path, spoil: object) -> None:
    store = ProfileStore(path)
    store.save(account())
    document = json.loads(path.read_text("utf-8"))
    spoil(document["accounts"][0])  # type: ignore[operator]
    path.write_text(json.dumps(document), "utf-8")
    assert store.load().problem is not None
    assert not path.exists()


def test_a_newer_file_is_left_alone_and_nothing_is_written(path: Path) -> None:
    path.parent.mkdir()
    newer = b'{"version": 99, "accounts": "in another way"}'
    path.write_bytes(newer)
    store = ProfileStore(path)
    problem = store.load().problem
    assert problem is not None
    assert "newer" in problem.sentence.english()
    assert store.save(account()) == problem
    assert path.read_bytes() == newer


def test_an_older_file_is_migrated_step_by_step(path: Path) -> None:
    saved = account()
    ProfileStore(path).save(saved)

    def two(document: Document) -> Document:
        return {**document, "version": 2, "people": document["accounts"]}

    def three(document: Document) -> Document:
        return {"version": 3, "accounts": document["people"]}

    store = ProfileStore(path, migrations=(two, three))
    assert store.load().accounts == (saved,)
    store.rename(saved.id, "renamed")
    assert json.loads(path.read_text("utf-8"))["version"] == 3


def test_a_full_disk_loses_nothing_and_leaves_no_scraps(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ProfileStore(path)
    kept = account("kept")
    store.save(kept)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(json_file.os, "fsync", full)
    problem = store.save(account("lost"))
    monkeypatch.undo()
    assert problem is not None
    assert "disk is full" in problem.sentence.english()
    assert store.load().accounts == (kept,)
    left = {each.name for each in path.parent.iterdir()}
    assert left - {"lock"} == {path.name}  # Windows locks a file of that name, which stays


def test_a_folder_that_cannot_be_synced_is_no_loss(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def files_only(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(handle)

    monkeypatch.setattr(json_file.os, "fsync", files_only)
    store = ProfileStore(path)
    assert store.save(account()) is None
    assert len(store.load().accounts) == 1


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "data"
    blocked.write_text("in the way")
    store = ProfileStore(blocked / "accounts.json")
    problem = store.save(account())
    assert problem is not None
    assert problem.sentence.english()


def test_a_file_that_may_not_be_read_is_not_replaced(path: Path) -> None:
    path.mkdir(parents=True)  # a folder under the file's name: reading raises OSError
    store = ProfileStore(path)
    assert store.load().problem is not None
    assert store.save(account()) is not None
    assert path.is_dir()


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.EIO])
def test_every_reason_has_a_sentence(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(json_file.os, "fsync", refuse)
    problem = ProfileStore(path).save(account())
    assert problem is not None
    assert problem.sentence.english().endswith("nothing was saved.")
