"""TLS alerts by name (RFC 8446 section 6, RFC 5246 section 7.2, IANA "TLS Alerts")."""

from __future__ import annotations

import ssl

CLOSE_NOTIFY = 0
FATAL = 2

NAMES: dict[int, str] = {
    CLOSE_NOTIFY: "close_notify",
    10: "unexpected_message",
    20: "bad_record_mac",
    21: "decryption_failed",
    22: "record_overflow",
    30: "decompression_failure",
    40: "handshake_failure",
    41: "no_certificate",
    42: "bad_certificate",
    43: "unsupported_certificate",
    44: "certificate_revoked",
    45: "certificate_expired",
    46: "certificate_unknown",
    47: "illegal_parameter",
    48: "unknown_ca",
    49: "access_denied",
    50: "decode_error",
    51: "decrypt_error",
    60: "export_restriction",
    70: "protocol_version",
    71: "insufficient_security",
    80: "internal_error",
    86: "inappropriate_fallback",
    90: "user_canceled",
    100: "no_renegotiation",
    109: "missing_extension",
    110: "unsupported_extension",
    111: "certificate_unobtainable",
    112: "unrecognized_name",
    113: "bad_certificate_status_response",
    114: "bad_certificate_hash_value",
    115: "unknown_psk_identity",
    116: "certificate_required",
    120: "no_application_protocol",
}

# OpenSSL names a received alert after the protocol version that introduced it.
_PREFIXES = ("SSLV3_ALERT_", "TLSV1_ALERT_", "TLSV13_ALERT_", "TLSV1_")
_OPENSSL_SPELLING = {"user_cancelled": "user_canceled"}
_BY_NAME = frozenset(NAMES.values())


def alert_name(number: int) -> str:
    """Return the name of an alert, "alert_99" for an unknown number."""
    return NAMES.get(number, f"alert_{number}")


def received_alert(error: ssl.SSLError) -> str:
    """Return the name of the alert that ended a session, "" where the error is no alert.

    OpenSSL's reasons are fixed identifiers, not text for people, so they may be read. A reason
    that Python has no identifier for is found in the message ("tlsv13 alert ...").
    """
    reason = error.reason or str(error).partition(" (_ssl")[0].rpartition("] ")[2]
    reason = reason.upper().replace(" ", "_")
    for prefix in _PREFIXES:
        if reason.startswith(prefix):
            name = reason.removeprefix(prefix).lower()
            name = _OPENSSL_SPELLING.get(name, name)
            return name if name in _BY_NAME else ""
    return ""
