"""The end of finished conversations: the answer to QUIT or LOGOUT is read beside the run."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from mailcheck_gui.checks.wire import Ended, Wire
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.network.deadline import Deadline


class Farewells:
    """Closes conversations whose goodbye was sent, so that no one waits for a last round trip.

    The server's answer is read where there is time, since closing with unread bytes makes the
    kernel send RST, and some servers log that as a broken client.
    """

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds
        self._leaving: dict[asyncio.Task[None], AsyncExitStack] = {}

    def take_over(self, wire: Wire, open_things: AsyncExitStack) -> None:
        """Read the answer to the goodbye, then close what `open_things` holds."""
        task = asyncio.create_task(self._leave(wire, open_things))
        self._leaving[task] = open_things
        task.add_done_callback(self._leaving.pop)

    async def finish(self) -> None:
        """Close what is still open, answered or not."""
        leaving = dict(self._leaving)
        for task in leaving:
            task.cancel()
        await asyncio.gather(*leaving, return_exceptions=True)
        for open_things in leaving.values():  # a task cancelled before its first step closed none
            await open_things.aclose()

    async def _leave(self, wire: Wire, open_things: AsyncExitStack) -> None:
        deadline = Deadline.after(self._thresholds.goodbye_timeout)
        async with open_things:
            try:
                await wire.reply(deadline)
            except Ended:
                return  # hanging up without an answer is a goodbye too
