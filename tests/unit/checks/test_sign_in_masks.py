import pytest

from mailcheck_gui.checks.sign_in import SignInBudget, masked, masked_answer
from mailcheck_gui.model.account import Role
from mailcheck_gui.protocols.errors import LocalProtocolError


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (b"AUTH PLAIN AGFubmEAc2VjcmV0\r\n", b"AUTH PLAIN ***"),
        (b"AUTH LOGIN\r\n", b"AUTH LOGIN"),
        (b"A3 AUTHENTICATE PLAIN AGFubmE=\r\n", b"A3 AUTHENTICATE PLAIN ***"),
        (b"A3 AUTHENTICATE PLAIN\r\n", b"A3 AUTHENTICATE PLAIN"),
        (b'A3 LOGIN "anna" "secret word"\r\n', b"A3 LOGIN ***"),
        (b"A3 LOGIN {4}\r\n", b"A3 LOGIN ***"),
        (b"USER anna\r\n", b"USER ***"),
        (b"APOP anna 0123456789abcdef\r\n", b"APOP ***"),
        (b"AGFubmEAc2VjcmV0\r\n", b"***"),
        (b"something new anna secret\r\n", b"***"),
    ],
)
def test_a_command_shows_its_verb_and_mechanism(command: bytes, shown: bytes) -> None:
    assert masked(command) == shown


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (b"PASS secret word\r\n", b"PASS ***"),
        (b"c2VjcmV0\r\n", b"***"),
        (b"AUTH is my password\r\n", b"***"),
        (b"*\r\n", b"***"),
    ],
)
def test_an_answer_shows_nothing(message: bytes, shown: bytes) -> None:
    assert masked_answer(message) == shown


def test_the_budget_is_one_exchange_for_each_side() -> None:
    budget = SignInBudget()
    assert budget.take(Role.INCOMING)
    assert not budget.take(Role.INCOMING)
    assert budget.take(Role.OUTGOING)


def test_only_an_exchange_without_a_secret_gives_the_budget_back() -> None:
    budget = SignInBudget()
    budget.take(Role.INCOMING)
    budget.settle(Role.INCOMING)
    assert budget.available(Role.INCOMING)
    budget.take(Role.INCOMING)
    budget.spend(Role.INCOMING)
    budget.settle(Role.INCOMING)
    assert not budget.available(Role.INCOMING)


def test_a_second_secret_is_our_own_fault() -> None:
    budget = SignInBudget()
    with pytest.raises(LocalProtocolError):
        budget.spend(Role.INCOMING)
    budget.take(Role.INCOMING)
    budget.spend(Role.INCOMING)
    with pytest.raises(LocalProtocolError):
        budget.spend(Role.INCOMING)
