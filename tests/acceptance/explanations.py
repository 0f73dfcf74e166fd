"""Texts that people paste, and what `mailcheck explain` has to make of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from acceptance.harness import (
    HERE,
    OK,
    Json,
    Run,
    assert_clean_text,
    is_unsafe,
    start,
    wording_faults,
)
from acceptance.loaded import LoadedPrograms

RIGHT_SHARE = 0.95
MOST_MATCHES = 5
LONGEST_TEXT = 64 * 1024
_CONFIDENCES = {"certain", "likely", "possible"}
_KEYS = {
    "id": str, "title": str, "meaning": str, "codes": list, "check": list, "matched": str,
    "said_by": str, "confidence": str, "source": str,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class TextRow:
    """A pasted text and the findings that may be named first.

    Without codes no check shows the cause, or it is no mail error: nothing may be certain then.
    """

    name: str
    text: str
    codes: tuple[str, ...]
    where: str

    @property
    def is_argument(self) -> bool:
        """Every other text is given as an argument; what looks like an option cannot be one."""
        return not self.text.startswith("-") and int(self.name) % 2 == 0


def texts(file: Path) -> list[TextRow]:
    """The rows of a file of texts, numbered."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["texts"]
    return [
        TextRow(f"{number:03}", row["text"], tuple(row["codes"]), row["where"])
        for number, row in enumerate(rows, start=1)
    ]


def explain_all(
    rows: Sequence[TextRow], programs: LoadedPrograms, folder: Path
) -> list[tuple[TextRow, Run]]:
    """Explain every text, each in a run of its own."""

    def job(row: TextRow, place: Path) -> Run:
        return explain(programs, row.text, place, argument=row.is_argument)

    batch = start(rows, job, folder)
    try:
        return list(zip(rows, batch.finished(), strict=True))
    finally:
        batch.close()


def explain(
    programs: LoadedPrograms, text: str | bytes, folder: Path, *, argument: bool = False
) -> Run:
    """Explain *text*, given as an argument or on standard input, as JSON."""
    if argument:
        assert isinstance(text, str)
        return programs.run(("explain", text, "--json"), folder)
    typed = text.encode() if isinstance(text, str) else text
    return programs.run(("explain", "-", "--json"), folder, stdin=typed)


def first_codes(done: Run) -> list[str]:
    """The codes of the best match, likeliest first."""
    matches = done.report["matches"]
    return list(matches[0]["codes"]) if matches else []


def wrong_causes(runs: Sequence[tuple[TextRow, Run]]) -> list[str]:
    """The mail errors whose cause is not named first, in words."""
    return [
        f"{row.name} ({row.where}): {first_codes(done)[:3]}, not {list(row.codes[:3])}: "
        f"{row.text[:160]!r}"
        for row, done in runs
        if row.codes and not set(first_codes(done)[:1]) & set(row.codes)
    ]


def wrongly_certain(runs: Sequence[tuple[TextRow, Run]]) -> list[str]:
    """The texts without a cause to be found in which something is certain all the same."""
    return [
        f"{row.name} ({row.where}): {match['id']} for {match['matched']!r}"
        for row, done in runs
        if not row.codes
        for match in done.report["matches"][:1]
        if match["confidence"] == "certain" and match["codes"]
    ]


# --- the contract of one answer -------------------------------------------------------------


def assert_answer(done: Run, typed: bytes = b"") -> Json:
    """Hold a run against the contract of `explain --json`.

    A long text is given back shortened: what was recognised then stands in *typed*.
    """
    assert done.status == OK, done.describe()
    assert done.stderr == b"", done.describe()
    assert not done.asked, done.asked
    report = done.report
    assert report["version"] == 1
    assert len(report["text"]) <= LONGEST_TEXT * 4  # each byte may be shown as \xNN
    assert not any(is_unsafe(mark) for each in _strings(report) for mark in each), done.describe()
    assert len(report["matches"]) <= MOST_MATCHES
    for match in report["matches"]:
        _assert_match(match, report["text"] + "\n" + typed.decode("utf-8", "backslashreplace"))
    ids = [match["id"] for match in report["matches"]]
    assert len(ids) == len(set(ids)), ids
    return report


def _assert_match(match: Json, text: str) -> None:
    wrong = {key for key, kind in _KEYS.items() if not isinstance(match.get(key), kind)}
    assert not wrong, f"{wrong} in {match}"
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", match["id"]), match["id"]
    assert match["confidence"] in _CONFIDENCES, match
    assert match["title"].strip(), match
    assert match["meaning"].strip(), match
    assert all(isinstance(each, str) and each.strip() for each in match["check"]), match
    unknown = set(match["codes"]) - finding_codes()
    assert not unknown, f"{unknown} are no findings"
    assert match["matched"].strip(), match
    assert _plain(match["matched"]) in _plain(text), f"{match['matched']!r} is not in the text"


def answer_wording_faults(report: Json) -> list[str]:
    """Where the sentences of an answer break the rules for words."""
    return [
        f"{match['id']}: {fault}"
        for match in report["matches"]
        for sentence in (match["title"], match["meaning"], *match["check"])
        for fault in wording_faults(sentence)
    ]


def assert_spoken(done: Run) -> None:
    """The answer in words: something is said, and nothing raw reaches the terminal."""
    assert done.status == OK, done.describe()
    assert done.out.strip(), done.describe()
    assert done.stderr == b"", done.describe()
    assert not done.asked, done.asked
    assert_clean_text(done.out)


def finding_codes() -> set[str]:
    """The codes of all findings."""
    lines = (HERE / "data" / "finding_codes.tsv").read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[0] for line in lines[1:]}


def _plain(text: str) -> str:
    return " ".join(text.split())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
