"""Mailcheck's terminal program run against the lab: scenarios, what is expected, what is proven."""

import pytest

pytest.register_assert_rewrite(
    "labcheck.examination", "labcheck.finding"
)  # a failed assertion shows its values
