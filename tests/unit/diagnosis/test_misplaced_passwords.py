"""A password in the box of the address or of the user name is shown nowhere."""

from __future__ import annotations

import pytest
from diagnosis_builders import IMAP, SMTP, typed

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.diagnosis.misplaced_passwords import without_passwords
from mailcheck_gui.model.account import AccountDraft

PROVIDERS = load_providers()
SECRET = "Hunter2secret"


def shown(email="anna@example.com", user="", sending_user="", secret=SECRET):
    draft = AccountDraft(email, typed(IMAP, username=user), typed(SMTP, username=sending_user))
    return without_passwords(take_in(draft, PROVIDERS), frozenset({secret}), PROVIDERS)


@pytest.mark.parametrize(
    ("boxes", "email", "users"),
    [
        ({"user": SECRET}, "anna@example.com", ("***", "***")),
        ({"user": f" {SECRET}\t"}, "anna@example.com", ("***", "***")),
        ({"sending_user": SECRET}, "anna@example.com", ("anna@example.com", "***")),
        ({"email": SECRET}, "***", ("***", "***")),
        ({"email": f"{SECRET},", "secret": f"{SECRET},"}, "***", ("***", "***")),
        ({"email": SECRET, "user": "anna"}, "***", ("anna", "anna")),
    ],
)
def test_a_name_that_is_the_password_is_hidden(boxes, email, users):
    intake = shown(**boxes)
    account = intake.account
    assert account.email == email
    assert (account.incoming.username, account.outgoing.username) == users
    assert SECRET not in repr(intake)


@pytest.mark.parametrize("user", ["anna", "Hunter2", "hunter2secret", "anna@example.com"])
def test_other_names_stay(user):
    assert shown(user=user).account.incoming.username == user


def test_the_part_before_the_at_stays_since_the_address_shows_it():
    assert shown(user="anna", secret="anna").account.incoming.username == "anna"
