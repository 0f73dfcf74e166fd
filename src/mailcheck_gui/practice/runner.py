"""The practice servers in a thread of their own, for a face that has no event loop to spare."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from typing import Self

from mailcheck_gui.practice.accounts import PRACTICE_HOSTS
from mailcheck_gui.practice.network import PracticeNetwork
from mailcheck_gui.practice.servers import PracticeHost, PracticeServers


class PracticeRunner:
    """Starts the practice servers in a background thread and stops them without a trace.

    `network` may be used from any thread and any event loop while the servers run. A context
    manager; start and stop are called from the same thread.
    """

    def __init__(self, hosts: tuple[PracticeHost, ...] = PRACTICE_HOSTS) -> None:
        self.servers = PracticeServers(hosts)
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self.network = PracticeNetwork(self.servers)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        """Whether the servers are up."""
        return self._thread is not None

    def start(self) -> None:
        """Start the servers and return once they listen. Raises OSError where they cannot."""
        if self._thread is not None:
            return
        ready: Future[None] = Future()
        self._stop = asyncio.Event()
        thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(ready)), name="practice-servers", daemon=True
        )
        thread.start()
        try:
            ready.result()
        except BaseException:
            thread.join()
            raise
        self._thread = thread

    def stop(self) -> None:
        """Stop the servers and wait until the thread has ended. May be called twice."""
        thread, self._thread = self._thread, None
        if thread is None or self._loop is None:
            return
        self._loop.call_soon_threadsafe(self._stop.set)
        thread.join()

    async def _serve(self, ready: Future[None]) -> None:
        self._loop = asyncio.get_running_loop()
        try:
            await self.servers.start()
        except Exception as error:  # noqa: BLE001 - raised again where `start` waits
            ready.set_exception(error)
            return
        ready.set_result(None)
        try:
            await self._stop.wait()
        finally:
            await self.servers.stop()
