"""The test authority, and what servers on loopback show in place of its certificates."""

from __future__ import annotations

import functools
import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import trustme

HOST = "127.0.0.1"
Certificate = Literal["good", "other-name", "expired", "self-signed", "unknown-issuer"]

AUTHORITY = trustme.CA()  # what the runs of these tests trust, and nothing else


@functools.cache
def server_context(certificate: Certificate) -> ssl.SSLContext:
    """The server's side of TLS with a *certificate* of that kind."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if certificate == "self-signed":
        with tempfile.TemporaryDirectory() as folder:
            both = Path(folder) / "both.pem"
            loner = trustme.CA()
            both.write_bytes(loner.private_key_pem.bytes() + loner.cert_pem.bytes())
            context.load_cert_chain(both)
        return context
    issuer = trustme.CA() if certificate == "unknown-issuer" else AUTHORITY
    name = "mail.other.invalid" if certificate == "other-name" else HOST
    past = datetime.now(UTC) - timedelta(days=3)
    expired = certificate == "expired"
    leaf = issuer.issue_cert(
        name,
        not_before=past - timedelta(days=30) if expired else None,
        not_after=past if expired else None,
    )
    leaf.configure_cert(context)
    return context
