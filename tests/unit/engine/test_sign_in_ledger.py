from mailcheck_gui.engine.ledger import SignInLedger
from mailcheck_gui.model.account import Credential

HOST = "mail.example"
CREDENTIAL = Credential("anna", "secret word")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_same_is_recent_until_the_pause_is_over() -> None:
    clock = Clock()
    ledger = SignInLedger(clock)
    ledger.note(HOST, CREDENTIAL)
    clock.now += 599
    assert ledger.is_recent(HOST, CREDENTIAL, 600)
    clock.now += 1
    assert not ledger.is_recent(HOST, CREDENTIAL, 600)


def test_anything_that_differs_is_not_the_same() -> None:
    ledger = SignInLedger()
    ledger.note(HOST, CREDENTIAL)
    assert not ledger.is_recent("other.example", CREDENTIAL, 600)
    assert not ledger.is_recent(HOST, Credential("anna", "another word"), 600)
    assert not ledger.is_recent(HOST, Credential("anne", "secret word"), 600)
    assert not ledger.is_recent(HOST, Credential("anna\0secret", "word"), 600)


def test_nothing_of_the_credential_can_be_read_from_it() -> None:
    ledger = SignInLedger()
    ledger.note(HOST, CREDENTIAL)
    kept = repr(vars(ledger))
    assert "secret word" not in kept
    assert "anna" not in kept
