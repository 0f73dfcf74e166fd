"""Fixtures of the end-to-end tests: the terminal, and healthy servers to try it on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import IMAP, IMAPS, SMTP, SMTPS, Street, Terminal, street


@pytest.fixture(scope="module")
def healthy() -> Iterator[Street]:
    """Return a street of healthy servers."""
    with street(p993=IMAPS, p143=IMAP, p465=SMTPS, p587=SMTP) as running:
        yield running


@pytest.fixture
def terminal(tmp_path: Path, healthy: Street) -> Terminal:
    """Return the terminal program, trusting the healthy servers."""
    return Terminal(tmp_path, healthy.runner.servers.authority.roots_pem)
