"""A cleaned text stays within its limit, whatever it is cleaned of."""

from __future__ import annotations

import pytest

from mailcheck_gui.diagnosis.pasted_text import PASTE_LIMIT, as_read, cleaned, nameless, paste


@pytest.mark.parametrize(
    "piece",
    ["a", "\ufdfa", "\u0958", "\ufb2c", "\u1e9b\u0323", "…", "a.bc ", "a@b ", "80042109 ", "\r\n"],
)
def test_cleaning_does_not_make_a_text_longer_than_its_limit(piece):
    text = (piece * PASTE_LIMIT)[:PASTE_LIMIT]
    for result in (paste(text), cleaned(text), nameless(cleaned(text))):
        assert len(result.text) == len(result.places) <= PASTE_LIMIT
    assert len(as_read(text)) <= PASTE_LIMIT


def test_the_start_of_a_text_that_grows_is_kept():
    text = "timed out " + "\ufdfa" * PASTE_LIMIT
    assert cleaned(text).text.startswith("timed out ")


def test_a_quote_leads_back_to_the_original():
    text = cleaned("…says “Timed\n OUT” now")
    start = text.text.index("timed out")
    assert text.quote(start, start + len("timed out")) == "Timed OUT"


def test_a_quote_hides_a_password():
    text = cleaned("Timed OUT, password: secret123")
    assert "secret123" in text.text
    assert text.quote(0, len(text.text)) == "Timed OUT, password: ***"
