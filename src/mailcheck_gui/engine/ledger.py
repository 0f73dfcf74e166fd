"""What was signed in with lately, so that a schedule does not repeat a refusal every few minutes.

Hosts lock an address after a handful of sign-ins that they refuse. Only automatic runs ask the
ledger: whoever presses Check may try again at once.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable

from mailcheck_gui.model.account import Credential


class SignInLedger:
    """Remembers sign-ins of this process as keyed digests; no credential can be read from it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._sent_at: dict[bytes, float] = {}

    def note(self, host: str, credential: Credential) -> None:
        """Note that a credential was sent to a host just now."""
        self._sent_at[self._digest(host, credential)] = self._clock()

    def is_recent(self, host: str, credential: Credential, pause: float) -> bool:
        """Return whether the same was sent to the same host less than `pause` seconds ago."""
        sent_at = self._sent_at.get(self._digest(host, credential))
        return sent_at is not None and self._clock() - sent_at < pause

    def _digest(self, host: str, credential: Credential) -> bytes:
        parts = (host, credential.username, credential.secret)
        return hmac.digest(self._key, "\0".join(parts).encode(), "sha256")


LEDGER = SignInLedger()
"""The ledger of this process."""
