"""Errors of the network layer.

NetworkError
├── ConnectionLost     the peer or the path ended an open connection
└── DeadlineExceeded   the time for a step or a run is over
"""

from __future__ import annotations


class NetworkError(Exception):
    """Base of all errors of this layer."""


class ConnectionLost(NetworkError):
    """An open connection ended with an error. `reset` tells RST from other causes.

    `alert` is the RFC 8446 name of the TLS alert that ended it ("certificate_required"), else "".
    """

    def __init__(self, reason: str, *, reset: bool = False, alert: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.reset = reset
        self.alert = alert


class DeadlineExceeded(NetworkError):
    """A step took longer than it may."""
