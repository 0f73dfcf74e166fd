"""The book of error texts: what ships, what the schema refuses, what the linter finds."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest

from mailcheck_gui.catalogue.explanations import (
    ExplanationsError,
    load_explanations,
    parse_common,
    parse_errors,
)
from mailcheck_gui.catalogue.explanations_lint import LONGEST, lint_explanations, longest_match
from mailcheck_gui.model.finding import Confidence
from mailcheck_gui.model.known_error import ErrorBook

ROOT = Path(__file__).parents[3]
GOOD = """
[[error]]
id = "one"
meaning = "It means this."
codes = ["sign-in-failed"]
source = "RFC 4954"
sign = [{ by = "Someone", strength = 7, words = ['login …denied', '@535'] }]
"""
FORBIDDEN = re.compile(
    r"\b(please|invalid|failed|failure|error|security|sorry|oops|illegal|abort|your fault)\b|!",
    re.IGNORECASE,
)


def book(text: str = GOOD) -> ErrorBook:
    return ErrorBook(parse_errors("x.toml", text))


def lint(text: str) -> tuple[str, ...]:
    return lint_explanations(book(text), ["sign-in-failed"], [])


def texts() -> list[str]:
    every = [(error.title, error.meaning, *error.checks) for error in load_explanations().errors]
    return [text.template for group in every for text in group if text.template]


def test_the_tool_finds_nothing_wrong_with_what_ships():
    tool = ROOT / "tools" / "check_explanations.py"
    done = subprocess.run(
        [sys.executable, tool, "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("text", texts())
def test_sentences_are_short_and_calm(text):
    assert not FORBIDDEN.search(text)
    assert all(name is None for _, name, _, _ in Formatter().parse(text))
    for sentence in re.split(r"(?<=[.?:])\s+", text):
        assert len(sentence.split()) <= 20, sentence


def test_titles_end_without_a_full_stop_and_the_rest_with_one():
    for error in load_explanations().errors:
        assert not error.title.template.endswith(".")
        assert all(text.template.endswith(".") for text in (error.meaning, *error.checks))


def test_no_sentence_advises_less_encryption():
    for text in texts():
        assert not re.search(
            r"(switch|turn) off (encryption|ssl|tls)", re.sub("Do not.*", "", text)
        )


def test_one_entry_is_read_whole():
    (error,) = book().errors
    assert (error.id, error.codes, error.confidence) == (
        "one", ("sign-in-failed",), Confidence.LIKELY,
    )  # fmt: skip
    first, second = error.signs
    assert first.said_by == "Someone"
    assert first.words.search("login by somebody denied")
    assert not first.words.search("login " + "x" * 200 + " denied")
    assert second.words.search("got 535 back")


@pytest.mark.parametrize("text", ["10:535", "5350", "1.535.2", "535 kb".replace(" ", ":0"), "+535"])
def test_a_reply_code_is_no_other_number(text):
    (error,) = book().errors
    assert not error.signs[1].words.search(text)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("[[error]]", "[[fault]]"), "not known"),
        (("[[error]]", "[[error"), "Expected"),
        (('id = "one"', ""), "is not a text"),
        (('meaning = "It means this."', 'meaning = ""'), "is not a text"),
        (('source = "RFC 4954"', ""), "is not a text"),
        (('codes = ["sign-in-failed"]', 'codes = "x"'), "is not a list of str"),
        (("strength = 7", "strength = 10"), "is not 1 to 9"),
        (("strength = 7", 'strength = "7"'), "is not 1 to 9"),
        (("strength = 7", "strenght = 7"), "not known"),
        (("strength = 7", 'strength = 7, names = "no"'), "is not true or false"),
        (("login …denied", "Login"), "is not in lower case"),
        (("login …denied", "(login"), "missing"),
        (('source = "RFC 4954"', 'source = "x"\nconfidence = "sure"'), "confidence"),
    ],
)
def test_a_slip_in_a_file_is_named(change, reason):
    with pytest.raises(ExplanationsError, match=r"x\.toml") as raised:
        parse_errors("x.toml", GOOD.replace(*change))
    assert reason in str(raised.value)


def test_a_text_to_pick_from_needs_all_of_its_parts():
    with pytest.raises(ExplanationsError, match="text"):
        parse_common("common.toml", '[[text]]\nby = "A"\nlabel = "B"\n')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + GOOD, "stands in the book 2 times"),
        (GOOD.replace("'@535'", "'@535', '@535'"), "stands there 2 times"),
        (GOOD.replace("sign-in-failed", "sign-in-odd"), "is no finding"),
        (GOOD.replace('["sign-in-failed"]', "[]"), "needs a title and checks"),
        (GOOD.replace("'@535'", "'a+b'"), "takes in"),
        (GOOD.replace("'@535'", "'a(?=.*b)'"), "takes in"),
        (GOOD.replace("'@535'", "'(?:ab{1,50}){1,50}'"), "takes in"),
        (GOOD.replace("'@535'", "'a?'"), "fits every text"),
        (GOOD.replace("sign =", "replies = ['odd']\nsign ="), "no server's reply"),
        (re.sub("sign = .*", "", GOOD), "nothing leads to it"),
    ],
)
def test_the_linter_finds_a_planted_fault(text, said):
    assert any(said in fault for fault in lint(text))


def test_a_reply_wants_exactly_one_explanation():
    faults = lint_explanations(book(), ["sign-in-failed"], ["mailbox-full"])
    assert faults == ("mailbox-full: 0 errors explain this reply",)


def test_a_clean_book_has_no_faults():
    assert lint(GOOD) == ()


def test_the_longest_match_counts_looks_ahead():
    assert longest_match(re.compile("ab{1,3}")) == 4
    assert longest_match(re.compile("a(?!b{1,9})")) == 9
    assert longest_match(re.compile("a*")) > LONGEST
