"""What `mailcheck explain` makes of real texts, and of input that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from acceptance.explanations import (
    LONGEST_TEXT,
    RIGHT_SHARE,
    TextRow,
    answer_wording_faults,
    assert_answer,
    assert_spoken,
    explain,
    explain_all,
    first_codes,
    texts,
    wrong_causes,
    wrongly_certain,
)
from acceptance.harness import HERE, USAGE, Run, assert_clean_text, assert_refused
from acceptance.loaded import LoadedPrograms

pytestmark = pytest.mark.timeout(600)  # hundreds of runs: a busy machine may take its time

ROWS = texts(HERE / "data" / "explain_texts.toml")
REFUSED = "535 5.7.8 Error: authentication failed: authentication failure"

Runs = list[tuple[TextRow, Run]]


@pytest.fixture(scope="module")
def runs(programs: LoadedPrograms, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Every text, explained."""
    return explain_all(ROWS, programs, tmp_path_factory.mktemp("texts"))


def test_enough_texts() -> None:
    """The texts are many, and none is there twice."""
    assert len({row.text for row in ROWS}) == len(ROWS) >= 170
    assert sum(not row.codes for row in ROWS) >= 15


def test_answers_keep_the_contract(runs: Runs) -> None:
    """Every answer has the shape of the contract; nobody was asked."""
    for _, done in runs:
        assert_answer(done)


def test_the_right_cause_comes_first(runs: Runs) -> None:
    """In 95 of 100 mail errors the best match names the right cause first."""
    errors = sum(bool(row.codes) for row, _ in runs)
    wrong = wrong_causes(runs)
    share = 1 - len(wrong) / errors
    assert share >= RIGHT_SHARE, f"{share:.1%} of {errors}:\n" + "\n".join(wrong)


def test_nothing_is_certain_of_other_texts(runs: Runs) -> None:
    """A text that is no mail error, or that no check can show, is not explained with certainty."""
    wrong = wrongly_certain(runs)
    assert not wrong, "\n".join(wrong)


def test_words(runs: Runs) -> None:
    """The sentences are short, blame nobody and shout at nobody."""
    faults = {fault for _, done in runs for fault in answer_wording_faults(done.report)}
    assert not faults, "\n".join(sorted(faults))


# --- faces ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [REFUSED, "0x800CCC0E", "curl: (35) wrong version number", "Preheat the oven", "\x1b[2J\x07"],
)
def test_in_words(text: str, programs: LoadedPrograms, tmp_path: Path) -> None:
    """Without --json the answer is text; where nothing matches, a sentence says so."""
    assert_spoken(programs.run(("explain", "-"), tmp_path, stdin=text.encode()))


@pytest.mark.parametrize("text", ["-ERR [AUTH] Authentication failed.", "--- 0x800CCC92 ---"])
def test_leading_hyphen(text: str, programs: LoadedPrograms, tmp_path: Path) -> None:
    """What looks like an option is a text behind the double hyphen."""
    done = programs.run(("explain", "--json", "--", text), tmp_path)
    assert_answer(done)
    assert first_codes(done)[:1] == ["sign-in-failed"], done.describe()


@pytest.mark.parametrize(
    "arguments",
    [(), ("--json",), ("", "--json"), (" \t ",), ("x", "--no-such-option")],
    ids=["nothing", "only-an-option", "empty", "only-blanks", "unknown-option"],
)
def test_usage(arguments: tuple[str, ...], programs: LoadedPrograms, tmp_path: Path) -> None:
    """No text, no answer."""
    assert_refused(programs.run(("explain", *arguments), tmp_path))


# --- bad input ------------------------------------------------------------------------------

MARKED = {
    "escapes": f"\x1b[31m{REFUSED}\x1b[0m\x07".encode(),
    "title-escape": f"\x1b]0;owned\x07{REFUSED}".encode(),
    "nul-bytes": f"\0\0{REFUSED}\0".encode(),
    "not-utf-8": b"\xff\xfe\xe9 " + REFUSED.encode() + b" \x80\xfc",
    "bidi": f"\u202e{REFUSED}\u202c \u2066x\u2069".encode(),
    "byte-order-mark": f"\ufeff{REFUSED}".encode(),
    "line-ends": f"\r\n\r\n{REFUSED}\r\n".encode(),
    "carriage-returns": f"first\r{REFUSED}\rlast".encode(),
    "blanks-around": f"{' ' * 500}{REFUSED}{chr(0xA0) * 500}".encode(),
    "long-after": REFUSED.encode() + b"\n" + b"x" * 40_000,
    "html": f"<script>alert(1)</script><b>{REFUSED}</b>".encode(),
}


@pytest.mark.parametrize("name", MARKED)
def test_marks_do_not_hide_the_cause(name: str, programs: LoadedPrograms, tmp_path: Path) -> None:
    """Controls are shown, not obeyed, and the cause is found beside them."""
    done = explain(programs, MARKED[name], tmp_path)
    assert_answer(done, MARKED[name])
    assert first_codes(done)[:1] == ["sign-in-failed"], done.describe()
    assert_spoken(programs.run(("explain", "-"), tmp_path / "words", stdin=MARKED[name]))


def test_other_bytes_are_shown(programs: LoadedPrograms, tmp_path: Path) -> None:
    """Bytes that are no UTF-8 appear as escapes."""
    report = assert_answer(explain(programs, b"535 \xff\xe9 denied", tmp_path))
    assert r"\xff" in report["text"].lower()
    assert r"\xe9" in report["text"].lower()


@pytest.mark.parametrize(
    "typed", [b"", b"   \n\t\r\n", b"\n" * 70_000], ids=["nothing", "blanks", "lines"]
)
def test_no_text(typed: bytes, programs: LoadedPrograms, tmp_path: Path) -> None:
    """An empty text is refused."""
    done = programs.run(("explain", "-", "--json"), tmp_path, stdin=typed)
    assert_refused(done)


HEAVY = {
    "a-megabyte": REFUSED.encode() + b"\n" + b"a" * 1_000_000,
    "a-megabyte-of-nul": b"\0" * 1_000_000,
    "digits": b"0x" + b"8" * 60_000,
    "replies": b"535 " * 15_000,
    "half-replies": b"550-" * 15_000,
    "brackets": b"([{<" * 15_000,
    "blanks-inside": b"connection" + b" " * 60_000 + b"timed out",
    "lines": b"550-x\n" * 10_000,
    "quotes": b"\"'" * 30_000,
    "accents": "e\u0301\u0323".encode() * 10_000,
    "percent-and-braces": b"%s%n{host}{0}$(id)`id`" * 2_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_text(name: str, programs: LoadedPrograms, tmp_path: Path) -> None:
    """A long or hostile text ends in an answer or in a refusal with a sentence."""
    done = explain(programs, HEAVY[name], tmp_path)
    if done.status == USAGE:
        assert len(HEAVY[name]) > LONGEST_TEXT, done.describe()
        assert_refused(done)
    else:
        assert_answer(done, HEAVY[name])
    assert_clean_text(done.err)
