"""The settings file: what is accepted, what is named in a refusal, and the way back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck_gui.model.account import (
    AccountDraft,
    AuthMethod,
    Protocol,
    Security,
    ServerDraft,
)
from mailcheck_gui.model.pasted_address import email_without_secrets, without_pasted_secrets
from mailcheck_gui.storage.settings_file import (
    SettingsFileError,
    draft_from_object,
    draft_to_object,
    parse_settings,
    read_settings_file,
)

FULL = {
    "version": 1,
    "name": "Office",
    "email": "info@example.com",
    "same_credentials": False,
    "incoming": {
        "protocol": "pop3",
        "host": "pop.example.com",
        "port": 995,
        "security": "implicit-tls",
        "auth": "encrypted-password",
        "username": "info",
    },
    "outgoing": {"protocol": "smtp", "host": "smtp.example.com"},
}


def refusal(document: dict[str, object]) -> str:
    with pytest.raises(SettingsFileError) as caught:
        parse_settings(document)
    return caught.value.sentence.english()


def file_refusal(path: Path, raw: bytes) -> str:
    path.write_bytes(raw)
    with pytest.raises(SettingsFileError) as caught:
        read_settings_file(path)
    return caught.value.sentence.english()


def with_port(port: object) -> dict[str, object]:
    side = {"protocol": "imap", "host": "h", "port": port}
    return {"version": 1, "email": "a@example.com", "incoming": side}


def test_every_key_is_read() -> None:
    draft = parse_settings(FULL)
    assert draft == AccountDraft(
        email="info@example.com",
        name="Office",
        same_credentials=False,
        incoming=ServerDraft(
            Protocol.POP3,
            "pop.example.com",
            "995",
            Security.IMPLICIT_TLS,
            AuthMethod.ENCRYPTED_PASSWORD,
            "info",
        ),
        outgoing=ServerDraft(Protocol.SMTP, "smtp.example.com"),
    )


def test_what_is_left_out_is_left_open() -> None:
    draft = parse_settings(
        {"version": 1, "email": "", "incoming": {"protocol": "imap", "host": "h"}}
    )
    assert draft.outgoing is None
    assert draft.same_credentials is True
    assert draft.incoming == ServerDraft(Protocol.IMAP, "h", "", None, None, "")


@pytest.mark.parametrize("port", [0, 70000, -1])
def test_a_number_that_is_no_port_is_kept_for_the_intake_to_judge(port: int) -> None:
    incoming = parse_settings(with_port(port)).incoming
    assert incoming is not None
    assert incoming.port == str(port)


@pytest.mark.parametrize("port", ["993", "", "IMAP", 99.5, 993.0, True, None, [993]])
def test_a_port_is_a_whole_number(port: object) -> None:
    assert '"incoming.port"' in refusal(with_port(port))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"colour": 1}, '"colour"'),
        ({"incoming": {"protocol": "imap", "host": "h", "tls": True}}, '"incoming.tls"'),
        ({"incoming": {"protocol": "smtp", "host": "h"}}, '"incoming.protocol"'),
        ({"outgoing": {"protocol": "imap", "host": "h"}}, '"outgoing.protocol"'),
        ({"outgoing": {"protocol": "smtp", "host": "h", "security": "ssl"}}, "implicit-tls"),
        ({"outgoing": {"protocol": "smtp", "host": "h", "auth": "cram-md5"}}, "oauth2"),
        ({"outgoing": {"protocol": "smtp"}}, '"outgoing.host"'),
        ({"outgoing": {"host": "h"}}, '"outgoing.protocol"'),
        ({"outgoing": "smtp.example.com"}, '"outgoing"'),
        ({"outgoing": None}, '"outgoing"'),
        ({"incoming": {"protocol": "imap", "host": 7}}, '"incoming.host"'),
        ({"incoming": {"protocol": "imap", "host": "h", "username": 7}}, '"incoming.username"'),
        ({"incoming": {"protocol": "imap", "host": "h", "security": None}}, '"incoming.security"'),
        ({"name": ["Office"]}, '"name"'),
        ({"same_credentials": "yes"}, '"same_credentials"'),
        ({"email": None}, '"email"'),
        ({"version": 2}, "version 2"),
        ({"version": "1"}, 'version "1";'),
        ({"version": True}, "version true;"),
        ({"version": None}, "version null;"),
        ({"version": 1.0}, "version 1.0;"),
        ({"password": "hunter2"}, "no password"),
        ({"incoming": {"protocol": "imap", "host": "h", "Password": "x"}}, "incoming.Password"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, object], named: str) -> None:
    assert named in refusal({**FULL, **change})


def test_a_password_in_the_file_is_not_repeated() -> None:
    assert "hunter2" not in refusal({**FULL, "password": "hunter2"})


@pytest.mark.parametrize("key", ["version", "email"])
def test_a_missing_key_is_named(key: str) -> None:
    document = {name: value for name, value in FULL.items() if name != key}
    assert f'"{key}"' in refusal(document)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"{\n  'version': 1}", "Line 2 is not written in JSON"),
        (b'{"version": 1,\n "email": "a@exa', "Line 2 is not written in JSON"),
        (b"[]", "no braces"),
        (b"\xff\xfe{}", "UTF-8"),
        (b'{"version": 1, "version": 1}', '"version" stands twice'),
        (b'{"version": ' + b"9" * 5000 + b"}", "too long"),
        (b"[" * 100_000, "nested"),
        (b" " * (4 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_what_is_no_settings_file_says_so_and_which_it_is(
    tmp_path: Path, raw: bytes, says: str
) -> None:
    sentence = file_refusal(tmp_path / "shop.json", raw)
    assert says in sentence
    assert "shop.json" in sentence


def test_a_byte_order_mark_is_no_reason_to_refuse(tmp_path: Path) -> None:
    path = tmp_path / "shop.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(FULL).encode())
    assert read_settings_file(path).name == "Office"


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsFileError) as caught:
        read_settings_file(tmp_path / "none.json")
    assert "none.json" in caught.value.sentence.english()


texts = st.text(max_size=30)
servers = st.builds(
    ServerDraft,
    protocol=st.sampled_from([Protocol.IMAP, Protocol.POP3]),
    host=texts,
    port=texts | st.integers(0, 99999).map(str),
    security=st.none() | st.sampled_from(Security),
    auth=st.none() | st.sampled_from(AuthMethod),
    username=texts,
)


def without_passwords(draft: AccountDraft) -> AccountDraft:
    """Return a draft without what may be a password within a pasted address."""
    incoming, outgoing = (
        side and replace(side, host=without_pasted_secrets(side.host))
        for side in (draft.incoming, draft.outgoing)
    )
    email = email_without_secrets(draft.email)
    return replace(draft, email=email, incoming=incoming, outgoing=outgoing)


@given(
    st.builds(
        AccountDraft,
        email=texts,
        incoming=st.none() | servers,
        outgoing=st.none() | st.builds(ServerDraft, protocol=st.just(Protocol.SMTP), host=texts),
        same_credentials=st.booleans(),
        name=texts,
    )
)
def test_what_was_typed_survives_as_a_saved_account(draft: AccountDraft) -> None:
    stored = json.loads(json.dumps(draft_to_object(draft)))
    assert draft_from_object(stored, any_port=True) == without_passwords(draft)
