"""The desk: one practice server and bare connections to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from bare_client import Desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(stack)
