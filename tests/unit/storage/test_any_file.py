"""Whatever stands in a file of ours, reading it ends in a value or a typed error."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailcheck_gui.storage.json_file import MAX_BYTES, NotJson, parse_object
from mailcheck_gui.storage.preferences import Preferences, load_preferences
from mailcheck_gui.storage.profiles import Profiles, ProfileStore
from mailcheck_gui.storage.settings_file import (
    SettingsFileError,
    draft_to_object,
    parse_settings,
    read_settings_file,
)

KEYS = [
    *("version", "name", "email", "same_credentials", "incoming", "outgoing", "protocol", "host"),
    *("port", "security", "auth", "username", "password", "accounts", "theme", "x"),
]
VALUES = ["imap", "pop3", "smtp", "starttls", "none", "implicit-tls", "password", "oauth2", ""]
text = st.text(st.characters(exclude_characters="@?#;:,."), max_size=9)  # no password beside it
leaf = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(VALUES),
    text,
)
value = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=12,
)
document = st.dictionaries(st.sampled_from(KEYS), value, max_size=8).map(
    lambda found: {"version": 1, **found}
)
side = st.fixed_dictionaries(
    {"protocol": st.sampled_from(["imap", "smtp"]), "host": text},
    optional={"port": st.integers(), "auth": st.sampled_from(VALUES), "username": leaf},
)
near = st.fixed_dictionaries(
    {"version": st.just(1), "email": text},
    optional={"incoming": side, "outgoing": side, "name": leaf, "same_credentials": leaf},
)
file_bytes = st.one_of(
    st.binary(max_size=200),
    st.one_of(document, near).map(lambda found: json.dumps(found).encode()),
    st.lists(
        st.sampled_from(
            [b"{", b"}", b"[", b'"version"', b":", b"1", b",", b"1e999", b"NaN", b"\xff"]
        ),
        max_size=30,
    ).map(b"".join),
)
same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.one_of(document, near))
def test_any_object_is_an_account_or_refused(found: dict[str, object]) -> None:
    with contextlib.suppress(SettingsFileError):
        draft = parse_settings(found)
        assert parse_settings({"version": 1, **draft_to_object(draft)}) == draft


@same_folder
@given(file_bytes)
def test_any_settings_file_is_read_or_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(raw)
    with contextlib.suppress(SettingsFileError):
        assert read_settings_file(path).email is not None


@same_folder
@given(file_bytes)
def test_any_file_of_preferences_gives_preferences(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(raw)
    assert isinstance(load_preferences(path), Preferences)


@same_folder
@given(file_bytes)
def test_any_file_of_accounts_is_read_or_kept_aside(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "accounts.json"
    for old in tmp_path.iterdir():
        old.unlink()
    path.write_bytes(raw)
    assert isinstance(ProfileStore(path).load(), Profiles)
    assert raw in [kept.read_bytes() for kept in tmp_path.iterdir()]


@pytest.mark.parametrize("raw", [b"[" * 100_000, b'{"a":' * 100_000, b"9" * 100_000, b'"' * 99])
def test_deep_and_long_documents_are_refused(raw: bytes) -> None:
    with pytest.raises(NotJson):
        parse_object(raw)


@pytest.mark.timeout(20)
def test_a_file_full_of_keys_is_read_without_counting_them_for_each() -> None:
    """Counting needs many minutes for these; the time-out is there to catch only that."""
    keys = {f"{number:x}": 0 for number in range(400_000)}
    raw = json.dumps(keys, separators=(",", ":")).encode()
    assert MAX_BYTES * 0.9 < len(raw) <= MAX_BYTES
    assert parse_object(raw) == keys
