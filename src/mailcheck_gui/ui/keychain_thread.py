"""Calls to the keychain in threads of their own: one may wait until someone unlocks something.

The threads are daemons and no QThreads: a call into a keychain that never answers cannot be
ended, and must keep neither the window open nor the process alive.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from mailcheck_gui.storage.credentials import StoreAnswer, StoreState

_log = logging.getLogger(__name__)

KeychainStep = Callable[[], StoreAnswer]


class KeychainCall(QObject):
    """One or more steps at the keychain, in order. Ends at the first that is not done.

    `answered` carries a tuple of `StoreAnswer`, one for each step; steps that were not made have
    the answer of the one that ended the call. After `cancel` nothing is emitted any more.
    """

    answered = Signal(object)  # tuple[StoreAnswer, ...]
    _arrived = Signal(object)

    def __init__(self, *steps: KeychainStep) -> None:
        super().__init__()  # no parent: the thread may outlive whoever asked
        self._steps = steps
        self._cancelled = False
        self._thread = threading.Thread(target=self._work, name="keychain", daemon=True)
        self._arrived.connect(self._on_arrived)

    def start(self) -> None:
        """Begin. Returns at once."""
        _started.add(self)
        self._thread.start()

    def cancel(self) -> None:
        """Wait no longer: a late answer is dropped."""
        self._cancelled = True

    def _work(self) -> None:
        answers: list[StoreAnswer] = []
        try:
            for step in self._steps:
                answers.append(step())
                if not answers[-1].done:
                    break
        except BaseException as error:  # noqa: BLE001 - told as a state: nobody waits for ever
            _log.error("A call to the keychain crashed: %s", type(error).__name__)
            answers.append(StoreAnswer(StoreState.BROKEN))
        missing = len(self._steps) - len(answers)
        self._tell((*answers, *(answers[-1:] * missing)))

    def _tell(self, answers: tuple[StoreAnswer, ...]) -> None:
        try:
            self._arrived.emit(answers)
        except RuntimeError:
            if isValid(self):
                raise
            # the program is ending and Qt has deleted all objects: nobody waits any more

    def _on_arrived(self, answers: tuple[StoreAnswer, ...]) -> None:
        self._thread.join()  # telling was the last that it did
        _started.discard(self)
        if not self._cancelled:
            self.answered.emit(answers)


_started: set[KeychainCall] = set()
"""The calls whose threads may still run. The last reference to a call must not be its thread's:
that would delete the object there, while its answer is being delivered in the window's thread.
"""
