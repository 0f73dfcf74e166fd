"""The record of what was said, without secrets from its entrance on."""

from __future__ import annotations

import time

from mailcheck_gui.checks.redaction import Redactor
from mailcheck_gui.model.endpoint import Endpoint
from mailcheck_gui.model.observation import TranscriptLine
from mailcheck_gui.model.quoting import quote, visible_text

SENT = "sent"
RECEIVED = "received"

LINE_LIMIT = 500
"""Characters of one line that are kept."""

LINES_LIMIT = 600
"""Lines of one run that are kept; a healthy run with all neighbours has about 250."""

LINES_PER_MESSAGE = 40
"""Lines of one reply that are kept."""


class Transcript:
    """Collects lines in the order in which they crossed the wire."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._began = time.monotonic()
        self._lines: list[TranscriptLine] = []

    @property
    def lines(self) -> tuple[TranscriptLine, ...]:
        """What was kept so far."""
        return tuple(self._lines)

    def sent(self, endpoint: Endpoint, address: str, data: bytes) -> None:
        """Note what we said. A sign-in message must be masked by the caller."""
        self._note(endpoint, address, SENT, data)

    def received(self, endpoint: Endpoint, address: str, data: bytes) -> None:
        """Note what the server said."""
        self._note(endpoint, address, RECEIVED, data)

    def remark(self, endpoint: Endpoint, address: str, direction: str, text: str) -> None:
        """Note what has no text of its own, such as a handshake."""
        self._append(endpoint, address, direction, visible_text(text, LINE_LIMIT))

    def _note(self, endpoint: Endpoint, address: str, direction: str, data: bytes) -> None:
        lines = data.splitlines()
        for line in lines[:LINES_PER_MESSAGE]:
            kept = self._redactor.excerpt(line, 4 * LINE_LIMIT)
            self._append(endpoint, address, direction, quote(kept, LINE_LIMIT))
        if len(lines) > LINES_PER_MESSAGE:
            self._append(endpoint, address, direction, "…")

    def _append(self, endpoint: Endpoint, address: str, direction: str, text: str) -> None:
        if len(self._lines) >= LINES_LIMIT:
            return
        if len(self._lines) == LINES_LIMIT - 1:
            text = "…"
        at_ms = (time.monotonic() - self._began) * 1000
        self._lines.append(TranscriptLine(endpoint, address, at_ms, direction, text))
