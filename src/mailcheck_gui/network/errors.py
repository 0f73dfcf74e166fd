"""Errors of the network layer.

NetworkError
├── ConnectionLost     the peer or the path ended an open connection
└── DeadlineExceeded   the time for a step or a run is over
"""

from __future__ import annotations


class NetworkError(Exception):
    """Base of all errors of this layer."""


class ConnectionLost(NetworkError):
    """An open connection ended with an error. `reset` tells RST from other causes."""

    def __init__(self, reason: str, *, reset: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.reset = reset


class DeadlineExceeded(NetworkError):
    """A step took longer than it may."""
