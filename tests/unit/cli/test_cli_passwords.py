from __future__ import annotations

import io
from dataclasses import replace

import keyring
import pytest

from mailcheck_gui.cli.arguments import parse_arguments
from mailcheck_gui.cli.exit_status import Unusable
from mailcheck_gui.cli.passwords import (
    Secrets,
    collect_secrets,
    credentials_for,
    read_secrets,
)
from mailcheck_gui.model.account import (
    Account,
    AccountDraft,
    AuthMethod,
    Protocol,
    Role,
    Security,
    Server,
)
from mailcheck_gui.reporting.wording import untranslated
from mailcheck_gui.storage.saved_account import KeychainEntry, SavedAccount

IMAP = Server(Protocol.IMAP, "i.example", "i.example", 993, Security.IMPLICIT_TLS, username="u")
SMTP = Server(Protocol.SMTP, "s.example", "s.example", 465, Security.IMPLICIT_TLS, username="v")
ACCOUNT = Account("a@example.com", IMAP, SMTP)
AWKWARD = ' é " & \\ < '


@pytest.mark.parametrize(
    ("raw", "secrets"),
    [
        (f"{AWKWARD}\n".encode(), Secrets(AWKWARD, AWKWARD)),
        (b"one\r\ntwo\r\n", Secrets("one", "two")),
        (b"one\n\n", Secrets("one", "one")),
        (b"one", Secrets("one", "one")),
        (b"one\ntwo\nthree\n", Secrets("one", "two")),
    ],
)
def test_lines_of_standard_input(raw: bytes, secrets: Secrets) -> None:
    assert read_secrets(io.BytesIO(raw), "Password") == secrets


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "No password arrived"),
        (b"\nsecond\n", "No password arrived"),
        (b"\xff\xfe\n", "not UTF-8"),
        (b"x" * 20_000, "too long"),
    ],
)
def test_input_that_cannot_be_read(raw: bytes, words: str) -> None:
    with pytest.raises(Unusable, match=words) as caught:
        read_secrets(io.BytesIO(raw), "Password")
    assert caught.value.__cause__ is None
    assert "xff" not in str(caught.value)


def test_a_terminal_is_asked_and_shows_nothing(asked: list[str]) -> None:
    assert read_secrets(_TerminalBytes(b"not read\n"), "Password") == Secrets(
        "answer 1", "answer 1"
    )
    assert asked == ["Password: "]


def test_nothing_shows_a_secret() -> None:
    assert "pw" not in repr(Secrets("pw", "pw"))
    assert "pw" not in repr(credentials_for(ACCOUNT, Secrets("pw", "pw")))


def test_credentials_only_for_sides_that_sign_in() -> None:
    account = replace(ACCOUNT, outgoing=replace(SMTP, auth=AuthMethod.NONE))
    made = credentials_for(account, Secrets("pw", "pw"))
    assert made.incoming is not None
    assert (made.incoming.username, made.incoming.secret) == ("u", "pw")
    assert made.outgoing is None


class _TerminalBytes(io.BytesIO):
    def isatty(self) -> bool:
        return True


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let standard input be a terminal, and note what is asked there."""
    questions: list[str] = []

    def answer(prompt: str) -> str:
        questions.append(prompt)
        return f"answer {len(questions)}"

    monkeypatch.setattr("sys.stdin", _Terminal(io.BytesIO()))
    monkeypatch.setattr("getpass.getpass", answer)
    return questions


def collected(account: Account = ACCOUNT, *argv: str, saved: SavedAccount | None = None) -> Secrets:
    return collect_secrets(parse_arguments(["check", *argv]), account, saved, untranslated)


def test_a_prompt_on_a_terminal(asked: list[str]) -> None:
    assert collected() == Secrets("answer 1", "answer 1")
    assert asked == ["Password of u at i.example: "]


def test_two_prompts_where_sending_has_its_own(asked: list[str]) -> None:
    assert collected(replace(ACCOUNT, same_credentials=False)) == Secrets("answer 1", "answer 2")
    assert len(asked) == 2


def test_a_token_is_called_a_token(asked: list[str]) -> None:
    collected(replace(ACCOUNT, incoming=replace(IMAP, auth=AuthMethod.OAUTH2)))
    assert asked[0].startswith("Token of u")


def test_nobody_is_asked_in_vain(asked: list[str]) -> None:
    assert collected(ACCOUNT, "--no-sign-in") == Secrets()
    no_sign_in = replace(IMAP, auth=AuthMethod.NONE)
    assert collected(Account("a@example.com", no_sign_in)) == Secrets()
    assert asked == []


def test_nobody_is_asked_without_a_terminal(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"not asked for\n")))
    assert collected() == Secrets()
    assert asked == []


@pytest.mark.parametrize("raw", [b"a\x00b\n", b"a\tb\n", b"fine\na\x7fb\n"])
def test_control_characters_are_refused(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    with pytest.raises(Unusable, match="control character"):
        collected(ACCOUNT, "--password-stdin")


class _Keychain:
    """Stands in for the system's keychain."""

    def __init__(self, entries: dict[tuple[str, str], str]) -> None:
        self._entries = entries

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries.get((service, username))


def saved(*roles: Role, same: bool = True) -> SavedAccount:
    entries = tuple(KeychainEntry.of("id1", role, "u") for role in roles)
    return SavedAccount("id1", "home", AccountDraft(same_credentials=same), entries)


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    entries: dict[tuple[str, str], str] = {}
    monkeypatch.setattr("mailcheck_gui.storage.credentials.is_allowed", lambda _: True)
    monkeypatch.setattr(keyring, "get_keyring", lambda: _Keychain(entries))
    return entries


def test_passwords_of_a_saved_account(
    keychain: dict[tuple[str, str], str], asked: list[str]
) -> None:
    keychain["mailcheck/id1/incoming", "u"] = "one"
    keychain["mailcheck/id1/outgoing", "u"] = "two"
    assert collected(saved=saved(Role.INCOMING, Role.OUTGOING)) == Secrets("one", "two")
    assert collected(saved=saved(Role.INCOMING)) == Secrets("one", "one")
    assert asked == []


def test_what_the_keychain_does_not_hold_is_asked_for(
    keychain: dict[tuple[str, str], str], asked: list[str]
) -> None:
    assert collected(saved=saved()) == Secrets("answer 1", "answer 1")
    keychain["mailcheck/id1/incoming", "u"] = "one"
    assert collected(saved=saved(Role.INCOMING, same=False)) == Secrets("one", "answer 2")
    assert asked == ["Password of u at i.example: ", "Password of v at s.example: "]


def test_without_a_terminal_the_keychain_is_all_there_is(
    keychain: dict[tuple[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"not asked for\n")))
    keychain["mailcheck/id1/incoming", "u"] = "one"
    assert collected(saved=saved(Role.INCOMING, same=False)) == Secrets("one", None)
