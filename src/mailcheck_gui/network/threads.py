"""Blocking calls in daemon threads of our own.

asyncio's default executor will not do: `asyncio.run` joins its workers at the end, so that one
hung `getaddrinfo` would hold the whole program for as long as the system's resolver likes.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


async def in_daemon_thread(work: Callable[[], Result], name: str) -> Result:
    """Run a blocking call and return its result or raise its error.

    A cancelled caller is free at once; the thread ends when the call does, its result is dropped.
    """
    future: Future[Result] = Future()
    thread = threading.Thread(target=_fulfil, args=(future, work), name=name, daemon=True)
    thread.start()
    return await asyncio.wrap_future(future)


def _fulfil(future: Future[Result], work: Callable[[], Result]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - it is raised again where the result is awaited
        future.set_exception(error)
    else:
        future.set_result(result)
