"""Mailcheck's terminal program run against the lab: scenarios, what is expected, what is proven."""

import pytest

pytest.register_assert_rewrite("labcheck.examination")  # a failed assertion shows its values
