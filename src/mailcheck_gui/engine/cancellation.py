"""What becomes of a request to cancel that was met with a result."""

from __future__ import annotations

import asyncio


def forgive_cancellation() -> None:
    """Tell asyncio that the request to cancel was met; else the next `timeout` would misread it."""
    task = asyncio.current_task()
    if task is not None:
        while task.cancelling():
            task.uncancel()
