"""What a check can tell of an explanation, and the words for causes without a server."""

from __future__ import annotations

import pytest

from mailcheck_gui.diagnosis.explain import explain
from mailcheck_gui.diagnosis.explain_check import CheckHelp, check_help
from mailcheck_gui.diagnosis.texts.general import REMEDIES, TITLES, general_cause
from mailcheck_gui.diagnosis.texts.table import CAUSES
from mailcheck_gui.model.account import Role

BOTH = frozenset({Role.INCOMING, Role.OUTGOING})
CODES = [code for code in CAUSES if ":" not in code]


@pytest.mark.parametrize(
    ("text", "roles", "password"),
    [
        ("wrong version number", BOTH, False),
        ("535 5.7.8 authentication failed", BOTH, True),
        ("-ERR [IN-USE] locked", frozenset({Role.INCOMING}), True),
        ("553 sender address rejected: not owned by user", frozenset({Role.OUTGOING}), True),
        ("501 syntactically invalid HELO argument(s)", BOTH, False),
        ("certificate has expired", BOTH, False),
    ],
)
def test_which_check_helps(text, roles, password):
    found = check_help(explain(text)[0])
    assert (found.roles, found.password) == (roles, password)


def test_no_check_helps_where_no_finding_stands_behind():
    found = check_help(explain("550 5.1.1 recipient address rejected: user unknown")[0])
    assert found == CheckHelp()
    assert not found.serves(BOTH)


def test_an_account_without_the_side_does_not_serve():
    found = check_help(explain("-ERR [IN-USE] locked")[0])
    assert found.serves(BOTH)
    assert not found.serves(frozenset({Role.OUTGOING}))


@pytest.mark.parametrize("code", CODES)
def test_general_words_hold_no_places_for_values(code):
    cause = general_cause(code)
    assert "{" not in cause.title.template + cause.remedy.template
    assert cause.title.template
    assert len(cause.title.template.split()) <= 20
    assert cause.remedy.template or code == "sign-in-not-tested"


def test_only_what_names_something_has_general_words_of_its_own():
    assert {code for code in CODES if "{" in CAUSES[code].title.template} == set(TITLES)
    assert {code for code in CODES if "{" in CAUSES[code].remedy.template} == set(REMEDIES)
