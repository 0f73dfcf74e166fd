"""Consent is kept by the name that goes out: however a host is written, it is the same host."""

from __future__ import annotations

from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.model.account import AccountDraft, Protocol, ServerDraft
from mailcheck_gui.storage.credentials import MemoryStore
from mailcheck_gui.storage.saved_account import SavedAccount
from mailcheck_gui.ui.account_session import AccountSession
from mailcheck_gui.ui.requests import TypedPasswords

DRAFT = AccountDraft("anna@straße.de", ServerDraft(Protocol.IMAP, "imap.straße.de"))


def test_an_umlaut_host_without_a_yes_gets_no_password() -> None:
    for written in ("imap.xn--strae-oqa.de", "imap.straße.de"):
        saved = SavedAccount("id-1", "Anna", DRAFT, unconfirmed=(written,))
        session = AccountSession(MemoryStore(), saved)
        session.remember(TypedPasswords("a secret"))
        account = take_in(DRAFT, ()).account
        assert account is not None
        assert session.hosts_to_ask(account) == ("imap.straße.de",)
        assert session.credentials(account).incoming is None
        session.agree(account)
        assert session.unconfirmed == ()
        assert session.credentials(account).incoming is not None
