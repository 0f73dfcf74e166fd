"""Fixtures of the network layer: an authority, and a context that trusts it."""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from network_certificates import Issued, issue, new_authority

from mailcheck_gui.network.connection import open_connection
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Connected, Connection
from mailcheck_gui.network.trust import verifying_context

Result = TypeVar("Result")
With = Callable[[Connection], Awaitable[Result]]


@pytest.fixture(scope="session")
def authority() -> Issued:
    return new_authority()


@pytest.fixture(scope="session")
def good(authority: Issued) -> Issued:
    return issue(authority)


@pytest.fixture
def context(authority: Issued) -> ssl.SSLContext:
    made = verifying_context()
    made.load_verify_locations(cadata=authority.pem)
    return made


@pytest.fixture
def judging_context(authority: Issued) -> ssl.SSLContext:
    made = verifying_context(check_times=False, check_name=False)
    made.load_verify_locations(cadata=authority.pem)
    return made


@pytest.fixture
def good_server(good: Issued, tmp_path: Path) -> ssl.SSLContext:
    return good.server_context(tmp_path)


@pytest.fixture
def talk() -> Callable[[int, With[Result]], Result]:
    """Return a function that connects to a loopback port, runs a coroutine on it and closes."""

    def run(port: int, conversation: With[Result]) -> Result:
        async def connect_and_run() -> Result:
            opened = await open_connection("127.0.0.1", port, Deadline.after(5))
            assert isinstance(opened, Connected)
            try:
                return await conversation(opened.connection)
            finally:
                await opened.connection.close()

        return asyncio.run(connect_and_run())

    return run


@pytest.fixture
def old_server(good: Issued, tmp_path: Path) -> ssl.SSLContext:
    """A server that speaks TLS 1.0 and 1.1 only."""
    made = good.server_context(tmp_path)
    made.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old on purpose
        made.maximum_version = ssl.TLSVersion.TLSv1_1
    made.set_ciphers("ALL:@SECLEVEL=0")
    return made
