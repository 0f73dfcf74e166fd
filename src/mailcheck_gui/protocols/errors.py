"""Errors of the protocol layer.

ProtocolError
├── ProtocolViolation      the server broke the protocol or a limit of ours
│   └── TlsInsteadOfText   it sent a TLS record where text was expected
└── LocalProtocolError     we did (a bug)
"""

from __future__ import annotations

SAMPLE_LIMIT = 16 * 1024 + 1
"""Bytes that are kept of what broke a rule: more than is shown, so that a secret echoed in it is
recognised as a whole before anything is cut."""


class ProtocolError(Exception):
    """Base of all errors of this layer."""


class ProtocolViolation(ProtocolError):
    """The server sent what the protocol or our limits do not allow.

    Attributes:
        sample: the bytes that broke the rule: whole lines, or the beginning of one long line.
    """

    def __init__(self, reason: str, sample: bytes = b"") -> None:
        super().__init__(reason)
        self.reason = reason
        self.sample = _beginning(sample)


class TlsInsteadOfText(ProtocolViolation):
    """A TLS record where a line of text was expected: this port wants TLS from the first byte."""

    def __init__(self, sample: bytes) -> None:
        super().__init__("a TLS record where text was expected", sample)


class LocalProtocolError(ProtocolError):
    """A command at the wrong time, or a credential outside TLS: our own fault."""


def _beginning(raw: bytes) -> bytes:
    if len(raw) <= SAMPLE_LIMIT:
        return raw
    cut = raw[:SAMPLE_LIMIT]
    return cut[: cut.rfind(b"\n") + 1] or cut
