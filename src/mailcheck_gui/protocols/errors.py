"""Errors of the protocol layer.

ProtocolError
├── ProtocolViolation      the server broke the protocol or a limit of ours
│   └── TlsInsteadOfText   it sent a TLS record where text was expected
└── LocalProtocolError     we did (a bug)
"""

from __future__ import annotations


class ProtocolError(Exception):
    """Base of all errors of this layer."""


class ProtocolViolation(ProtocolError):
    """The server sent what the protocol or our limits do not allow.

    Attributes:
        sample: up to 200 of the bytes that broke the rule.
    """

    def __init__(self, reason: str, sample: bytes = b"") -> None:
        super().__init__(reason)
        self.reason = reason
        self.sample = sample[:200]


class TlsInsteadOfText(ProtocolViolation):
    """A TLS record where a line of text was expected: this port wants TLS from the first byte."""

    def __init__(self, sample: bytes) -> None:
        super().__init__("a TLS record where text was expected", sample)


class LocalProtocolError(ProtocolError):
    """A command at the wrong time, or a credential outside TLS: our own fault."""
