"""Search everything that crossed the wire for a credential in the clear."""

from __future__ import annotations

from maillab.capture import CaptureReader, disguises


def leaks(capture: CaptureReader, *secrets: str) -> list[str]:
    """Return the first words around each place where a secret travelled readable."""
    needles = [needle for secret in secrets if secret for needle in disguises(secret)]
    return [
        _around(said, needle) for said in capture.said() for needle in needles if needle in said
    ]


def _around(said: bytes, needle: bytes) -> str:
    place = said.index(needle)
    return repr(said[max(0, place - 60) : place + len(needle) + 20])
