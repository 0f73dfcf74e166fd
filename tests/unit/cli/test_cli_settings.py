from __future__ import annotations

import json
from pathlib import Path

import pytest

from mailcheck_gui.cli.arguments import parse_arguments
from mailcheck_gui.cli.exit_status import Unusable
from mailcheck_gui.cli.settings import Settings, collect_settings
from mailcheck_gui.model.account import (
    AccountDraft,
    AuthMethod,
    Protocol,
    Security,
    ServerDraft,
)
from mailcheck_gui.storage.folders import HOME_VARIABLE, user_folders
from mailcheck_gui.storage.profiles import ProfileStore
from mailcheck_gui.storage.saved_account import SavedAccount


def collected(*argv: str) -> Settings:
    return collect_settings(parse_arguments(["check", *argv]))


@pytest.fixture
def settings_file(tmp_path: Path) -> str:
    path = tmp_path / "settings.json"
    document = {
        "version": 1,
        "email": "anna@example.com",
        "incoming": {"protocol": "pop3", "host": "pop.example.com", "port": 110, "auth": "oauth2"},
        "outgoing": {"protocol": "smtp", "host": "smtp.example.com", "username": "anna"},
    }
    path.write_text(json.dumps(document))
    return str(path)


def test_options_alone() -> None:
    draft = collected("--imap", "a.example:143", "--smtp", "b.example/none", "--user", "u").draft
    assert draft.incoming == ServerDraft(Protocol.IMAP, "a.example", "143", username="u")
    assert draft.outgoing == ServerDraft(
        Protocol.SMTP, "b.example", "", Security.NONE, username="u"
    )
    assert draft.same_credentials


def test_another_user_and_method_for_sending() -> None:
    draft = collected(
        *("--pop3", "a.example", "--smtp", "b.example", "--user", "u", "--smtp-user", "v"),
        *("--auth", "encrypted-password", "--smtp-auth", "none"),
    ).draft
    assert draft.incoming is not None
    assert draft.outgoing is not None
    assert draft.incoming.protocol is Protocol.POP3
    assert (draft.incoming.username, draft.outgoing.username) == ("u", "v")
    assert draft.incoming.auth is AuthMethod.ENCRYPTED_PASSWORD
    assert draft.outgoing.auth is AuthMethod.NONE
    assert not draft.same_credentials


def test_a_settings_file(settings_file: str) -> None:
    draft = collected("--settings", settings_file).draft
    assert draft.email == "anna@example.com"
    assert draft.incoming is not None
    assert (draft.incoming.host, draft.incoming.auth) == ("pop.example.com", AuthMethod.OAUTH2)


def test_options_override_the_file(settings_file: str) -> None:
    draft = collected(
        *("--settings", settings_file, "--imap", "imap.example.com", "--email", "b@example.com")
    ).draft
    assert draft.email == "b@example.com"
    assert draft.incoming == ServerDraft(
        Protocol.IMAP, "imap.example.com", "", None, AuthMethod.OAUTH2
    )
    assert draft.outgoing is not None
    assert (draft.outgoing.host, draft.outgoing.username) == ("smtp.example.com", "anna")


@pytest.mark.parametrize("text", ["[]", "no json", '{"version": 2}', '{"version": 1, "x": 1}'])
def test_a_file_that_cannot_be_used(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    with pytest.raises(Unusable, match="settings file"):
        collected("--settings", str(path))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="could not be read"):
        collected("--settings", str(tmp_path / "none.json"))


def test_nothing_at_all() -> None:
    with pytest.raises(Unusable, match="No server is given"):
        collected()


def test_saved_accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    draft = AccountDraft("a@example.com", incoming=ServerDraft(Protocol.IMAP, "imap.example.com"))
    saved = SavedAccount("id1", "home", draft)
    assert ProfileStore(user_folders().accounts_file).save(saved) is None
    assert collected("--account", "home") == Settings(draft, saved)
    with pytest.raises(Unusable, match="no saved account called work"):
        collected("--account", "work")


def test_a_damaged_list_of_accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    path = user_folders().accounts_file
    path.parent.mkdir(parents=True)
    path.write_text('{"version": 999}')
    with pytest.raises(Unusable, match="newer Mailcheck"):
        collected("--account", "home")
