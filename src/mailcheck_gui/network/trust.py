"""What this computer trusts: TLS contexts for verifying handshakes."""

from __future__ import annotations

import ssl


def verifying_context(*, check_times: bool = True, check_name: bool = True) -> ssl.SSLContext:
    """Return a verifying OpenSSL context without any roots; the caller loads its own.

    For practice servers and tests; `system_context` is the one that trusts what the computer
    trusts.
    """
    raise NotImplementedError


def system_context(*, check_times: bool = True, check_name: bool = True) -> ssl.SSLContext:
    """Return a context that trusts what this computer trusts."""
    raise NotImplementedError
