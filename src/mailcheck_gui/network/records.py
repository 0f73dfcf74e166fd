"""The clear part of what a server answers to a ClientHello: TLS records, without decrypting.

OpenSSL reports an alert, a greeting in plain text and an HTTP page alike as an error of its own;
the bytes tell them apart (RFC 8446 section 5.1, RFC 5246 section 6.2.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

CHANGE_CIPHER_SPEC = 0x14
ALERT = 0x15
HANDSHAKE = 0x16
APPLICATION_DATA = 0x17

_MAJOR_VERSION = 3  # of SSL 3.0 and every TLS
_HEADER = 5
_ALERT_LENGTH = 2  # an encrypted alert is longer
_MESSAGE_HEADER = 4
_CERTIFICATE_REQUEST = 13


@dataclass(frozen=True, slots=True)
class Record:
    """One complete record."""

    kind: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert sent in clear."""

    level: int
    number: int


def looks_like_tls(answer: bytes | bytearray) -> bool:
    """Whether the first bytes of an answer can be a TLS record; an empty answer can."""
    if answer and not CHANGE_CIPHER_SPEC <= answer[0] <= APPLICATION_DATA:
        return False
    return len(answer) < 2 or answer[1] == _MAJOR_VERSION


def records(answer: bytes) -> Iterator[Record]:
    """Yield the complete records of an answer."""
    position = 0
    while position + _HEADER <= len(answer):
        length = int.from_bytes(answer[position + 3 : position + _HEADER])
        end = position + _HEADER + length
        if end > len(answer):
            return
        yield Record(answer[position], answer[position + _HEADER : end])
        position = end


def clear_alert(answer: bytes) -> Alert | None:
    """Return the last alert that was sent in clear, or None."""
    alerts = [
        Alert(record.body[0], record.body[1])
        for record in records(answer)
        if record.kind == ALERT and len(record.body) == _ALERT_LENGTH
    ]
    return alerts[-1] if alerts else None


def requests_client_certificate(answer: bytes) -> bool:
    """Whether the server asked for a client certificate, as far as it is visible.

    TLS 1.2 and older send CertificateRequest in clear (RFC 5246 section 7.4.4). In TLS 1.3 it is
    encrypted, and only the alert certificate_required tells.
    """
    return _CERTIFICATE_REQUEST in _clear_message_types(answer)


def _clear_message_types(answer: bytes) -> Iterator[int]:
    """Yield the types of the handshake messages before encryption starts."""
    stream = bytearray()
    for record in records(answer):
        if record.kind != HANDSHAKE:
            break
        stream += record.body
    position = 0
    while position + _MESSAGE_HEADER <= len(stream):
        yield stream[position]
        position += _MESSAGE_HEADER + int.from_bytes(stream[position + 1 : position + 4])
