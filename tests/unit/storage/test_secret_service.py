"""The keychain's contract on a real Secret Service (GNOME's), and what a locked one answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("secretstorage", reason="only Linux has a Secret Service", exc_type=ImportError)

import secretstorage
from credential_contract import SECRET, CredentialStoreContract
from desktop_session import missing_programs, run_secret_service
from jeepney.io.blocking import open_dbus_connection
from keyring.backends.SecretService import Keyring

from mailcheck_gui.storage.credentials import CredentialStore, KeychainStore, StoreState
from mailcheck_gui.storage.saved_account import KeychainEntry

MISSING = missing_programs()

pytestmark = [
    pytest.mark.secret_service,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]


@pytest.fixture(scope="module")
def bus() -> Iterator[str]:
    with run_secret_service() as address:
        yield address


class TestSecretService(CredentialStoreContract):
    @pytest.fixture
    def store(self, bus: str, monkeypatch: pytest.MonkeyPatch) -> CredentialStore:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
        return KeychainStore(Keyring)

    def test_one_service_holds_one_user(
        self, store: CredentialStore, entry: KeychainEntry, bus: str
    ) -> None:
        store.write(entry, "old")
        store.write(entry, SECRET)
        with open_dbus_connection(bus=bus) as connection:
            items = secretstorage.get_default_collection(connection).get_all_items()
            attributes = [item.get_attributes() for item in items]
        mine = [each for each in attributes if each.get("service") == entry.service]
        assert [each["username"] for each in mine] == [entry.username]
        store.delete(entry)


class _Unreadable(Keyring):
    """The real keychain, but that it breaks when it is asked for what it has."""

    def get_password(self, service: str, username: str) -> str | None:
        raise OSError("the bus is gone")


def test_what_cannot_be_read_back_does_not_stay(
    bus: str, monkeypatch: pytest.MonkeyPatch, entry: KeychainEntry
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    answer = KeychainStore(_Unreadable).write(entry, SECRET)
    assert (answer.state, answer.left_behind) == (StoreState.BROKEN, False)
    assert Keyring().get_password(entry.service, entry.username) is None


def test_without_a_service_there_is_no_keychain_and_no_exception(
    monkeypatch: pytest.MonkeyPatch, entry: KeychainEntry
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    answer = KeychainStore(Keyring).read(entry)
    assert not answer.done
    assert answer.state in (StoreState.LOCKED, StoreState.BROKEN)


@pytest.fixture
def entry() -> KeychainEntry:
    return KeychainEntry("mailcheck/nobody/incoming", "nobody")
