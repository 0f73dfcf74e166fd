from __future__ import annotations

import asyncio
import threading

import pytest

from mailcheck_gui.network.threads import in_daemon_thread


def test_the_result_comes_back_from_a_daemon_thread_of_that_name() -> None:
    def who() -> tuple[str, bool]:
        thread = threading.current_thread()
        return thread.name, thread.daemon

    assert asyncio.run(in_daemon_thread(who, "look-up")) == ("look-up", True)


def test_an_error_is_raised_where_the_result_is_awaited() -> None:
    def fail() -> None:
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        asyncio.run(in_daemon_thread(fail, "look-up"))


def test_a_cancelled_caller_does_not_wait_and_the_late_result_is_dropped() -> None:
    may_end, ended = threading.Event(), threading.Event()

    def hang() -> str:
        may_end.wait(10)
        ended.set()
        return "too late"

    async def wait_briefly() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(in_daemon_thread(hang, "hanging"), 0.05)

    asyncio.run(wait_briefly())
    assert not ended.is_set()
    may_end.set()
    assert ended.wait(10)
    for thread in threading.enumerate():
        if thread.name == "hanging":
            thread.join(10)  # an error in it would fail this test
