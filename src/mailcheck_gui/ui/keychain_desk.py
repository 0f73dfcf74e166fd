"""One place that asks the keychain: one call at a time, which can be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mailcheck_gui.storage.credentials import StoreAnswer
from mailcheck_gui.ui.keychain_thread import KeychainCall, KeychainStep

PATIENCE_MS = 300
"""A keychain that answers sooner needs no notice."""

Answers = tuple[StoreAnswer, ...]


class KeychainDesk(QObject):
    """`waiting` tells when a call takes long enough to say so, and when that is over."""

    waiting = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._call: KeychainCall | None = None
        self._then: Callable[[Answers], None] | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(lambda: self.waiting.emit(True))

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._call is not None

    def ask(self, steps: Sequence[KeychainStep], then: Callable[[Answers], None]) -> None:
        """Make the steps in another thread, then call `then` in this one. Ends an older call."""
        self.cancel()
        if not steps:
            then(())
            return
        self._then = then
        self._call = KeychainCall(*steps)
        self._call.answered.connect(self._on_answered)
        self._patience.start()
        self._call.start()

    def cancel(self) -> None:
        """Wait no longer; a late answer is dropped."""
        if self._call is not None:
            self._call.cancel()
            self._end()

    @Slot(object)
    def _on_answered(self, answers: Answers) -> None:
        then = self._then
        self._end()
        if then is not None:
            then(answers)

    def _end(self) -> None:
        self._call = None
        self._then = None
        self._patience.stop()
        self.waiting.emit(False)
