"""Consent is kept by the name that goes out: however a host is written, it is the same host."""

from __future__ import annotations

from dataclasses import replace

from found_samples import IMAP, PROVEN_GUESS, SECURE, UNVERIFIED

from mailcheck_gui.diagnosis.hosts import read_host
from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.model.account import AccountDraft, Protocol, Role, ServerDraft
from mailcheck_gui.model.discovery import SettingsCandidate
from mailcheck_gui.storage.credentials import MemoryStore
from mailcheck_gui.storage.saved_account import SavedAccount
from mailcheck_gui.ui.account_session import AccountSession
from mailcheck_gui.ui.requests import FillRequest, TypedPasswords

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
        session.agree(session.hosts_to_ask(account))
        assert session.unconfirmed == ()
        assert session.credentials(account).incoming is not None


# Settings that were found


def fill(session: AccountSession, candidate: SettingsCandidate) -> None:
    session.fill(FillRequest(candidate, TypedPasswords("a secret", "a secret")))


def hosts_with_password(session: AccountSession) -> set[str]:
    """Return the hosts that a check would send the password to."""
    account = take_in(session.draft, ()).account
    assert account is not None
    credentials = session.credentials(account)
    return {server.host for role, server in account.sides() if credentials.of(role) is not None}


def test_secure_settings_need_no_question() -> None:
    session = AccountSession(MemoryStore())
    fill(session, SECURE)
    assert session.unconfirmed == ()
    assert hosts_with_password(session) == {"imap.example.org", "smtp.example.org"}


def test_unverified_settings_wait_for_the_yes() -> None:
    session = AccountSession(MemoryStore())
    fill(session, UNVERIFIED)
    assert session.unconfirmed == ("imap.example.org", "smtp.example.org")
    assert hosts_with_password(session) == set()
    account = take_in(session.draft, ()).account
    assert account is not None
    assert session.hosts_to_ask(account) == ("imap.example.org", "smtp.example.org")
    session.agree(session.hosts_to_ask(account))
    assert hosts_with_password(session) == {"imap.example.org", "smtp.example.org"}


def test_the_yes_is_for_the_hosts_that_were_asked_and_no_others() -> None:
    session = AccountSession(MemoryStore())
    session.fill(FillRequest(UNVERIFIED, TypedPasswords("a secret", "")))
    session.edit(replace(session.draft, same_credentials=False))
    account = take_in(session.draft, ()).account
    assert account is not None
    assert session.hosts_to_ask(account) == ("imap.example.org",)
    session.agree(("imap.example.org",))
    session.add_passwords(TypedPasswords("", "another secret"))
    assert session.agreed == {"imap.example.org"}
    assert session.hosts_to_ask(account) == ("smtp.example.org",)
    assert hosts_with_password(session) == {"imap.example.org"}


def test_a_found_name_waits_for_the_yes_also_as_the_form_will_read_it() -> None:
    session = AccountSession(MemoryStore())
    joined = replace(IMAP, host="क्\u200dष.example", ascii_host="xn--11b2ezcw70k.example")
    fill(session, replace(UNVERIFIED, incoming=joined))
    assert hosts_with_password(session) == set()


def test_a_name_with_a_joiner_waits_for_the_yes() -> None:
    session = AccountSession(MemoryStore())
    read = read_host("xn--11b2ezcw70k.example")
    found = replace(IMAP, host=read.host, ascii_host=read.ascii_host)
    fill(session, replace(UNVERIFIED, incoming=found))
    assert session.unconfirmed == ("smtp.example.org", "xn--11b2ezcw70k.example")
    assert hosts_with_password(session) == set()


def test_a_proven_guess_waits_for_the_yes() -> None:
    session = AccountSession(MemoryStore())
    fill(session, PROVEN_GUESS)
    assert session.unconfirmed == ("imap.example.org", "smtp.example.org")
    assert hosts_with_password(session) == set()


def test_only_the_side_that_was_learnt_insecurely_waits() -> None:
    session = AccountSession(MemoryStore())
    fill(session, replace(SECURE, outgoing_from=UNVERIFIED.origin(Role.OUTGOING)))
    assert session.unconfirmed == ("smtp.example.org",)
    assert hosts_with_password(session) == {"imap.example.org"}


def test_a_host_that_was_typed_before_stays_entered() -> None:
    session = AccountSession(MemoryStore())
    session.edit(AccountDraft("anna@example.org", ServerDraft(Protocol.IMAP, "IMAP.example.org")))
    fill(session, UNVERIFIED)
    assert session.unconfirmed == ("smtp.example.org",)


def test_a_name_without_a_yes_does_not_become_entered_by_filling_twice() -> None:
    session = AccountSession(MemoryStore())
    fill(session, UNVERIFIED)
    fill(session, UNVERIFIED)
    assert session.unconfirmed == ("imap.example.org", "smtp.example.org")


def test_a_secure_source_confirms_what_an_insecure_one_named() -> None:
    session = AccountSession(MemoryStore())
    fill(session, UNVERIFIED)
    fill(session, SECURE)
    assert session.unconfirmed == ()


def test_what_is_saved_keeps_waiting_for_the_yes() -> None:
    session = AccountSession(MemoryStore())
    fill(session, UNVERIFIED)
    again = AccountSession(MemoryStore(), session.to_save("Anna"))
    again.remember(TypedPasswords("a secret", "a secret"))
    assert hosts_with_password(again) == set()


def test_a_side_that_was_not_found_stays_as_it_was() -> None:
    session = AccountSession(MemoryStore())
    outgoing = ServerDraft(Protocol.SMTP, "smtp.mine.example", "587")
    session.edit(AccountDraft("anna@example.org", None, outgoing))
    fill(session, replace(SECURE, outgoing=None, outgoing_proof=None))
    assert session.draft.outgoing == outgoing
    assert session.draft.incoming is not None
    assert session.draft.incoming.host == "imap.example.org"


def test_another_user_name_for_sending_is_kept_apart() -> None:
    session = AccountSession(MemoryStore())
    assert SECURE.outgoing is not None
    fill(session, replace(SECURE, outgoing=replace(SECURE.outgoing, username="anna-out")))
    assert not session.draft.same_credentials
    fill(session, SECURE)
    assert session.draft.same_credentials
