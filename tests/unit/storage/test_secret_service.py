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
