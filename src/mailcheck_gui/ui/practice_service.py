"""The practice servers, started when the first practice check needs them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailcheck_gui.network.seam import Network
    from mailcheck_gui.practice.runner import PracticeRunner


class PracticeService:
    """Hands out the practice Network. Safe to use from several threads of checks at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runner: PracticeRunner | None = None

    def network(self) -> Network:
        """Return the Network that leads to the running servers; start them where needed.

        Takes a moment the first time (keys are made), so it is called in the thread of a check.
        Raises OSError where loopback cannot be used.
        """
        from mailcheck_gui.practice.runner import PracticeRunner

        with self._lock:
            if self._runner is None:
                runner = PracticeRunner()
                runner.start()
                self._runner = runner
            return self._runner.network

    def stop(self) -> None:
        """Stop the servers, if they run, and wait for them."""
        with self._lock:
            runner, self._runner = self._runner, None
        if runner is not None:
            runner.stop()
