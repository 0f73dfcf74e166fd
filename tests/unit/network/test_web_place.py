"""Which addresses of pages something may be fetched from."""

from __future__ import annotations

import pytest

from mailcheck_gui.network.web_place import read_place


@pytest.mark.parametrize("label", ["a" * 64, "a" * 200, "xn--" + "9" * 60])
def test_a_name_with_a_part_that_is_too_long_is_not_asked(label: str) -> None:
    assert read_place(f"https://{label}.example/") is None
    assert read_place(f"https://www.{label}/") is None


def test_the_longest_part_that_a_name_may_have() -> None:
    place = read_place(f"https://{'a' * 63}.example/")
    assert place is not None
    assert place.host == f"{'a' * 63}.example"
