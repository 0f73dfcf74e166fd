"""What an error text means: real texts, the ranking, and anything at all."""

from __future__ import annotations

import pytest
from explain_table import NO_CAUSE, UNKNOWN, explain_texts
from hypothesis import given
from hypothesis import strategies as st

from mailcheck_gui.catalogue.explanations import load_common, load_explanations
from mailcheck_gui.diagnosis.explain import MOST, explain
from mailcheck_gui.diagnosis.pasted_text import PASTE_LIMIT
from mailcheck_gui.diagnosis.texts.table import CAUSES
from mailcheck_gui.model.explanation import Explanation


def first_code(text):
    found = explain(text)
    if not found:
        return UNKNOWN
    return found[0].codes[0] if found[0].codes else NO_CAUSE


@pytest.mark.parametrize(("acceptable", "text"), explain_texts())
def test_the_likeliest_cause_comes_first(acceptable, text):
    assert first_code(text) in acceptable


def test_the_rows_name_findings():
    for acceptable, text in explain_texts():
        assert acceptable <= {*CAUSES, NO_CAUSE, UNKNOWN}, text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0x80042109 The server responded: 535 5.7.8 authentication failed", "sign-in-failed"),
        ("0x800CCC0F lost connection: certificate has expired", "certificate-expired"),
        ("550 5.1.1 The server says: relay access denied", "relay-denied"),
        ("Sending of the message failed: wrong version number", "tls-on-starttls-port"),
        ("535 Error: STARTTLS is required, must issue a STARTTLS", "sign-in-needs-encryption"),
    ],
)
def test_what_says_more_outranks_a_code(text, code):
    assert first_code(text) == code


FORMS = (
    "0x800CCC0E",
    "0X800CCC0E",
    "800ccc0e",
    "Ox800CCC0E",
    "0×800CCC0E",
    "0x800CC0E",
    "(0x800CCC0E)",
    "Error: '0x800CCC0E'.",
    "-2146644978",
    "2148322318",
    "<p>0x800CCC0E</p>",
    "> 0x800CCC0E",
    "\u202e0x800CCC0E\u200b",
)


@pytest.mark.parametrize("text", FORMS)
def test_every_form_of_a_code_is_the_same_code(text):
    assert explain(text)[0].id == explain("0x800ccc0e")[0].id


@pytest.mark.parametrize(
    "text",
    [
        "The target principal name is incorrect.",
        "THE TARGET PRINCIPAL\r\n   NAME IS INCORRECT",
        "> The target principal\n> name is incorrect",
        "The&nbsp;target <b>principal</b> name is incorrect",
        "The target\u00a0principal name\u00ad is incorrect",
        "The target principal=\n name is incorrect",
    ],
)
def test_layout_does_not_matter(text):
    assert first_code(text) == "certificate-name-mismatch"


@pytest.mark.parametrize("quote", ["doesn't", "doesn’t", "doesn´t", "doesn`t"])
def test_an_apostrophe_may_be_of_any_kind(quote):
    assert first_code(f"the server {quote} advertise that feature") == "starttls-not-offered"


def test_names_of_people_and_servers_say_nothing():
    texts = ("relay.example.com", "timeout@certificate-expired.example", "spam.refused.example.net")
    for text in texts:
        assert explain(f"I use {text} here") == ()


def test_what_was_recognised_is_quoted_as_it_stands_there():
    found = explain("…says “The Target PRINCIPAL\r\n  name is Incorrect” – why?")
    assert found[0].matched == "Target PRINCIPAL name is Incorrect"


def test_the_one_who_says_it_is_named():
    assert explain("0x800CCC1A")[0].said_by == "Outlook (classic)"


def test_a_password_is_not_repeated():
    found = explain("AUTH PLAIN AGFubmEAc2VjcmV0\r\n535 5.7.8 authentication failed")
    assert "AGFubmEAc2VjcmV0" not in repr(found)


def test_the_same_explanation_comes_once():
    found = explain("timed out timed out 10060 connection timed out")
    assert len({explanation.id for explanation in found}) == len(found)


def test_there_are_five_at_most():
    every = "\n".join(text for _, text in explain_texts())
    assert len(explain(every)) == MOST


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "\u200b", "????", "12345", "Grüße aus Köln"])
def test_what_says_nothing_means_nothing(text):
    assert explain(text) == ()


@pytest.mark.parametrize("common", load_common(), ids=lambda common: common.label)
def test_every_text_to_pick_from_is_known(common):
    assert explain(common.text)


def test_texts_to_pick_from_stand_by_program():
    names = [common.said_by for common in load_common()]
    assert sorted(names, key=names.index) == names
    assert len({(common.said_by, common.label) for common in load_common()}) == len(names)


def test_every_explanation_has_all_of_its_words():
    for error in load_explanations().errors:
        assert error.meaning.template
        assert error.title.template or error.codes


WORDS = st.sampled_from([word for _, text in explain_texts() for word in text.split()])
ANYTHING = st.one_of(
    st.text(max_size=400),
    st.binary(max_size=400).map(lambda raw: raw.decode("utf-8", "surrogateescape")),
    st.lists(WORDS, max_size=60).map(" ".join),
)


@given(ANYTHING)
def test_any_text_ends_in_explanations(text):
    found = explain(text)
    assert len(found) <= MOST
    assert all(isinstance(explanation, Explanation) for explanation in found)
    assert all(explanation.title.template and explanation.checks for explanation in found)


@pytest.mark.parametrize(
    "piece", ["a", "x@", "1.", "550-", "0x", "too many ", "<", "&", "\n> ", "(("]
)
def test_what_is_behind_the_limit_is_not_read(piece):
    flood = (piece * PASTE_LIMIT)[:PASTE_LIMIT]
    assert explain(f"{flood}0x800CCC1A wrong version number") == explain(flood)
