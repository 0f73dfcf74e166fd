"""Whatever stands in a file of the catalogue, it is read or named: it may come with a package."""

from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from mailcheck_gui.catalogue.controls import ControlsError, parse_controls
from mailcheck_gui.catalogue.near import near_names, slips
from mailcheck_gui.catalogue.schema import parse_provider
from mailcheck_gui.catalogue.table import CatalogueError

LINES = [
    *('id = "x"', 'name = "X"', 'domains = ["x.example"]', "[[servers]]", "[[operator]]", "[a]"),
    *('protocol = "imap"', 'host = "imap.x.example"', "port = 993", "port = -1", 'port = "x"'),
    *('security = "implicit-tls"', 'auth = ["password"]', 'source = "s"', 'date = "2026-01"'),
    *('controls = ["a:25"]', 'controls = "a"', "controls = [1]", "x = {y = 1}", 'operator = "o"'),
    *('network = "AS1"', "domains = []", "controls = []", 'controls = ["a:99999"]'),
    *(
        "[names]",
        "[[limit]]",
        "[[conflict]]",
        'disputed = "s"',
        'domain_patterns = ["*.x.example"]',
    ),
    *("[username_forms]", 'imap = "full"', "[[preparation]]", 'text = "t"', "unknown = 1", "="),
]
toml_text = st.one_of(
    st.text(max_size=80), st.lists(st.sampled_from(LINES), max_size=20).map("\n".join)
)


@given(toml_text)
def test_any_text_is_a_provider_or_refused(text: str) -> None:
    with contextlib.suppress(CatalogueError):
        assert parse_provider("x.toml", text).id


@given(toml_text)
def test_any_text_is_a_list_of_controls_or_refused(text: str) -> None:
    with contextlib.suppress(ControlsError):
        assert all(1 <= control.port <= 65535 for control in parse_controls(text))


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_two_names_have_a_distance(one: str, other: str) -> None:
    assert slips(one, other) == slips(other, one)
    assert (slips(one, other) == 0) == (one == other)
    assert set(near_names(one, [other])) <= {other}
