"""More real texts, unseen until now, and what `mailcheck explain` makes of them."""

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

ROWS = texts(HERE / "data" / "explain_texts_more.toml")
UNTRUSTED = "SEC_ERROR_EXPIRED_CERTIFICATE"

Runs = list[tuple[TextRow, Run]]


@pytest.fixture(scope="module")
def runs(programs: LoadedPrograms, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Every text, explained."""
    return explain_all(ROWS, programs, tmp_path_factory.mktemp("texts"))


def test_enough_texts() -> None:
    """The texts are many, none is there twice, and none is one of the seen half."""
    seen = {row.text for row in texts(HERE / "data" / "explain_texts.toml")}
    assert len({row.text for row in ROWS}) == len(ROWS) >= 170
    assert sum(not row.codes for row in ROWS) >= 15
    assert not seen & {row.text for row in ROWS}


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


@pytest.mark.parametrize("text", [UNTRUSTED, "0x800CCC1A", "hello", "\x1b]8;;http://x\x07link"])
def test_in_words(text: str, programs: LoadedPrograms, tmp_path: Path) -> None:
    """Without --json the answer is text; where nothing matches, a sentence says so."""
    assert_spoken(programs.run(("explain", "-"), tmp_path, stdin=text.encode()))


def test_argument_and_input_agree(programs: LoadedPrograms, tmp_path: Path) -> None:
    """The same text is explained alike, whichever way it comes."""
    typed = explain(programs, UNTRUSTED, tmp_path / "typed", argument=True)
    piped = explain(programs, UNTRUSTED, tmp_path / "piped")
    assert typed.report == piped.report


def test_again(programs: LoadedPrograms, tmp_path: Path) -> None:
    """The same text is explained alike each time."""
    answers = [explain(programs, ROWS[0].text, tmp_path / str(n)).report for n in range(3)]
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize(
    "arguments",
    [("\u00a0\u2003", "--json"), ("--", ""), ("-j",), ("x", "--json=1")],
    ids=["invisible", "empty-behind-hyphens", "unknown-letter", "flag-with-value"],
)
def test_usage(arguments: tuple[str, ...], programs: LoadedPrograms, tmp_path: Path) -> None:
    """No text, no answer."""
    assert_refused(programs.run(("explain", *arguments), tmp_path))


# --- bad input ------------------------------------------------------------------------------

MARKED = {
    "colours": f"\x1b[1;31;40m{UNTRUSTED}\x1b[K\x1b[m".encode(),
    "back-spaces": f"{UNTRUSTED} x\x08\x08\x08".encode(),
    "form-feeds": f"\x0c{UNTRUSTED}\x0b\x1c".encode(),
    "latin-1": "Größe: ".encode("latin-1") + UNTRUSTED.encode(),
    "half-a-character": UNTRUSTED.encode() + b"\n\xe2\x82",
    "overlong": b"\xc0\xaf " + UNTRUSTED.encode(),
    "surrogates": b"\xed\xa0\x80 " + UNTRUSTED.encode(),
    "isolates": f"\u2067\u2066{UNTRUSTED}\u2069\u2069\u200f".encode(),
    "c1-controls": f"\u009b31m {UNTRUSTED} \u0085".encode(),
    "old-macintosh": f"a\rb\r{UNTRUSTED}\r".encode(),
    "quoted-mail": f"> > {UNTRUSTED}\n> > --\n".encode(),
    "tabs": f"\t\t{UNTRUSTED}\t\t".encode(),
    "long-before": b"x" * 40_000 + b"\n" + UNTRUSTED.encode(),
}


@pytest.mark.parametrize("name", MARKED)
def test_marks_do_not_hide_the_cause(name: str, programs: LoadedPrograms, tmp_path: Path) -> None:
    """Controls are shown, not obeyed, and the cause is found beside them."""
    done = explain(programs, MARKED[name], tmp_path)
    assert_answer(done, MARKED[name])
    assert first_codes(done)[:1] == ["certificate-expired"], done.describe()
    assert_spoken(programs.run(("explain", "-"), tmp_path / "words", stdin=MARKED[name]))


@pytest.mark.parametrize(
    "typed", [b" ", b"\t\t\t", "\u00a0\u2003".encode()], ids=["blank", "tabs", "wide-blanks"]
)
def test_no_text(typed: bytes, programs: LoadedPrograms, tmp_path: Path) -> None:
    """An empty text is refused."""
    assert_refused(programs.run(("explain", "-", "--json"), tmp_path, stdin=typed))


HEAVY = {
    "exactly-64-kib": b"a" * LONGEST_TEXT,
    "one-more": b"a" * (LONGEST_TEXT + 1),
    "two-megabytes": b"\xff" * 2_000_000,
    "codes": b"0x800CCC0E " * 5_000,
    "hex": b"0x800ccc" * 8_000,
    "numbers": b"1.2.3.4.5.6.7.8.9." * 3_000,
    "ats": b"a@" * 30_000,
    "hyphens": b"-" * 60_000,
    "blank-lines": b"a\n\n" * 20_000,
    "server-and-blanks": (b"server " + b" " * 200) * 300,
    "nested-quotes": b"> " * 30_000 + b"535",
    "one-long-word-of-errors": b"connectiontimedoutrefused" * 2_500,
    "zero-width": "\u200b".encode() * 20_000 + b"x",
    "colons": b"error: " * 9_000,
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
