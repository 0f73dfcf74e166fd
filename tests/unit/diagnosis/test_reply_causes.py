"""Replies of real servers, word for word, and the one cause that each of them names."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from mailcheck_gui.diagnosis.replies import SENDING_REPLIES, SIGN_IN_REPLIES, first_fit, readable

NOTHING = ""

FOLDER = Path(__file__).parent / "replies"


def texts(name: str) -> list[tuple[str, bytes, tuple[str, ...]]]:
    """Return cause, reply and codes of each row of a table; `-` stands for no cause."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        (
            NOTHING if row["cause"] == "-" else row["cause"],
            row["reply"].replace(r"\r\n", "\r\n").encode(),
            tuple(row["codes"].split()),
        )
        for row in rows
    ]


SIGN_IN_TEXTS = texts("sign_in")
SENDING_TEXTS = texts("sending")


def named(rows, reply, codes):
    row = first_fit(rows, reply, codes)
    return row.cause.partition(":")[0] if row else NOTHING


@pytest.mark.parametrize(("cause", "reply", "codes"), SIGN_IN_TEXTS)
def test_what_a_refused_sign_in_says(cause, reply, codes):
    assert named(SIGN_IN_REPLIES, reply, codes) == cause


@pytest.mark.parametrize(("cause", "reply", "codes"), SENDING_TEXTS)
def test_what_a_refused_envelope_says(cause, reply, codes):
    assert named(SENDING_REPLIES, reply, codes) == cause


def test_every_cause_of_the_tables_is_shown_by_a_text():
    for rows, said in ((SIGN_IN_REPLIES, SIGN_IN_TEXTS), (SENDING_REPLIES, SENDING_TEXTS)):
        assert {row.cause.partition(":")[0] for row in rows} == {text[0] for text in said} - {
            NOTHING
        }


def test_lines_are_joined_without_their_codes():
    assert readable(b"534-5.7.9 One\r\n534 5.7.9 two\r\n") == "One two"


def test_a_flood_of_words_is_read_in_time_linear_in_it():
    flood = b"550 " + b"user too many exceeded account password " * 200
    assert first_fit(SIGN_IN_REPLIES, flood, ("550",)) is None
