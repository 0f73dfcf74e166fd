"""Whatever a server sends is shown inert: capped, without controls, without invisible marks."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from work import count_calls

from mailcheck_gui.model.quoting import QUOTE_LIMIT, quote, visible_text

LONGEST_MARK = len("⟨U+10FFFF⟩")
raw_bytes = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(
        st.sampled_from(
            [b"\x1b[31m", b"\x00", b"\x07", b"\r", b"\n", b"\xe2\x80\xae", b"\xe2\x81\xa6",
             b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xff", b"<b>", b"\xc2\x9b", b"\xf3\xa0\x81\x81"]
        ),
        max_size=20,
    ).map(b"".join),
)  # fmt: skip


@given(raw_bytes, st.integers(0, 60))
def test_quoted_bytes_are_inert_and_short(raw: bytes, limit: int) -> None:
    shown = quote(raw, limit)
    assert len(shown) <= limit * LONGEST_MARK + 1
    hidden = {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    assert hidden <= {"\n", "\t"}
    assert shown.encode("utf-8").decode("utf-8") == shown  # no surrogate is left


@given(st.text(max_size=200))
def test_visible_text_keeps_what_can_be_seen(text: str) -> None:
    assert visible_text(text, 200) == visible_text(visible_text(text, 200), 200 * LONGEST_MARK)


def test_a_megabyte_costs_no_more_than_what_is_shown() -> None:
    small = count_calls(lambda: quote(b"\x07" * QUOTE_LIMIT * 4))
    assert count_calls(lambda: quote(b"\x07" * 2**20)) <= small + 10
