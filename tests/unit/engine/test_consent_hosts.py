"""A name that stands in the settings without the person's yes counts as not entered."""

from __future__ import annotations

import pytest

from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.diagnosis.intake import take_in
from mailcheck_gui.engine.assignment import Assignment
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.account import AccountDraft, Credentials, Protocol, ServerDraft

ENTERED, SUGGESTED = "imap.example.org", "xn--mller-kva.example.org"

DRAFT = AccountDraft(
    "anna@example.org",
    ServerDraft(Protocol.IMAP, ENTERED),
    ServerDraft(Protocol.SMTP, "müller.example.org"),
)


@pytest.mark.parametrize(
    ("agreed", "unconfirmed", "hosts"),
    [
        (set(), set(), {ENTERED, SUGGESTED}),
        (set(), {SUGGESTED}, {ENTERED}),
        ({SUGGESTED}, {SUGGESTED}, {ENTERED, SUGGESTED}),
    ],
)
def test_a_credential_goes_only_where_the_person_said_so(
    agreed: set[str], unconfirmed: set[str], hosts: set[str]
) -> None:
    options = CheckOptions(agreed_hosts=frozenset(agreed), unconfirmed_hosts=frozenset(unconfirmed))
    assignment = Assignment(take_in(DRAFT, ()), Credentials(), options, load_thresholds(), ())
    assert assignment.hosts == hosts
