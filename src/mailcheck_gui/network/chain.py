"""The one place that reads the certificate chain of a TLS session."""

from __future__ import annotations

import ssl
import sys
from typing import Any

CHAIN_LIMIT = 16
"""Certificates read at most; longer chains serve no client."""


def presented_chain(session: ssl.SSLObject) -> tuple[bytes, ...]:
    """Return the certificates that the server sent, leaf first, as DER.

    Also after a failed handshake, as far as it came; empty where no certificate arrived.
    """
    return _der_chain(session, "get_unverified_chain")


def verified_chain(session: ssl.SSLObject) -> tuple[bytes, ...]:
    """Return the chain from the leaf to the trusted root that OpenSSL built, as DER.

    Only after a handshake that OpenSSL verified; with truststore it proves nothing.
    """
    return _der_chain(session, "get_verified_chain")


def _der_chain(session: ssl.SSLObject, method: str) -> tuple[bytes, ...]:
    if sys.version_info >= (3, 13):
        chain = getattr(session, method)() or ()
        return tuple(chain[:CHAIN_LIMIT])
    # Python 3.11 and 3.12 have the same two methods, one level lower and returning objects.
    inner: Any = session._sslobj  # type: ignore[attr-defined]  # noqa: SLF001
    certificates = getattr(inner, method)() or ()
    return tuple(_der_form(certificate) for certificate in certificates[:CHAIN_LIMIT])


def _der_form(certificate: Any) -> bytes:
    """Return the DER form of a certificate object of Python 3.11 or 3.12's ssl module."""
    import _ssl

    return bytes(certificate.public_bytes(_ssl.ENCODING_DER))
